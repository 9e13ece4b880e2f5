import { spawnSync } from 'node:child_process';
import { existsSync, globSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { makeFolder, writeWhole } from '../../cli/write-file.ts';
import { aFile, typed } from './typed.ts';

const VALID = 'policies:\n  standard: { schedule: "0 3 * * *", retention: { last: 3 } }\n';
const WRITING = { what: 'the file', fix: 'Name another.' };

describe('what a person asked for is written whole or not at all', () => {
  it('replaces a file, and leaves nothing beside it', async () => {
    const file = aFile('before');
    await writeWhole(file, 'after', WRITING);
    expect([readFileSync(file, 'utf8'), readdirSync(dirname(file))]).toEqual(['after', ['policies.yml']]);
  });

  it.runIf(existsSync('/dev/full')).each([
    { out: '/dev/full', exitCode: 74, says: 'Make room' },
    { out: '/nope/x.html', exitCode: 2, says: 'Name another file with --out FILE.' },
    { out: '/tmp', exitCode: 2, says: 'Name another file with --out FILE.' },
  ])('simulate --out $out says so, and ends with $exitCode', async ({ out, exitCode, says }) => {
    const said = await typed(['simulate', aFile(VALID), '--for', '30d', '--out', out]);
    expect(said).toMatchObject({ exitCode, stdout: '', stderr: expect.stringContaining(says) });
    expect(said.stderr).toContain(`${out}: the page cannot be written`);
  });

  it('makes a folder with those above it, also where it is there', async () => {
    const folder = join(dirname(aFile('')), 'a/b');
    await makeFolder(folder, WRITING);
    await makeFolder(folder, WRITING);
    expect(existsSync(folder)).toBe(true);
    await expect(makeFolder(aFile(''), WRITING)).rejects.toMatchObject({ content: { code: 'cannot-write' } });
  });

  it.runIf(existsSync('/proc'))('ends where nothing can be made below a folder', () => {
    const module = resolve('cli/write-file.ts');
    const code = `import(${JSON.stringify(module)}).then((m) => m.makeFolder('/proc/x/y', { what: 'w', fix: 'f' })).catch((e) => console.log(e.content.code))`;
    const { stdout } = spawnSync(process.execPath, ['-e', code], { encoding: 'utf8', timeout: 20_000 });
    expect(stdout).toBe('cannot-write\n');
  });
});

it('no command writes a file in another way', () => {
  const others = ['cli/write-file.ts', 'cli/package/unpack.ts', 'cli/restore/emit.ts'];
  const writing = globSync('cli/**/*.ts').filter((file) =>
    /\b(?:writeFile|writeFileSync|createWriteStream|appendFile|mkdir)\b/.test(readFileSync(file, 'utf8')),
  );
  expect(writing.toSorted()).toEqual(others.toSorted());
});
