import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';

const BIN = resolve(import.meta.dirname, '../../cli/bin.mjs');
const ROOT = resolve(import.meta.dirname, '../..');

/** Starts the launcher with this Node, which can be made to say that it is another version. */
const launch = (file: string, argv: readonly string[], version?: string) => {
  const pretend = `data:text/javascript,Object.defineProperty(process.versions,'node',{value:'${version}'})`;
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [...(version === undefined ? [] : ['--import', pretend]), file, ...argv],
    { cwd: ROOT, encoding: 'utf8', env: { PATH: '', NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE } },
  );
  return { status, stdout, stderr };
};

describe('the launcher', () => {
  it.each([
    { name: 'runs the sources on a Node that can', version: undefined },
    { name: 'hands over to the Node of the project on an older one', version: '20.20.2' },
  ])('$name, with arguments, output and exit code', ({ version }) => {
    const { status, stdout, stderr } = launch(BIN, ['validate'], version);
    expect(stdout).toMatch(/^policies\.yml is valid: /);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(launch(BIN, ['plna'], version)).toMatchObject({ status: 2, stdout: '' });
  });

  it('works through the link that npm makes', () => {
    const folder = mkdtempSync(join(tmpdir(), 'tablekeeper-bin-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const link = join(folder, 'tablekeeper');
    symlinkSync(BIN, link);
    expect(launch(link, ['--help'], '20.20.2')).toMatchObject({ status: 0 });
  });

  it('prints whole documents into a pipe', () => {
    const { stdout } = launch(BIN, ['validate', '--json']);
    expect(JSON.parse(stdout)).toMatchObject({ command: 'validate', valid: true });
  });
});

describe('outside the folder of a clone', () => {
  it('init prints the way to deploy that is there, and names no schema that is not', () => {
    const folder = mkdtempSync(join(tmpdir(), 'tablekeeper-bin-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const { status, stdout } = spawnSync(
      process.execPath,
      [BIN, 'init', '--region', 'eu-central-1', '--alert-email', 'none'],
      {
        cwd: folder,
        encoding: 'utf8',
        env: {
          ...{ PATH: '', HOME: folder, AWS_EC2_METADATA_DISABLED: 'true' },
          NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE,
        },
      },
    );
    expect(stdout).toContain('npx tablekeeper package --out out --instance prod --region eu-central-1');
    expect(stdout).not.toContain('npm run');
    expect(readFileSync(join(folder, 'policies.yml'), 'utf8')).not.toContain('$schema');
    expect(status).toBe(0);
  });

  it('every command that is shown names the way to deploy that is there', () => {
    const folder = mkdtempSync(join(tmpdir(), 'tablekeeper-bin-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const module = resolve(ROOT, 'cli/session.ts');
    const code = `
      const { beginSession } = await import(${JSON.stringify(module)});
      const options = { policies: 'policies.yml', instance: 'dev', region: 'eu-west-1', color: false };
      const stdout = { isTerminal: false };
      const { screen } = beginSession(options, { env: {}, seat: {}, stdout });
      for (const more of [[], ['--', '--param', 'vault=other']])
        console.log(screen.complete(['npm', 'run', 'deploy', ...more]).join(' '));`;
    const shown = (cwd: string) =>
      spawnSync(process.execPath, ['--input-type=module', '-e', code], { cwd, encoding: 'utf8' });
    expect(shown(folder).stdout.trim().split('\n')).toEqual([
      'npx tablekeeper package --out out --region eu-west-1 --instance dev',
      'npx tablekeeper package --out out --param vault=other --region eu-west-1 --instance dev',
    ]);
    expect(shown(ROOT).stdout).toContain('npm run deploy -- --region eu-west-1 --stage dev\n');
  });
});
