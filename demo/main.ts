// Shows Tablekeeper at work for 45 days of virtual time: node demo/main.ts [--days N] [--all] [--whole-sdk] [--logs]
// --all shows every message; --whole-sdk sends every call through all of the SDK and HTTP, which takes three times as long.
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { show } from './demo.ts';
import { createPaint } from './paint.ts';

const ROOT = resolve(import.meta.dirname, '..');

const { values } = parseArgs({
  options: {
    days: { type: 'string', default: '45' },
    all: { type: 'boolean', default: false },
    'whole-sdk': { type: 'boolean', default: false },
    logs: { type: 'boolean', default: false },
  },
});

const print = (lines: readonly string[]): void => {
  if (lines.length > 0) process.stdout.write(`${lines.join('\n')}\n`);
};

const isColoured = process.stdout.isTTY === true && process.env.NO_COLOR === undefined;

const allHeld = await show({
  serviceFile: resolve(ROOT, 'serverless.yml'),
  policiesFile: resolve(ROOT, 'policies.yml'),
  days: Number(values.days),
  isAll: values.all,
  ...(values['whole-sdk'] && { wholeDays: Number(values.days) }),
  paint: createPaint(isColoured),
  print,
  ...(values.logs && { onLog: (text: string) => process.stderr.write(text) }),
});
process.exitCode = allHeld ? 0 : 1;
