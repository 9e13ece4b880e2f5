import { resolve } from 'node:path';
import { checkInstance } from '../shared/core/deployment/instance.ts';
import { UserError } from '../shared/model/errors.ts';
import { buildFunctions } from './build-functions.ts';
import type { Bundle } from './bundle.ts';
import { scriptOptions } from './script-options.ts';

const kilobytes = (bytes: number): string => `${Math.round(bytes / 1000)} kB`;

const sizeText = ({ name, files, bytes, bytesAtStart }: Bundle): string =>
  `${name.padEnd(9)} ${kilobytes(bytes)} in ${files} files, ${kilobytes(bytesAtStart)} of it read at start`;

const { values } = scriptOptions('npm run build -- [options]: builds the functions', {
  policies: { type: 'string', default: 'policies.yml', value: 'FILE', says: 'the policy file' },
  out: { type: 'string', default: 'dist', value: 'FOLDER', says: 'where to' },
  tag: {
    type: 'string',
    value: 'KEY',
    says: 'the key by which tables opt in, in place of the one of the policy file',
  },
  instance: { type: 'string', value: 'NAME', says: 'check that an instance may be called so' },
});

try {
  if (values.instance !== undefined) checkInstance(values.instance);
  const bundles = await buildFunctions({
    policiesFile: values.policies,
    outdir: resolve(values.out),
    ...(values.tag !== undefined && { tag: values.tag }),
  });
  console.log(bundles.map(sizeText).join('\n'));
} catch (error) {
  if (!(error instanceof UserError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
