// Builds the functions: node tools/build.ts [--policies FILE] [--out FOLDER] [--instance NAME]
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { UserError } from '../shared/model/errors.ts';
import { buildFunctions } from './build-functions.ts';
import type { Bundle } from './bundle.ts';
import { checkInstance } from './instance.ts';

const kilobytes = (bytes: number): string => `${Math.round(bytes / 1000)} kB`;

const sizeText = ({ name, files, bytes, bytesAtStart }: Bundle): string =>
  `${name.padEnd(7)} ${kilobytes(bytes)} in ${files} files, ${kilobytes(bytesAtStart)} of it read at start`;

const { values } = parseArgs({
  options: {
    policies: { type: 'string', default: 'policies.yml' },
    out: { type: 'string', default: 'dist' },
    instance: { type: 'string' },
  },
});

try {
  if (values.instance !== undefined) checkInstance(values.instance);
  const bundles = await buildFunctions({ policiesFile: values.policies, outdir: resolve(values.out) });
  console.log(bundles.map(sizeText).join('\n'));
} catch (error) {
  if (!(error instanceof UserError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
