import { describe, expect, it } from 'vitest';
import { aFile, sheet, typed } from './typed.ts';

const NOW = Date.UTC(2026, 10, 23, 5);
const clock = { now: () => NOW, sleep: () => Promise.resolve(), after: () => () => undefined };

/** Validates a text; its file is called FILE in what comes of it. */
const validated = async (text: string, argv: readonly string[] = [], columns?: number) => {
  const file = aFile(text);
  const streams = [sheet(columns), sheet()] as const;
  const { exitCode, stdout, stderr } = await typed(
    ['validate', file, '--no-color', ...argv],
    { seat: { clock } },
    [...streams],
  );
  return { exitCode, stdout: stdout.replaceAll(file, 'FILE'), stderr };
};

const VALID = `
timezone: Europe/Berlin
policies:
  standard:
    schedule: "0 3 * * *"
    retention: { last: 3, within: 48h, daily: 7, monthly: 1 }
    pitr: { required: true, recoveryPeriodDays: 35, onDrift: repair }
  archive:
    schedule: "30 4 1 * *"
    retention: { yearly: 7 }
`;

describe('a file that is right', () => {
  it('is told policy by policy, in words', async () => {
    const { exitCode, stdout, stderr } = await validated(VALID);
    expect(stdout).toMatchInlineSnapshot(`
      "FILE is valid: 2 policies, by the tag backup:policy

      archive
        schedule 30 4 1 * * in Europe/Berlin, next slots 2026-12-01 03:30Z, 2027-01-01 03:30Z, 2027-02-01 03:30Z
        keeps the newest of each of the last 7 years that has one
        promises a newest recovery point at most 34 days 3 hours 30 minutes old (RPO)
        point-in-time recovery is not promised

      standard
        schedule 0 3 * * * in Europe/Berlin, next slots 2026-11-24 02:00Z, 2026-11-25 02:00Z, 2026-11-26 02:00Z
        keeps the newest 3, all within 48 hours of the newest and the newest of each of the last 7 days and the last month that has one
        promises a newest recovery point at most 27 hours 30 minutes old (RPO)
        point-in-time recovery of 35 days is promised; switched on again when it is off

      What they come to, by the prices of us-east-1, 2026-11-29 (public price tables, not read from AWS):
        archive keeps 7 recovery points once its rules are full, back 1857 days on its worst day;
          costs $70.00 a month for a table of 100 GB
        standard keeps 7 recovery points once its rules are full, back 6 days on its worst day, and any second of the last 35 days;
          costs $90.00 a month for a table of 100 GB
      Over time, and beside another file:
        npx tablekeeper simulate FILE
      "
    `);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  });

  it('is a document with every default filled in', async () => {
    const { stdout } = await validated(VALID, ['--json']);
    const document = JSON.parse(stdout);
    expect(document).toMatchObject({ command: 'validate', valid: true, tag: 'backup:policy' });
    expect(document.policies).toEqual([
      expect.objectContaining({ name: 'archive', retention: { yearly: 7 } }),
      {
        name: 'standard',
        engine: 'dynamodb',
        schedule: '0 3 * * *',
        timezone: 'Europe/Berlin',
        retention: { last: 3, within: '48h', daily: 7, monthly: 1 },
        rpoMs: 99_000_000,
        pitr: { recoveryPeriodDays: 35, onDrift: 'repair' },
      },
    ]);
  });

  it('fits a narrow terminal without breaking a word', async () => {
    const { stdout } = await validated(VALID, [], 60);
    const lines = stdout.split('\n').filter((line) => !line.includes('FILE'));
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(60);
    expect(stdout.replaceAll(/\s+/g, ' ')).toContain('all within 48 hours of the newest');
  });

  it('is the one of --policies when no other is named', async () => {
    const { exitCode, stdout } = await typed(['validate', '--policies', aFile(VALID)], { seat: { clock } });
    expect(stdout).toContain('2 policies');
    expect(exitCode).toBe(0);
  });
});

const WRONG = `
policies:
  standard:
    schedule: "61 3 * * *"
    retension: { daily: 7 }
    retention: { daily: 0 }
`;

describe('a file with mistakes', () => {
  it('is told all of them, each under its line', async () => {
    const { exitCode, stdout, stderr } = await validated(WRONG);
    expect(stdout).toMatchInlineSnapshot(`
      "FILE:4:15: The schedule "61 3 * * *" cannot have "61" as its minute. Write *, 0–59, or a list (1,5), a range (1-5) or a step (*/2) of these.
        4 |     schedule: "61 3 * * *"
          |               ^
      FILE:5:5: "retension" is no setting here. Did you mean retention?
        5 |     retension: { daily: 7 }
          |     ^
      FILE:6:25: retention.daily cannot be 0. Write a whole number from 1 to 100000, or leave it out.
        6 |     retention: { daily: 0 }
          |                         ^

      FILE is not valid: 3 mistakes
      "
    `);
    expect({ exitCode, stderr }).toEqual({ exitCode: 2, stderr: '' });
  });

  it('is a document with places', async () => {
    const { stdout, exitCode } = await validated(WRONG, ['--json']);
    const { valid, errors } = JSON.parse(stdout);
    expect(valid).toBe(false);
    expect(errors.map(({ line, column }: { line: number; column: number }) => [line, column])).toEqual([
      [4, 15],
      [5, 5],
      [6, 25],
    ]);
    expect(exitCode).toBe(2);
  });

  it('stops other commands in the same words, on stderr', async () => {
    const { exitCode, stdout, stderr } = await typed(['plan', '--policies', aFile(WRONG)]);
    expect(stderr).toContain('    retension: { daily: 7 }\n');
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
  });

  it.each([
    { name: 'an empty file', text: '', says: 'The file is empty.' },
    { name: 'a file that is not YAML', text: 'policies: [', says: ':1:' },
    { name: 'a file of zeroes', text: '\0\0\0', says: 'FILE:1:' },
    { name: 'a mistake far to the right', text: `${' '.repeat(500)}x: 1`, says: '"x" is no setting here.' },
    { name: 'a line that would rewrite the screen', text: '"\\u001b[2J": 1\n', says: 'FILE:1:1' },
    { name: 'a line with a raw escape', text: '? "\u001b[2J"\n: 1\n', says: 'FILE:1:' },
  ])('$name is told in lines that can be read', async ({ text, says }) => {
    const { exitCode, stdout } = await validated(text);
    expect(stdout).toContain(says);
    expect(stdout).not.toContain('\u001b');
    expect(Math.max(...stdout.split('\n').map((line) => line.length))).toBeLessThan(400);
    expect(exitCode).toBe(2);
  });

  it('has its caret under the mistake however long the line is', async () => {
    const { stdout } = await validated(
      `policies: {}${' '.repeat(300)}\n${'#'.repeat(3)}\nx: ${'y'.repeat(300)}\n`,
    );
    const [line = '', caret = ''] = stdout
      .split('\n')
      .slice(stdout.split('\n').findIndex((l) => l.includes('3 |')));
    expect(line[caret.indexOf('^')]).toBe('x');
    expect(line.length).toBeLessThan(60);
  });
});

describe('a file that cannot be read', () => {
  it.each([
    { name: 'is not there', file: 'no-such-file.yml', says: 'no-such-file.yml: There is no such file.' },
    {
      name: 'is under a file',
      file: 'package.json/x',
      says: 'package.json/x: The file cannot be read (ENOTDIR).',
    },
    { name: 'is a folder', file: '.', says: '.: This is a folder.' },
  ])('$name', async ({ file, says }) => {
    const { exitCode, stdout, stderr } = await typed(['validate', file]);
    expect(stderr).toBe(`error: ${says} Give the policy file with --policies FILE.\n`);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
  });
});

describe('what policies come to', () => {
  it('is said of twenty, and how many more there are', async () => {
    const rules = '\n    schedule: "0 3 * * *"\n    retention: { daily: 2 }';
    const names = Array.from({ length: 22 }, (_, at) => `  p${at}:${rules}`);
    const { exitCode, stdout } = await validated(`policies:\n${names.join('\n')}\n`);
    expect(exitCode).toBe(0);
    expect(stdout.match(/costs \$20\.00 a month/g)).toHaveLength(20);
    expect(stdout).toContain('and 2 more policies');
  });

  it('is a field of the document', async () => {
    const { cost } = JSON.parse((await validated(VALID, ['--json'])).stdout);
    expect(cost).toMatchObject({ tableBytes: 100e9, prices: { region: 'us-east-1' } });
    expect(cost.policies[1]).toMatchObject({ name: 'standard', recoveryPoints: 7, monthly: { usd: 90 } });
  });
});

const costOf = async (rules: string, argv: readonly string[] = []) => {
  const { stdout } = await validated(`policies:\n  one:\n    ${rules}\n`, argv);
  return stdout.slice(stdout.indexOf('What they come to')).replaceAll(/\s+/g, ' ');
};

const OFFSITE =
  'engine: aws-backup\n    vault: home\n    schedule: "0 4 1 * *"\n    retention: { monthly: 12 }\n    copyTo: ["arn:aws:backup:ap-east-1:111122223333:backup-vault:dr"]';

describe('a sum that is not whole', () => {
  it('is a floor like its count, and says what it lacks', async () => {
    const rules = 'schedule: "0 * * * *"\n    retention: { last: 100000 }';
    expect(await costOf(rules)).toContain(
      'one keeps at least 20,000 recovery points once its rules are full, back at least 833 days on its worst day; costs at least $200,000 a month for a table of 100 GB; not known, and in no sum: what one keeps beyond the newest 20,000',
    );
    const { stdout } = await validated(`policies:\n  one:\n    ${rules}\n`, ['--json']);
    const lacks = ['what one keeps beyond the newest 20,000'];
    expect(JSON.parse(stdout).cost.policies[0]).toMatchObject({
      recoveryPoints: 20_000,
      lacks,
      monthly: { usd: 200_000, lacks },
    });
  });

  it('names the price of a Region that copies are stored in', async () => {
    const text = await costOf(OFFSITE);
    expect(text).toContain(
      'costs at least $121.97 a month for a table of 100 GB, $1.97 of it for copies on their way to other Regions; not known, and in no sum: the price of warm storage of AWS Backup in ap-east-1',
    );
    expect(text).not.toContain('up to at least');
  });

  it('names every price that the home Region lacks', async () => {
    expect(await costOf(OFFSITE.replace('ap-east-1', 'eu-west-1'), ['--region', 'ap-east-1'])).toContain(
      'costs at least $143.00 a month for a table of 100 GB; not known, and in no sum: the price of copies out in ap-east-1, the price of warm storage of AWS Backup in ap-east-1',
    );
  });
});

describe('what waits for prune', () => {
  it.each([
    {
      rules: 'schedule: "*/15 * * * *"\n    retention: { hourly: 24 }',
      says: 'keeps 24 recovery points once its rules are full, and up to 12 more until prune runs, back 23 hours on its worst day; costs $240.00 a month for a table of 100 GB, and up to $120.00 more for what waits for prune',
    },
    {
      rules: 'schedule: "*/30 * * * *"\n    retention: { daily: 1000, weekly: 150 }',
      says: 'keeps 1,006 to 1,007 recovery points once its rules are full, and up to 12 more',
    },
    {
      rules: 'schedule: "0 3 * * *"\n    retention: { daily: 7 }',
      says: 'keeps 7 recovery points once its rules are full, back 6 days on its worst day; costs $70.00 a month for a table of 100 GB Over',
    },
  ])('comes on top where a few do: $rules', async ({ rules, says }) => {
    expect(await costOf(rules)).toContain(says);
  });
});
