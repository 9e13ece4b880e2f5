import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { deleteTable } from '../../sim/console/tables.ts';
import type { Deployment } from '../support/deployment.ts';
import { typed, typedIn } from './typed.ts';
import { aDeployment, addTable } from './world.ts';

const PAGE = readFileSync(new URL('../../docs/cli.md', import.meta.url), 'utf8').split(
  '## The JSON documents\n',
)[1];

const namesIn = (text = ''): readonly string[] =>
  [...text.matchAll(/`([^`]+)`/g)].map(([, name = '']) => name.replace('[]', ''));

/** What the table says of one command. */
const rowOf = (command: string): readonly string[] =>
  namesIn(PAGE?.split('\n').find((line) => line.startsWith(`| \`${command}\` |`))).slice(1);

const HEAD = ['command', 'instance', 'accountId', 'region', 'at'];
const BEGINNING = namesIn(/^The documents of (.*) begin with/m.exec(PAGE ?? '')?.[1]);

/** What the page says of several or all commands. */
const ANYWHERE = [...HEAD, 'errors', 'deployedPolicies'];

const keysOf = (stdout: string): readonly string[] => Object.keys(JSON.parse(stdout));

const folder = mkdtempSync(join(tmpdir(), 'tablekeeper-documents-'));
afterAll(() => rmSync(folder, { recursive: true }));

describe('the documents of --json have the keys that docs/cli.md lists', () => {
  let deployment: Deployment;
  beforeAll(async () => {
    deployment = await aDeployment();
    addTable(deployment, 'gone', 3);
    await deployment.run('audit');
    deleteTable(deployment.account, 'gone');
    await deployment.run('audit');
  });

  it.each([
    { argv: ['status'] },
    { argv: ['plan'] },
    { argv: ['explain', 'orders'] },
    { argv: ['explain', 'gone'] },
    { argv: ['report', '--out', join(folder, 'report.html')] },
    { argv: ['cost'] },
    { argv: ['run', 'backup', '--dry-run'] },
    { argv: ['keep'] },
    { argv: ['keep', 'gone'] },
    { argv: ['restore', 'orders'] },
    { argv: ['restore', 'orders', '--at', 'latest', '--plan'] },
    { argv: ['restore', 'gone', '--at', 'latest', '--yes'], isHeadless: true },
    { argv: ['restore', '--list'], isHeadless: true },
    { argv: ['restore', '--resume', '--yes'], isHeadless: true },
    { argv: ['cutover', '--list'], isHeadless: true },
    { argv: ['doctor'] },
  ])('of $argv', async ({ argv, isHeadless = false }) => {
    const { stdout } = await typedIn(deployment, [...argv, '--json']);
    const keys = keysOf(stdout);
    const [command = ''] = argv;
    expect(keys.filter((key) => ![...ANYWHERE, ...rowOf(command)].includes(key))).toEqual([]);
    expect(keys.slice(0, HEAD.length).join() === HEAD.join()).toBe(
      !isHeadless && BEGINNING.includes(command),
    );
  });

  it.each([
    { argv: ['finding'] },
    { argv: ['finding', 'pitr-off'] },
    { argv: ['completion', 'bash'] },
    { argv: ['validate', 'policies.yml'] },
    { argv: ['simulate', 'policies.yml', '--for', '10d'] },
  ])('of $argv', async ({ argv }) => {
    const keys = keysOf((await typed([...argv, '--json'])).stdout);
    const [command = ''] = argv;
    expect(keys.filter((key) => !['command', ...rowOf(command)].includes(key))).toEqual([]);
    expect(keys[0]).toBe('command');
    expect(BEGINNING).not.toContain(command);
  });

  it('has a row for every command', async () => {
    const { stdout } = await typed(['--help']);
    const commands = [...stdout.matchAll(/^ {2}([a-z]+) \[options\]/gm)].map(([, name = '']) => name);
    expect(commands.length).toBeGreaterThan(15);
    expect(commands.filter((command) => command !== 'invoke' && rowOf(command).length === 0)).toEqual([]);
  });

  it('where no command is typed says so', async () => {
    const { exitCode, stdout } = await typed(['--json']);
    expect({ exitCode, document: JSON.parse(stdout) }).toEqual({
      exitCode: 2,
      document: { errors: [{ code: 'commander.help', message: 'no command is typed' }] },
    });
  });
});
