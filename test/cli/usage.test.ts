import { describe, expect, it } from 'vitest';
import { aFile, sheet, typed } from './typed.ts';

const VALID = 'policies: { standard: { schedule: "0 3 * * *", retention: { daily: 7 } } }\n';
const DIGEST = '0123456789abcdef';

describe('what was mistyped is answered with what was meant, and exit code 2', () => {
  it.each([
    { name: 'a command', argv: ['plna'], says: 'Did you mean plan?' },
    { name: 'a command of one letter', argv: ['x'], says: "unknown command 'x'" },
    { name: 'an option', argv: ['plan', '--jsno'], says: 'Did you mean --json?' },
    {
      name: 'an option of all commands',
      argv: ['validate', '--polices', 'a'],
      says: 'Did you mean --policies?',
    },
    { name: 'the mode of a run', argv: ['run', 'bakup'], says: 'Did you mean backup?' },
    { name: 'a mode like no other', argv: ['run', 'everything'], says: 'Write one of backup, prune, audit.' },
    { name: 'a run without a mode', argv: ['run'], says: "missing required argument 'mode'" },
    { name: 'the mode of a plan', argv: ['plan', '--mode', 'prun'], says: 'Did you mean prune?' },
    { name: 'a table too many', argv: ['explain', 'a', 'b'], says: 'too many arguments' },
    { name: 'no table', argv: ['explain'], says: "missing required argument 'table'" },
    { name: 'an option without its value', argv: ['plan', '--region'], says: 'argument missing' },
    { name: 'a digest', argv: ['run', 'prune', '--approve', 'all'], says: 'Write the 16 digits' },
    {
      name: 'a digest for a run that expires nothing',
      argv: ['run', 'backup', '--approve', DIGEST],
      says: `Did you mean:\n         npx tablekeeper run prune --approve ${DIGEST}\n`,
    },
    { name: 'a port', argv: ['sim', '--port', '99999'], says: 'Write a number from 0 to 65535' },
    {
      name: 'a port that is no number',
      argv: ['sim', '--port', '4567x'],
      says: 'Write a number from 0 to 65535',
    },
    ...[
      'yesterday',
      '2026-11-28T12:00:00',
      '2026-02-30T12:00:00Z',
      '2026-11-28T25:00:00Z',
      '12',
      '0001-01-01',
    ].map((at) => ({
      name: `an instant such as ${at}`,
      argv: ['sim', '--at', at],
      says: 'Write an instant with its zone, such as 2026-11-28T12:00:00Z, from 2000 to 2199.',
    })),
  ])('$name', async ({ argv, says }) => {
    const { exitCode, stdout, stderr } = await typed(argv);
    expect(stderr).toContain(says);
    expect(stderr).not.toMatch(/\n\s+at /);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
  });
});

describe('settings that cannot be are refused before anything is asked of AWS', () => {
  it.each([
    { name: 'no Region', argv: [], env: {}, says: 'No Region is given. Add --region' },
    { name: 'an empty Region', argv: ['--region', ' '], env: {}, says: 'No Region is given.' },
    { name: 'a Region that is none', argv: ['--region', 'Mars'], env: {}, says: '"Mars" is no Region.' },
    { name: 'a Region that is a host', argv: ['--region', 'a.b/c'], env: {}, says: '"a.b/c" is no Region.' },
    {
      name: 'an instance in capitals',
      argv: ['--instance', 'Prod'],
      env: {},
      says: '"Prod" cannot name an instance.',
    },
    {
      name: 'an endpoint that is no URL',
      argv: ['--endpoint-url', 'here'],
      env: {},
      says: '"here" is no URL',
    },
    {
      name: 'an endpoint of a file',
      argv: ['--endpoint-url', 'file:///x'],
      env: {},
      says: '"file:///x" is no URL',
    },
    {
      name: 'a variable that is no URL',
      argv: [],
      env: { AWS_ENDPOINT_URL: 'localhost' },
      says: '"localhost" is no URL',
    },
  ])('$name', async ({ argv, env, says }) => {
    const home = { HOME: '/nowhere', ...env };
    const { exitCode, stdout, stderr } = await typed(['plan', '--policies', aFile(VALID), ...argv], {
      env: home,
    });
    expect(stderr).toContain(`error: ${says}`);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
  });
});

describe('help', () => {
  it('is shown on stdout when it was asked for', async () => {
    const { exitCode, stdout, stderr } = await typed(['--help']);
    expect(stdout).toContain('Usage: tablekeeper');
    expect(stdout).toContain('Exit codes: 0 fine');
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  });

  it('of a command shows the options of all commands too', async () => {
    const { exitCode, stdout } = await typed(['run', '--help']);
    expect(stdout).toMatch(/--dry-run[\s\S]+Global Options:[\s\S]+--endpoint-url/);
    expect(exitCode).toBe(0);
  });

  it('is shown on stderr when no command was given, which is a mistake', async () => {
    const { exitCode, stdout, stderr } = await typed([]);
    expect(stderr).toContain('Usage: tablekeeper');
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
  });
});

describe('with --json', () => {
  it.each([
    { name: 'a mistyped option', argv: ['plan', '--jsno', '--json'], code: 'commander.unknownOption' },
    { name: 'no policy file', argv: ['plan', '--policies', 'no-such.yml', '--json'], code: 'no-policy-file' },
    { name: 'no Region', argv: ['plan', '--policies', 'policies.yml', '--json'], code: 'no-region' },
  ])('$name is one document with its code', async ({ argv, code }) => {
    const { stdout, exitCode } = await typed(argv);
    expect(JSON.parse(stdout)).toMatchObject({ errors: [{ code, message: expect.any(String) }] });
    expect(exitCode).toBe(2);
  });
});

describe('a mistake in the program', () => {
  const broken = {
    now: () => {
      throw new RangeError('the clock broke');
    },
    sleep: () => Promise.resolve(),
    after: () => () => undefined,
  };

  it('is told as one, with its stack, and exit code 70', async () => {
    const { exitCode, stderr } = await typed(['validate', aFile(VALID)], { seat: { clock: broken } });
    expect(stderr).toMatch(
      /This is a mistake in Tablekeeper, not yours\.[\s\S]+RangeError: the clock broke\n\s+at /,
    );
    expect(exitCode).toBe(70);
  });
});

describe('colours', () => {
  const painted = async (argv: readonly string[], env: Record<string, string>, columns?: number) => {
    const { stdout } = await typed(['validate', aFile(VALID), ...argv], { env }, [sheet(columns), sheet()]);
    return stdout.includes('\u001b[');
  };

  it.each([
    { name: 'are on a terminal', argv: [], env: {}, columns: 80, colours: true },
    { name: 'are not in a pipe', argv: [], env: {}, columns: undefined, colours: false },
    { name: 'are not wanted with --no-color', argv: ['--no-color'], env: {}, columns: 80, colours: false },
    { name: 'are not wanted with NO_COLOR', argv: [], env: { NO_COLOR: '1' }, columns: 80, colours: false },
    {
      name: 'are wanted with an empty NO_COLOR',
      argv: [],
      env: { NO_COLOR: '' },
      columns: 80,
      colours: true,
    },
    {
      name: 'are not known to a dumb terminal',
      argv: [],
      env: { TERM: 'dumb' },
      columns: 80,
      colours: false,
    },
  ])('$name', async ({ argv, env, columns, colours }) => {
    expect(await painted(argv, env, columns)).toBe(colours);
  });
});
