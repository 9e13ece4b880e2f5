import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
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

describe('tablekeeper sim', () => {
  it('says what to export, answers the other commands, shows the mails, and ends in order', async () => {
    const sim = await startSim([]);
    expect(sim.stdout.text()).toContain(
      `  export AWS_ENDPOINT_URL=${sim.url}\n  export AWS_ACCESS_KEY_ID=test\n`,
    );
    const { stdout, exitCode } = await plan(sim.url, 'plan');
    expect(stdout).toMatch(/\n5 tables opted in: 3 protected, 1 at risk, 1 unprotected\.\n/);
    expect(stdout).toContain('5 recovery points to expire');
    expect(exitCode).toBe(1);
    await plan(sim.url, 'run', 'audit');
    sim.end();
    expect(await sim.ended).toBe(0);
    expect(sim.stdout.text()).toMatch(
      /\nMail of .+: \[Tablekeeper prod\] 3 new; worst critical: PITR off on customers\n/,
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
      },
    });
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
