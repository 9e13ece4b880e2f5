import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { typed } from './typed.ts';

const scriptOf = async (shell: string): Promise<string> => (await typed(['completion', shell])).stdout;

/** What bash offers for the last of these words. */
const offered = (script: string, words: readonly string[]): readonly string[] => {
  const list = words.map((word) => `'${word}'`).join(' ');
  const program = `${script}\nCOMP_WORDS=(${list}); COMP_CWORD=${words.length - 1}; _tablekeeper; printf '%s\\n' "\${COMPREPLY[@]}"`;
  const { stdout, stderr } = spawnSync('bash', ['--norc', '-c', program], {
    encoding: 'utf8',
    // A language that this machine does not have makes bash warn.
    env: { PATH: process.env.PATH, LC_ALL: 'C' },
  });
  expect(stderr).toBe('');
  return stdout.split('\n').filter((line) => line !== '');
};

describe('completion', () => {
  it.each([
    { words: ['tablekeeper', 'ex'], offers: ['explain'] },
    { words: ['tablekeeper', '--v'], offers: ['--version'] },
    { words: ['tablekeeper', 'run', 'pr'], offers: ['prune'] },
    { words: ['tablekeeper', 'run', '--ap'], offers: ['--approve'] },
    { words: ['tablekeeper', 'plan', '--ap'], offers: [] },
    { words: ['tablekeeper', 'completion', 'z'], offers: ['zsh'] },
    { words: ['tablekeeper', 'validate', '--js'], offers: ['--json'] },
  ])('of $words offers $offers in bash', async ({ words, offers }) => {
    expect(offered(await scriptOf('bash'), words)).toEqual(offers);
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
