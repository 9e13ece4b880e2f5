import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, it, type TestContext } from 'vitest';

const ROOT = resolve(import.meta.dirname, '../..');
const BIN = resolve(ROOT, 'cli/bin.mjs');
const COMMAND = `'${process.execPath}' '${BIN}' sim --port 0 --empty`;

/** As npm does: a shell that stays for its command, a signal to end that goes to the shell alone, and no handler for any other. */
const NPM = `
  process.title = 'npm exec tablekeeper sim';
  const { spawn } = require('node:child_process');
  const shell = spawn('sh', ['-c', process.argv[1] + '; true'], { stdio: 'inherit' });
  for (const signal of ['SIGINT', 'SIGTERM'])
    process.once(signal, () => { shell.kill(signal); process.kill(process.pid, signal); });
  shell.on('exit', (code) => process.exit(code ?? 1));
`;

const isUp = (url: string): Promise<boolean> =>
  fetch(url).then(
    () => true,
    () => false,
  );

const urlOf = async (program: ChildProcess): Promise<string> => {
  let text = '';
  for await (const chunk of program.stdout ?? []) {
    text += String(chunk);
    const [url] = /http:\/\/127\.0\.0\.1:\d+/.exec(text) ?? [];
    if (url !== undefined && text.includes('AWS_ENDPOINT_URL=')) return url;
  }
  throw new Error(`it never said where it is: ${text}`);
};

const start = async (command: string, argv: readonly string[], { onTestFinished }: TestContext) => {
  // A group of its own, so that whatever is left of it can be ended.
  const program = spawn(command, argv, {
    cwd: ROOT,
    detached: true,
    env: { ...process.env, npm_command: 'exec' },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  onTestFinished(() => {
    try {
      process.kill(-(program.pid ?? 0), 'SIGKILL');
    } catch {}
  });
  return { program, url: await urlOf(program) };
};

const endsSoon = async (url: string): Promise<void> => {
  for (let tries = 0; tries < 100 && (await isUp(url)); tries += 1) await pause(100);
  expect(await isUp(url)).toBe(false);
};

// All at once: each waits for programs most of its time.
describe.concurrent('tablekeeper sim ends', { timeout: 40_000 }, () => {
  it.for(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)('on %s, in order', async (signal, context) => {
    const argv = [BIN, 'sim', '--port', '0', '--empty'];
    const { program, url } = await start(process.execPath, argv, context);
    const ended = new Promise((done) => program.once('exit', (code) => done(code)));
    expect(await isUp(url)).toBe(true);
    program.kill(signal);
    expect(await ended).toBe(0);
    await endsSoon(url);
  });

  it.for(['SIGINT', 'SIGTERM'] as const)(
    'when npx is sent %s, whose shell dies of it',
    async (signal, context) => {
      const { program, url } = await start(process.execPath, ['-e', NPM, COMMAND], context);
      await pause(1000);
      expect(await isUp(url)).toBe(true);
      program.kill(signal);
      await endsSoon(url);
    },
  );

  // Elsewhere the system does not say who started whom.
  it.runIf(existsSync('/proc/self/stat')).for(['SIGHUP', 'SIGKILL'] as const)(
    'when npx is sent %s, and leaves its shell behind',
    async (signal, context) => {
      const { program, url } = await start(process.execPath, ['-e', NPM, COMMAND], context);
      program.kill(signal);
      await endsSoon(url);
    },
  );
});
