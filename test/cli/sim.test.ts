import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { DescribeTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { describe, expect, it, onTestFinished } from 'vitest';
import { runCli } from '../../cli/run-cli.ts';
import { aTerminal, sheet, typed } from './typed.ts';

const CREDENTIALS = { accessKeyId: 'test', secretAccessKey: 'test' };

/** Starts the simulated account as a person would; `end` is Ctrl-C. */
const startSim = async (argv: readonly string[]) => {
  const stdout = sheet();
  const { promise, resolve: end } = Promise.withResolvers<void>();
  const { promise: waiting, resolve: isWaiting } = Promise.withResolvers<void>();
  const untilInterrupted = () => {
    isWaiting();
    return promise;
  };
  const ended = runCli(['sim', '--port', '0', ...argv], aTerminal({ stdout, untilInterrupted }));
  onTestFinished(() => end());
  await Promise.race([waiting, ended]);
  const [, url = ''] = /AWS_ENDPOINT_URL[="]+[:\s"]*(http:\/\/127\.0\.0\.1:\d+)/.exec(stdout.text()) ?? [];
  return { url, stdout, end, ended };
};

const plan = (url: string, ...argv: readonly string[]) =>
  typed([...argv, '--region', 'us-east-1', '--endpoint-url', url, '--policies', 'policies.yml'], {
    seat: { credentials: CREDENTIALS },
  });

/** A Friday noon. */
const NOON = '2026-11-27T12:00:00Z';

describe('tablekeeper sim', () => {
  it('says what to export, answers the other commands, shows the mails, and ends in order', async () => {
    const sim = await startSim(['--at', NOON]);
    expect(sim.stdout.text()).toContain(
      `  export AWS_ENDPOINT_URL=${sim.url}\n  export AWS_ACCESS_KEY_ID=test\n`,
    );
    const { stdout, exitCode } = await plan(sim.url, 'plan');
    expect(stdout).toMatch(/\n5 tables opted in: 2 protected, 2 at risk, 1 unprotected\.\n/);
    expect(stdout).toContain('5 recovery points to expire');
    expect(exitCode).toBe(1);
    await plan(sim.url, 'run', 'audit');
    sim.end();
    expect(await sim.ended).toBe(0);
    expect(sim.stdout.text()).toMatch(
      /\nMail of 2026-11-27 12:0\dZ: \[Tablekeeper prod\] 3 new; worst critical: PITR off on customers\n/,
    );
    expect(sim.stdout.text()).toContain('\n  CRITICAL (2)\n\n  * PITR off on customers\n');
    await expect(fetch(sim.url)).rejects.toThrow();
  });

  it('--empty has a state table and a topic, and nothing to find', async () => {
    const sim = await startSim(['--empty']);
    const { stdout } = await plan(sim.url, 'plan');
    expect(stdout).toContain('No table has opted in by its tag.');
    expect(stdout).not.toContain('observation-gap');
  });

  it('--json prints the variables as one document', async () => {
    const sim = await startSim(['--empty', '--json']);
    sim.end();
    await sim.ended;
    expect(JSON.parse(sim.stdout.text())).toEqual({
      command: 'sim',
      url: sim.url,
      instance: 'prod',
      variables: {
        AWS_ENDPOINT_URL: sim.url,
        AWS_ACCESS_KEY_ID: 'test',
        AWS_SECRET_ACCESS_KEY: 'test',
        AWS_REGION: 'us-east-1',
        AWS_DEFAULT_REGION: 'us-east-1',
      },
    });
  });

  it('is in every Region, and makes a table in another one', async () => {
    const sim = await startSim(['--at', NOON]);
    const stderr = sheet();
    const { promise: untilMade, resolve } = Promise.withResolvers<void>();
    const write = (text: string) => {
      stderr.write(text);
      if (text.includes('CREATING')) resolve();
    };
    const argv = ['restore', 'customers', '--at', 'latest', '--to-region', 'eu-west-1', '--key', 'aws-owned'];
    const { stdout } = await typed(
      [...argv, '--yes', '--region', 'us-east-1', '--endpoint-url', sim.url, '--policies', 'policies.yml'],
      { seat: { credentials: CREDENTIALS }, untilInterrupted: () => untilMade },
      [sheet(), { ...stderr, write }],
    );
    expect(stdout).toContain('interrupted while AWS makes customers, which goes on');
    const statusIn = async (region: string, table: string) => {
      const client = new DynamoDBClient({ region, endpoint: sim.url, credentials: CREDENTIALS });
      const described = await client
        .send(new DescribeTableCommand({ TableName: table }))
        .catch(() => undefined);
      return described?.Table?.TableStatus;
    };
    expect(await statusIn('eu-west-1', 'customers')).toBe('CREATING');
    expect(await statusIn('us-east-1', 'customers')).toBe('ACTIVE');
    expect(await statusIn('ap-southeast-2', 'customers')).toBe(undefined);
  });

  it('without --at it is now there', async () => {
    const sim = await startSim(['--empty']);
    const before = Date.now();
    const { stdout } = await plan(sim.url, 'plan', '--json');
    const { at } = JSON.parse(stdout) as { readonly at: string };
    // Instants in documents are whole seconds.
    expect(Date.parse(at)).toBeGreaterThan(before - 2_000);
    expect(Date.parse(at)).toBeLessThanOrEqual(Date.now());
  });

  it.each([
    { name: 'a Friday', at: NOON, expires: 5, slot: '2026-11-28T03:00' },
    { name: 'a Saturday', at: '2026-11-28T12:00:00Z', expires: 6, slot: '2026-11-29T03:00' },
    {
      name: 'another Friday, with an offset',
      at: '2026-11-27T13:00:00+01:00',
      expires: 5,
      slot: '2026-11-28T03:00',
    },
    { name: 'a 29 February', at: '2028-02-29T12:00:00Z', expires: 5, slot: '2028-03-01T03:00' },
    { name: 'a day alone', at: '2027-01-01', expires: 5, slot: '2027-01-01T03:00' },
  ])(
    '--at counts the past from $name, and every command goes by that clock',
    async ({ at, expires, slot }) => {
      const sim = await startSim(['--at', at]);
      expect(sim.stdout.text()).toContain('Its clock began at ');
      const planned = JSON.parse((await plan(sim.url, 'plan', '--json')).stdout) as {
        readonly at: string;
        readonly actions: readonly { readonly kind: string }[];
      };
      expect(planned.at.slice(0, 15)).toBe(new Date(Date.parse(at)).toISOString().slice(0, 15));
      expect(planned.actions.filter(({ kind }) => kind === 'expire')).toHaveLength(expires);
      const { stdout } = await plan(sim.url, 'explain', 'orders', '--json');
      const { policies } = JSON.parse(stdout) as {
        readonly policies: readonly { readonly nextSlot: string }[];
      };
      expect(policies[0]?.nextSlot.slice(0, 16)).toBe(slot);
      const run = JSON.parse((await plan(sim.url, 'run', 'backup', '--json')).stdout) as {
        readonly at: string;
      };
      expect(run.at.slice(0, 15)).toBe(planned.at.slice(0, 15));
    },
  );

  it('--at with --json says when the clock began', async () => {
    const sim = await startSim(['--at', '2028-02-29T13:00:00+01:00', '--empty', '--json']);
    expect(JSON.parse(sim.stdout.text())).toMatchObject({ at: '2028-02-29T12:00:00Z', url: sim.url });
  });

  it('a port that is taken is told, with what to do', async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void server.close());
    const { port } = server.address() as AddressInfo;
    const { exitCode, stderr } = await typed(['sim', '--port', String(port)]);
    expect(stderr).toBe(
      `error: Port ${port} of 127.0.0.1 is taken. Give another with --port, or 0 for any that is free.\n`,
    );
    expect(exitCode).toBe(2);
  });
});
