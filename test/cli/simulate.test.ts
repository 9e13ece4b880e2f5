import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { HOUR_MS } from '../../shared/model/instant.ts';
import { aFile, typed } from './typed.ts';

const FILE = `
policies:
  standard:
    schedule: "0 3 * * *"
    retention: { daily: 3 }
  guarded:
    schedule: "0 3 * * *"
    retention: { daily: 3, monthly: 2 }
    pitr: { required: true, recoveryPeriodDays: 7, onDrift: alert }
`;
const OTHER = FILE.replaceAll('daily: 3', 'daily: 5').replaceAll('guarded', 'watched');

const simulate = async (argv: readonly string[]) => {
  const file = aFile(FILE);
  const typedAt = await typed(['simulate', file, '--from', '2026-11-01', '--region', 'us-east-1', ...argv]);
  return { ...typedAt, stdout: typedAt.stdout.replaceAll(file, 'FILE') };
};

const documentOf = async (argv: readonly string[]) =>
  JSON.parse((await simulate([...argv, '--json'])).stdout);

describe('tablekeeper simulate', { timeout: 60_000 }, () => {
  it('shows what is there, what a restore loses at each age, and the bill', async () => {
    const { exitCode, stderr, stdout } = await simulate(['--policy', 'standard', '--for', '40d']);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    expect(stdout).toMatchInlineSnapshot(`
      "A table of 100 GB, for 40 days from 2026-11-01; by the prices of us-east-1, 2026-11-29 (public price tables, not read from AWS).

      standard
        DAY  DATE        POINTS  COPIES  STORED  BACK TO     A MONTH
        1    2026-11-02  2       0       200 GB  2026-11-01  $20.00
        2    2026-11-03  3       0       300 GB  2026-11-01  $30.00
        7    2026-11-08  3       0       300 GB  2026-11-05  $30.00
        14   2026-11-15  3       0       300 GB  2026-11-12  $30.00
        30   2026-12-01  3       0       300 GB  2026-11-28  $30.00
        40   2026-12-11  3       0       300 GB  2026-12-08  $30.00

        LOST THAT LONG AGO  AT MOST
        up to 2 days        24 h
        longer than 2 days  everything

        MONTH                    BILL    ON THE 1ST
        2026-11                  $31.36  $0.00
        2026-12 (10 of 31 days)  $10.29  $30.00

        Once its rules are full it reaches back 52 hours on the worst day and 3 days on the best.
        At the end: backups $30.00, a month.
      "
    `);
  });

  it('names the prices that a Region lacks, takes none of another one, and says how to get them', async () => {
    const { stdout } = await simulate(['--policy', 'standard', '--for', '40d', '--region', 'eu-south-2']);
    expect(stdout).toContain('by the list of prices of 2026-11-29, which has none of eu-south-2 (public');
    expect(stdout).toContain('Not known, and in no sum: the price of backups in eu-south-2.');
    expect(stdout.replaceAll(/\s+/g, ' ')).toContain('npx tablekeeper prices makes a list of every Region');
    expect(stdout).not.toMatch(/\$[1-9]/);
  });

  it('simulates each policy of the file, each day, unless one is named', async () => {
    const { simulations } = await documentOf(['--for', '10d']);
    expect(simulations.map(({ tag }: { readonly tag: string }) => tag)).toEqual(['guarded', 'standard']);
    expect(simulations[0].files[0].days).toHaveLength(10);
  });

  it('costs what a sum by hand says: three copies of 50 GB, and PITR of the table', async () => {
    const { simulations } = await documentOf(['--policy', 'guarded', '--for', '30d', '--size', '50GB']);
    const { days, months } = simulations[0].files[0];
    expect(days[20]).toMatchObject({ points: 4, bytes: 200e9, monthly: { usd: 4 * 50 * 0.1 + 50 * 0.2 } });
    expect(months[0].bill.lines.pitr.usd).toBeCloseTo(50 * 0.2, 6);
  });

  it('knows how fine it reaches, with and without PITR', async () => {
    const reachOf = async (policy: string) =>
      (await documentOf(['--policy', policy, '--for', '20d'])).simulations[0].files[0].reach;
    expect((await reachOf('guarded')).slice(0, 2)).toMatchObject([
      { worst: 'any-second' },
      { worst: 'any-second' },
    ]);
    const [hour, , twoDays] = await reachOf('standard');
    expect(hour).toMatchObject({ worst: 'between-points', lossMs: 24 * HOUR_MS });
    expect(twoDays).toMatchObject({ worst: 'between-points' });
  });

  it('says nothing of ages that are older than the simulation, and writes others in whole numbers', async () => {
    const file = aFile(FILE.replace('daily: 3 }', 'yearly: 7 }'));
    const { stdout } = await typed(['simulate', file, '--policy', 'standard', '--for', '550d']);
    expect(stdout).not.toContain('everything');
    expect(stdout).toMatch(/1 year to 5\d\d days {2}/);
    expect(stdout).toMatch(/ {2}\d{4}-\d\d \(\d+ of \d+ days\) +\$/);
  });

  it('grows the table', async () => {
    const { simulations } = await documentOf(['--policy', 'standard', '--for', '30d', '--growth', '10%/day']);
    expect(simulations[0].files[0].days.at(-1).bytes).toBeGreaterThan(3e11 * 1.1 ** 27);
  });

  it('shows two files side by side, and a policy that one of them lacks', async () => {
    const other = aFile(OTHER, 'other.yml');
    const { stdout } = await simulate(['--with', other, '--for', '10d']);
    expect(stdout.replaceAll(other, 'OTHER')).toMatch(/standard: FILE \| OTHER\n.*POINTS.*POINTS/);
    expect(stdout.replaceAll(other, 'OTHER')).toContain('OTHER has no such policy.');
  });

  it('writes a page of its own that loads nothing and shows what a file says as text', async () => {
    const out = `${aFile('', 'x')}.html`;
    const { stdout } = await simulate(['--policy', 'standard', '--for', '10d', '--out', out]);
    expect(stdout).toContain(`Written to ${out}`);
    const page = readFileSync(out, 'utf8');
    expect(page).toContain('<svg');
    expect(page).not.toMatch(/https?:|<script|src=|url\(/);
  });

  it('says what it does not know: a Region without prices', async () => {
    const { stdout } = await typed(['simulate', aFile(FILE), '--for', '5d', '--region', 'mx-central-1']);
    expect(stdout).toContain('not known');
    expect(stdout).toContain('the price of backups in mx-central-1');
    expect(stdout).not.toMatch(/\$[1-9]/);
  });

  it('takes another list of prices', async () => {
    const prices = {
      readAt: '2026-12-01',
      origin: 'a test',
      sources: [],
      regions: { 'us-east-1': { backupGbMonth: 1 } },
    };
    const file = aFile(JSON.stringify(prices), 'prices.json');
    const { stdout } = await simulate(['--policy', 'standard', '--for', '9d', '--prices', file]);
    expect(stdout).toContain('2026-12-01 (a test)');
    expect(stdout).toContain('$300.00');
  });

  it.each([
    [['--policy', 'standrad'], 'Did you mean standard?'],
    [['--for', 'soon'], 'such as 400d'],
    [['--size', '120'], 'such as 120GB'],
    [['--growth', '3%'], 'such as 3%/month'],
    [['--prices', '/no/such/file'], 'list of prices cannot be read'],
  ])('refuses %j with what to write', async (argv, says) => {
    const { exitCode, stderr } = await simulate(argv);
    expect(exitCode).toBe(2);
    expect(stderr).toContain(says);
  });

  it('refuses a list of prices that is none, with the place of the mistake', async () => {
    const { exitCode, stderr } = await simulate(['--prices', aFile('{"readAt":"today"}', 'wrong.json')]);
    expect(exitCode).toBe(2);
    expect(stderr).toContain('This is no list of prices: readAt: write a day');
  });
});
