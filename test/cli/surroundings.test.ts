import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { openSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { resolve } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import packageJson from '../../package.json' with { type: 'json' };
import { aFile, sheet, typed } from './typed.ts';

const BIN = resolve(import.meta.dirname, '../../cli/bin.mjs');
const VALID = 'policies: { standard: { schedule: "0 3 * * *", retention: { daily: 7 } } }\n';

const inputOf = (bytes: Uint8Array) => ({ readInput: () => Promise.resolve(bytes) });

it('says its version', async () => {
  const { exitCode, stdout } = await typed(['--version']);
  expect({ exitCode, stdout }).toEqual({
    exitCode: 0,
    stdout: `tablekeeper ${packageJson.version}, Node ${process.versions.node}\n`,
  });
});

describe('a policy file on standard input', () => {
  it('is checked', async () => {
    const { exitCode, stdout } = await typed(['validate', '-'], inputOf(Buffer.from(VALID)));
    expect({ exitCode, first: stdout.split('\n')[0] }).toEqual({
      exitCode: 0,
      first: 'Standard input is valid: 1 policy, by the tag backup:policy',
    });
  });

  it('is shown with its mistakes', async () => {
    const { exitCode, stdout } = await typed(['validate', '-'], inputOf(Buffer.from('polices: {}\n')));
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: expect.stringContaining('-:1:1: ') });
  });
});

describe('a file in UTF-16 is recognised', () => {
  const marked = (order: 'le' | 'be', mark: boolean): Uint8Array => {
    const bytes = Buffer.from(`${mark ? '\ufeff' : ''}${VALID}`, 'utf16le');
    return order === 'le' ? bytes : bytes.swap16();
  };

  it.each([
    ['le', true],
    ['be', true],
    ['le', false],
    ['be', false],
  ] as const)('%s, with a mark: %s', async (order, mark) => {
    const { exitCode, stderr } = await typed(['validate', '-'], inputOf(marked(order, mark)));
    expect({ exitCode, stderr }).toEqual({
      exitCode: 2,
      stderr: expect.stringMatching(
        /The file is written in UTF-16\. Save it as UTF-8 .*\n +iconv -f UTF-16 -t UTF-8 -\n/,
      ),
    });
  });

  it.each([
    ['le', true],
    ['be', true],
    ['le', false],
    ['be', false],
  ] as const)('and told from UTF-32: %s, with a mark: %s', async (order, mark) => {
    const letters = [...`${mark ? '\ufeff' : ''}${VALID}`].map((letter) => letter.codePointAt(0) ?? 0);
    const bytes = Buffer.alloc(letters.length * 4);
    for (const [at, letter] of letters.entries())
      order === 'le' ? bytes.writeUInt32LE(letter, at * 4) : bytes.writeUInt32BE(letter, at * 4);
    const { exitCode, stderr } = await typed(['validate', '-'], inputOf(bytes));
    expect({ exitCode, stderr }).toEqual({
      exitCode: 2,
      stderr: expect.stringContaining('iconv -f UTF-32 -t UTF-8 -\n'),
    });
  });
});

it('says in one sentence that a full disk took nothing, and ends with a code of its own', () => {
  const full = openSync('/dev/full', 'w');
  const { status, stderr } = spawnSync(process.execPath, [BIN, 'validate', aFile(VALID)], {
    stdio: ['ignore', full, 'pipe'],
    encoding: 'utf8',
  });
  expect({ status, stderr }).toEqual({
    status: 74,
    stderr: 'error: the output could not be written (ENOSPC).\n',
  });
});

it('breaks long errors at the width of a terminal', async () => {
  const { stderr } = await typed(['finding', 'x'.repeat(9)], {}, [sheet(), sheet(40)]);
  const lines = stderr.replace('\r\u001b[K', '').trimEnd().split('\n');
  expect(lines.length).toBeGreaterThan(1);
  expect(Math.max(...lines.map(({ length }) => length))).toBeLessThanOrEqual(40);
});

describe('behind a proxy', () => {
  const proxied = async (env: Readonly<Record<string, string>>) => {
    const asked: string[] = [];
    const proxy = createServer();
    proxy.on('connect', ({ url = '' }, socket) => {
      asked.push(url);
      socket.end('HTTP/1.1 403 Forbidden\r\n\r\n');
    });
    await once(proxy.listen(0, '127.0.0.1'), 'listening');
    onTestFinished(() => void proxy.close());
    const address = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
    const child = spawn(process.execPath, [BIN, 'plan', '--policies', aFile(VALID)], {
      env: {
        PATH: process.env.PATH,
        AWS_REGION: 'eu-central-1',
        AWS_ACCESS_KEY_ID: 'nobody',
        AWS_SECRET_ACCESS_KEY: 'nobody',
        HTTPS_PROXY: address,
        ...env,
      },
      stdio: 'ignore',
    });
    const [code] = await once(child, 'close');
    return { code, asked };
  };

  it('every call to AWS goes through it', async () => {
    const { code, asked } = await proxied({});
    expect(code).toBe(3);
    expect(asked.length).toBeGreaterThan(0);
    expect(new Set(asked)).toEqual(new Set(['sts.eu-central-1.amazonaws.com:443']));
  });

  it.each([
    { name: 'that nobody listens on', answer: undefined },
    { name: 'that refuses', answer: 'HTTP/1.1 403 Forbidden\r\n\r\n' },
  ])('names one $name, and no password of it', async ({ answer }) => {
    const proxy = createServer();
    proxy.on('connect', (_, socket) => void socket.end(answer));
    await once(proxy.listen(0, '127.0.0.1'), 'listening');
    const address = `127.0.0.1:${(proxy.address() as AddressInfo).port}`;
    onTestFinished(() => void proxy.close());
    if (answer === undefined) {
      proxy.close();
      await once(proxy, 'close');
    }
    const { exitCode, stdout } = await typed(['doctor', '--policies', aFile(VALID)], {
      env: { AWS_REGION: 'eu-central-1', HTTPS_PROXY: `http://me:secret@${address}` },
      seat: { credentials: { accessKeyId: 'nobody', secretAccessKey: 'nobody' } },
    });
    expect(stdout).toContain(`the proxy http://${address}, which HTTPS_PROXY names, refused`);
    expect(stdout).not.toContain('secret');
    expect(exitCode).toBe(3);
  });

  it('refuses one that is no URL', async () => {
    const { exitCode, stderr } = await typed(['plan', '--policies', aFile(VALID)], {
      env: { AWS_REGION: 'eu-central-1', HTTPS_PROXY: 'proxy' },
    });
    expect({ exitCode, stderr }).toEqual({
      exitCode: 2,
      stderr: expect.stringContaining('HTTPS_PROXY is "proxy", which is no URL of a proxy.'),
    });
  });
});

describe('a profile that does not exist', () => {
  it.each([
    { argv: ['--profile', 'missing'], env: {}, by: '--profile' },
    { argv: [], env: { AWS_PROFILE: 'missing' }, by: 'AWS_PROFILE' },
  ])('is named, with where it was looked for: $by', async ({ argv, env, by }) => {
    const config = aFile('[profile there]\nregion = eu-central-1\n', 'config');
    const files = { AWS_CONFIG_FILE: config, AWS_SHARED_CREDENTIALS_FILE: `${config}-credentials` };
    const where = { env: { ...files, ...env } };
    for (const command of ['plan', 'doctor']) {
      const { exitCode, stdout, stderr } = await typed([command, '--policies', aFile(VALID), ...argv], where);
      expect(stdout + stderr).toContain(
        `There is no profile "missing", which ${by} names, in ${config} or ${config}-credentials.`,
      );
      expect(exitCode).toBe(3);
    }
  });
});
