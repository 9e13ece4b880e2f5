#!/usr/bin/env node
// Sources run as they are, which takes Node 24. An older one hands over to the Node that the project brings along.
import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { constants } from 'node:os';
import { fileURLToPath } from 'node:url';

const NEEDED = 24;

const ownNode = () => {
  try {
    return createRequire(import.meta.url).resolve('node/bin/node');
  } catch {
    return undefined;
  }
};

const handOver = (node) => {
  const main = fileURLToPath(new URL('./main.ts', import.meta.url));
  const child = spawn(node, [main, ...process.argv.slice(2)], { stdio: 'inherit' });
  // A terminal sends Ctrl-C to both; the child decides when to end, and ends by itself where npm is gone.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.on('exit', (code, signal) => {
    process.exitCode = code ?? 128 + (constants.signals[signal] ?? 0);
  });
};

const isNewEnough = Number.parseInt(process.versions.node, 10) >= NEEDED;
const node = isNewEnough ? undefined : ownNode();
if (isNewEnough) await import('./main.ts');
else if (node !== undefined) handOver(node);
else {
  process.stderr.write(
    `tablekeeper needs Node ${NEEDED} or newer; this is ${process.version}. Run npm ci, which brings one.\n`,
  );
  process.exitCode = 2;
}
