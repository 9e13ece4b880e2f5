import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { aFile, typed } from '../typed.ts';

// Mistakes that are seen before anything is built; those in names and values of parameters are in test/release.

describe('tablekeeper package writes nothing', () => {
  it.each([
    { name: 'without a folder', argv: [], says: /--out <folder>/ },
    {
      name: 'without policies',
      argv: ['--policies', 'gone.yml'],
      says: /^error: gone\.yml: There is no such file/,
    },
    { name: 'for a parameter without a value', argv: ['--param', 'alertEmail'], says: /gives no value/ },
    {
      name: 'for a parameter that is given twice',
      argv: ['--param', 'alertEmail=none', '--param', 'alertEmail=a@b.c'],
      says: /^error: alertEmail is given twice/,
    },
    {
      name: 'for a file with parameters that is not there',
      argv: ['--parameters', 'gone.yml'],
      says: /^error: gone\.yml: the file with the parameters cannot be read/,
    },
    {
      name: 'for an instance that cannot be',
      argv: ['--instance', 'Prod'],
      says: /"Prod" cannot name an instance/,
    },
    {
      name: 'for an instance that was typed twice and differs',
      argv: ['--instance', 'dev', '--param', 'instance=prod'],
      says: /'--instance dev' and '--param instance=prod' contradict each other/,
    },
    {
      name: 'for an instance beside the usual one that was typed',
      argv: ['--instance', 'prod', '--param', 'instance=dev'],
      says: /'--instance prod' and '--param instance=dev' contradict each other/,
    },
    {
      name: 'for a key that was typed twice and differs',
      argv: ['--policy-tag', 'a', '--param', 'policyTag=b'],
      says: /'--policy-tag a' and '--param policyTag=b' contradict each other/,
    },
    {
      name: 'for an instance that a file gives',
      argv: ['--parameters', 'IN_FILE'],
      says: /instance cannot be given here: it says which deployment is meant/,
    },
    {
      name: 'for a key that cannot be',
      argv: ['--policy-tag', 'aws:x'],
      says: /policies\.yml|aws:/,
    },
  ])('$name', async ({ name, argv, says }) => {
    const out = join(aFile(''), '..', 'out');
    const folder = name === 'without a folder' ? [] : ['--out', out];
    const inFile = aFile('prod: { instance: dev }\n', 'parameters.yml');
    const words = argv.map((word) => (word === 'IN_FILE' ? inFile : word));
    const { exitCode, stdout, stderr } = await typed(['package', ...folder, ...words]);
    expect(stderr).toMatch(says);
    expect(stderr).not.toContain('serverless.yml');
    expect({ exitCode, stdout, wrote: existsSync(out) }).toEqual({ exitCode: 2, stdout: '', wrote: false });
  });

  it('for a mistake in the policy file, and shows its place', async () => {
    const file = aFile('policies:\n  standard:\n    schedul: "0 3 * * *"\n');
    const { exitCode, stderr } = await typed([
      'package',
      '--out',
      join(file, '..', 'out'),
      '--policies',
      file,
    ]);
    expect(stderr).toContain(`${file}:3:5`);
    expect({ exitCode, wrote: existsSync(join(file, '..', 'out')) }).toEqual({ exitCode: 2, wrote: false });
  });
});
