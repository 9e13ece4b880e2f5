import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { typed } from '../cli/typed.ts';

/** Each in the folder that it completes files of. */
const folder = mkdtempSync(join(tmpdir(), 'shells-'));
writeFileSync(join(folder, 'pitr.yml'), '');

const scriptFile = async (shell: string): Promise<string> => {
  const file = join(folder, `tablekeeper.${shell}`);
  writeFileSync(file, (await typed(['completion', shell])).stdout);
  return file;
};

const runIn = (program: string, args: readonly string[]): string => {
  const { stdout, stderr, error } = spawnSync(program, args, {
    cwd: folder,
    encoding: 'utf8',
    timeout: 60_000,
    env: { PATH: process.env.PATH, HOME: folder, LC_ALL: 'C', OFFERED: join(folder, 'offered') },
  });
  expect(error, `${program} is needed: apt-get install zsh fish`).toBeUndefined();
  expect(stderr).toBe('');
  return stdout;
};

const nonEmpty = (lines: string): readonly string[] => lines.split('\n').filter((line) => line !== '');

const inFish = async (line: string, before = ''): Promise<readonly string[]> => {
  const program = `${before}; source ${await scriptFile('fish')}; complete -C '${line}'`;
  return nonEmpty(runIn('fish', ['--no-config', '-c', program])).map((word) => word.split('\t')[0] ?? '');
};

/** What zsh would insert stands in angle brackets. */
const inZsh = async (line: string, before = ''): Promise<readonly string[]> => {
  const offered = join(folder, 'offered');
  writeFileSync(offered, '');
  runIn('zsh', ['-f', resolve(import.meta.dirname, 'offered.zsh'), await scriptFile('zsh'), line, before]);
  const said = readFileSync(offered, 'utf8');
  expect(said).toContain('READY');
  return [...said.matchAll(/^<(.*)>$/gm)].map(([, word = '']) => word);
};

const SHELLS = [
  {
    shell: 'zsh',
    offered: inZsh,
    others: 'autoload -Uz compinit; compinit -u; compdef "compadd others" npx',
  },
  { shell: 'fish', offered: inFish, others: 'complete -c npx -f -a others' },
] as const;

describe.each(SHELLS)('completion in $shell', ({ offered, others }) => {
  it.each([
    { line: 'tablekeeper pl', offers: ['plan'] },
    { line: 'npx tablekeeper pl', offers: ['plan'] },
    { line: 'npx --no tablekeeper --region eu-west-1 pl', offers: ['plan'] },
    { line: 'tablekeeper --region pl', offers: [] },
    { line: 'npx tablekeeper plan --mode ', offers: ['audit', 'backup', 'prune'] },
    { line: 'npx tablekeeper plan --mo', offers: ['--mode'] },
    { line: 'npx tablekeeper plan --ap', offers: [] },
    { line: 'tablekeeper run pr', offers: ['prune'] },
    {
      line: 'tablekeeper finding pit',
      offers: ['pitr-off', 'pitr-repair-failing', 'pitr-window-restarted', 'pitr-window-short'],
    },
    { line: 'tablekeeper restore --warm ', offers: ['as-was'] },
    { line: 'npx tablekeeper plan --policies pit', offers: ['pitr.yml'] },
    { line: 'npx tablekeeper validate pit', offers: ['pitr.yml'] },
    { line: 'npx tablekeeper explain pit', offers: [] },
  ])('of "$line" offers $offers', async ({ line, offers }) => {
    const words = (await offered(line)).filter((word) => !word.startsWith('--no-'));
    expect(words.map((word) => word.replace(/=$/, '')).toSorted()).toEqual(offers);
  });

  it('leaves npx to what completed it before', async () => {
    expect(await offered('npx other oth', others)).toEqual(['others']);
    expect(await offered('npx tablekeeper pl', others)).toContain('plan');
  });
});

describe('completion in zsh', () => {
  it('keeps the colons of what it says', async () => {
    expect((await typed(['completion', 'zsh'])).stdout).toContain('2026-11-28T12:00:00Z');
  });
});
