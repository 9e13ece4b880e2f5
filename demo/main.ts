import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { scriptOptions, wholeNumber } from '../tools/script-options.ts';
import { bundleFunctions } from './bundles.ts';

const ROOT = resolve(import.meta.dirname, '..');

const { values } = scriptOptions('npm start -- [options]: shows Tablekeeper at work in virtual time', {
  days: { type: 'string', default: '45', value: 'N', says: 'how many days' },
  all: { type: 'boolean', says: 'show every message' },
  'whole-sdk': {
    type: 'boolean',
    says: 'send every call through all of the SDK and HTTP, which takes three times as long',
  },
  page: {
    type: 'string',
    default: join(tmpdir(), 'tablekeeper-demo.html'),
    value: 'FILE',
    says: 'where the page of all tables is written',
  },
  logs: { type: 'boolean', says: 'the log of the functions, on stderr' },
});
const days = wholeNumber('days', values.days);

const print = (lines: readonly string[]): void => {
  if (lines.length > 0) process.stdout.write(`${lines.join('\n')}\n`);
};

const isColoured = process.stdout.isTTY === true && process.env.NO_COLOR === undefined;

const policiesFile = resolve(ROOT, 'policies.yml');
// Another process bundles while this one reads the rest of the project.
const bundling = bundleFunctions();
bundling.catch(() => undefined);
const [{ show }, { createPaint }] = await Promise.all([import('./demo.ts'), import('./paint.ts')]);

const allHeld = await show({
  serviceFile: resolve(ROOT, 'serverless.yml'),
  policiesFile,
  bundling,
  days: days,
  isAll: values.all,
  pageFile: resolve(values.page),
  ...(values['whole-sdk'] && { wholeHours: 24 * days }),
  paint: createPaint(isColoured),
  print,
  ...(values.logs && { onLog: (text: string) => process.stderr.write(text) }),
});
process.exitCode = allHeld ? 0 : 1;
