import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { typed } from './typed.ts';

const scriptOf = async (shell: string): Promise<string> => (await typed(['completion', shell])).stdout;

/** What bash offers for the last of these words, when a person types them after loading the script, and `before` was run first. */
const offered = (script: string, words: readonly string[], before = ''): readonly string[] => {
  const list = words.map((word) => `'${word}'`).join(' ');
  const [program = ''] = words;
  const asked = `COMP_WORDS=(${list}); COMP_CWORD=${words.length - 1}`;
  const completer = `was=$(complete -p ${program}); was=\${was##* -F }; \${was%% *} npx`;
  const shell = `${before}\n${script}\n${script}\n${asked}; ${completer}; printf '%s\\n' "\${COMPREPLY[@]}"`;
  const { stdout, stderr } = spawnSync('bash', ['--norc', '-c', shell], {
    encoding: 'utf8',
    // A language that this machine does not have makes bash warn.
    env: { PATH: process.env.PATH, LC_ALL: 'C' },
  });
  expect(stderr).toBe('');
  return stdout.split('\n').filter((line) => line !== '');
};

const KINDS_OF_PITR = ['pitr-off', 'pitr-repair-failing', 'pitr-window-restarted', 'pitr-window-short'];

describe('completion', () => {
  it.each([
    { words: ['tablekeeper', 'ex'], offers: ['explain'] },
    { words: ['tablekeeper', '--v'], offers: ['--version'] },
    { words: ['tablekeeper', 'run', 'pr'], offers: ['prune'] },
    { words: ['tablekeeper', 'run', '--ap'], offers: ['--approve'] },
    { words: ['tablekeeper', 'plan', '--ap'], offers: [] },
    { words: ['tablekeeper', 'completion', 'z'], offers: ['zsh'] },
    { words: ['tablekeeper', 'validate', '--js'], offers: ['--json'] },
    { words: ['tablekeeper', 'plan', '--mode', ''], offers: ['backup', 'prune', 'audit'] },
    { words: ['tablekeeper', 'plan', '--mode', '=', 'au'], offers: ['audit'] },
    { words: ['tablekeeper', 'restore', '--emit', 'c'], offers: ['cloudformation'] },
    { words: ['tablekeeper', 'finding', 'pit'], offers: KINDS_OF_PITR },
    { words: ['tablekeeper', '--region', 'eu-west-1', 'pl'], offers: ['plan'] },
    { words: ['tablekeeper', '--region', '=', 'eu-west-1', '--json', 'pl'], offers: ['plan'] },
    { words: ['tablekeeper', '--region', 'pl'], offers: [] },
    { words: ['npx', 'tablekeeper', 'pl'], offers: ['plan'] },
    { words: ['npx', '--no', 'tablekeeper', '--region', 'eu-west-1', 'run', 'pr'], offers: ['prune'] },
    { words: ['npx', 'tablekeeper', ''], offers: expect.arrayContaining(['status', 'restore']) },
    { words: ['npx', 'other', 'pl'], offers: [] },
    { words: ['npx', 'tablekeep'], offers: [] },
  ])('of $words offers $offers in bash', async ({ words, offers }) => {
    expect(offered(await scriptOf('bash'), words)).toEqual(offers);
  });

  it('leaves npx to the function that completed it before, in bash', async () => {
    const before = 'others() { COMPREPLY=("others for $1"); }; complete -o nospace -F others npx';
    const script = await scriptOf('bash');
    expect(offered(script, ['npx', 'other', 'pl'], before)).toEqual(['others for npx']);
    expect(offered(script, ['npx', 'tablekeeper', 'pl'], before)).toEqual(['plan']);
  });

  it.each(['bash', 'zsh', 'fish'])('knows every command in %s', async (shell) => {
    const script = await scriptOf(shell);
    for (const command of [
      'validate',
      'plan',
      'explain',
      'run',
      'doctor',
      'finding',
      'invoke',
      'sim',
      'completion',
    ])
      expect(script).toContain(command);
  });

  it('names the shells it knows', async () => {
    const { exitCode, stderr } = await typed(['completion', 'powershell']);
    expect({ exitCode, stderr }).toEqual({
      exitCode: 2,
      stderr: expect.stringContaining('Write one of bash, zsh, fish.'),
    });
  });
});
