// Writes docs/bom/ and docs/dependencies.md, which say what the functions ship: node tools/bill-of-materials.ts
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { billOfMaterialsFiles, shipmentsOf } from './bill-of-materials-files.ts';
import { buildFunctions } from './build-functions.ts';
import { scriptOptions } from './script-options.ts';

scriptOptions('npm run bom: writes docs/bom and docs/dependencies.md', {});

const ROOT = resolve(import.meta.dirname, '..');
const DOCS = join(ROOT, 'docs');

const outdir = mkdtempSync(join(tmpdir(), 'tablekeeper-bom-'));
try {
  const bundles = await buildFunctions({ policiesFile: join(ROOT, 'policies.yml'), outdir });
  const files = billOfMaterialsFiles(shipmentsOf(bundles));
  // A function that is gone takes its file with it.
  rmSync(join(DOCS, 'bom'), { recursive: true, force: true });
  mkdirSync(join(DOCS, 'bom'));
  for (const [path, text] of files) writeFileSync(join(DOCS, path), text);
} finally {
  rmSync(outdir, { recursive: true });
}
