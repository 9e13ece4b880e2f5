import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { contentOf, deflated, readZip, stored, writeZip } from '../../../cli/package/zip.ts';

const folder = mkdtempSync(join(tmpdir(), 'tablekeeper-zip-'));
afterAll(() => rmSync(folder, { recursive: true }));

const LONG = Buffer.from('export const handler = 1;\n'.repeat(500));
const ENTRIES = [
  deflated('dist/prune/index.mjs', LONG),
  stored('dist/prune/policies.json', Buffer.from('{"ä":1}')),
];

describe('an archive', () => {
  it('is read by others: names, contents, rights and a fixed day', () => {
    const file = join(folder, 'a.zip');
    writeFileSync(file, writeZip(ENTRIES));
    const script = `import zipfile, json, sys
z = zipfile.ZipFile(sys.argv[1])
assert z.testzip() is None
print(json.dumps([[i.filename, i.file_size, oct(i.external_attr >> 16), list(i.date_time)] for i in z.infolist()]))
z.extractall(sys.argv[2])`;
    const listed = execFileSync('python3', ['-c', script, file, folder], { encoding: 'utf8' });
    const day = [1980, 1, 1, 0, 0, 0];
    expect(JSON.parse(listed)).toEqual([
      ['dist/prune/index.mjs', LONG.length, '0o100644', day],
      ['dist/prune/policies.json', 8, '0o100644', day],
    ]);
    expect(readFileSync(join(folder, 'dist/prune/index.mjs')).equals(LONG)).toBe(true);
    expect(readFileSync(join(folder, 'dist/prune/policies.json'), 'utf8')).toBe('{"ä":1}');
  });

  it('is the same bytes whatever the order of its files', () => {
    expect(writeZip(ENTRIES.toReversed())).toEqual(writeZip(ENTRIES));
  });

  it('gives back its entries, from which it can be written again', () => {
    const zip = writeZip(ENTRIES);
    expect(writeZip(readZip(zip))).toEqual(zip);
    expect(readZip(zip).map((entry) => Buffer.from(contentOf(entry)))).toEqual([
      LONG,
      Buffer.from('{"ä":1}'),
    ]);
  });

  it('may be empty', () => {
    expect(readZip(writeZip([]))).toEqual([]);
  });

  it.each([
    { name: 'nothing', bytes: Buffer.alloc(0) },
    { name: 'text', bytes: Buffer.from('x'.repeat(100)) },
    { name: 'a part of one', bytes: writeZip(ENTRIES).subarray(0, -30) },
  ])('is refused when it is $name', ({ bytes }) => {
    expect(() => readZip(bytes)).toThrow('no archive');
  });

  it('with another byte in it does not give back its file', () => {
    const zip = writeZip(ENTRIES);
    const [entry] = readZip(zip).filter(({ method }) => method === 'stored');
    if (entry === undefined) throw new Error('the entry is gone');
    const data = Buffer.from(entry.data);
    data[3] = 0x41;
    expect(() => contentOf({ ...entry, data })).toThrow('dist/prune/policies.json is damaged');
  });
});
