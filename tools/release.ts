import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fillPackageFolder, packFolder } from './release/package-folder.ts';
import { generalTemplate } from './release/parts.ts';
import { scriptOptions } from './script-options.ts';

const { values } = scriptOptions(
  'npm run release -- [options]: makes the npm package, which needs no clone; publishes nothing',
  {
    out: { type: 'string', default: 'release', value: 'FOLDER', says: 'where to' },
    public: { type: 'boolean', says: 'a package that npm publish accepts; without it npm refuses' },
  },
);

const folder = await mkdtemp(join(tmpdir(), 'tablekeeper-release-'));
try {
  const out = resolve(values.out);
  await mkdir(out, { recursive: true });
  await fillPackageFolder(folder, generalTemplate(process.env), values.public ? 'public' : 'private');
  const { filename, size, entryCount } = packFolder(folder, out);
  console.log(`${join(values.out, filename)}: ${Math.round(size / 1000)} kB, ${entryCount} files`);
} finally {
  await rm(folder, { recursive: true });
}
