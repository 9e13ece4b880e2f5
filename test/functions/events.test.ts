import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { deployTo } from '../../cli/sim-deployment.ts';
import { DAY_MS } from '../../shared/model/instant.ts';
import { createAccount, type SimAccount } from '../../sim/account.ts';
import { createVirtualClock } from '../../sim/clock.ts';
import { createTable, setPitr } from '../../sim/console.ts';
import { putSecret } from '../../sim/console-parameters.ts';
import { createRealClock } from '../../sim/real-clock.ts';
import { type SimServer, startServer } from '../../sim/server.ts';
import { type SlackServer, startSlackServer } from '../../sim/slack/server.ts';
import { installVirtualTime } from '../../sim/virtual-time.ts';
import { buildFunctions } from '../../tools/build-functions.ts';
import { typed } from '../cli/typed.ts';
import { CHECK_SECRET, type CheckServer, startCheckServer } from '../support/check-server.ts';

// Every sample event goes through the built function it is for, on an account at the wire.

const EVENTS = resolve(import.meta.dirname, '../../events');
const FILES = readdirSync(EVENTS).toSorted();
const PARAMETER = '/tablekeeper/prod/slack';
const HEARTBEAT = '/tablekeeper/prod/heartbeat';

type Handler = (event: unknown, context: object) => Promise<unknown>;

const outdir = mkdtempSync(join(tmpdir(), 'tablekeeper-events-'));
const before = { ...process.env };
const clock = createVirtualClock(Date.parse('2026-11-23T03:01:00Z'));
const account = createAccount({ clock });
let sim: SimServer;
let slack: SlackServer;
let check: CheckServer;
let leave: () => void;
let lines: string[] = [];

/** A deployment with one table, Orders, whose point-in-time recovery somebody switched off. */
const furnish = (to: SimAccount): void => {
  deployTo(to, 'prod', 'ops@example.com');
  const createdAt = to.clock.now() - 40 * DAY_MS;
  createTable(to, { name: 'Orders', tags: { 'backup:policy': 'standard' }, pitr: true, createdAt });
  setPitr(to, 'Orders', { enabled: false });
};

beforeAll(async () => {
  await buildFunctions({ policiesFile: 'policies.yml', outdir });
  [sim, slack, check] = await Promise.all([startServer(account), startSlackServer(), startCheckServer()]);
  putSecret(account, PARAMETER, slack.webhook);
  putSecret(account, HEARTBEAT, check.url);
  furnish(account);
  Object.assign(process.env, {
    AWS_REGION: account.region,
    AWS_ACCESS_KEY_ID: 'any',
    AWS_SECRET_ACCESS_KEY: 'any',
    AWS_ENDPOINT_URL: sim.url,
    TABLEKEEPER_INSTANCE: 'prod',
    TABLEKEEPER_STATE_TABLE: 'tablekeeper-prod-state',
    TABLEKEEPER_TOPIC_ARN: `arn:aws:sns:${account.region}:${account.accountId}:tablekeeper-prod-alerts`,
    TABLEKEEPER_ACCOUNT_ID: account.accountId,
    TABLEKEEPER_SLACK_WEBHOOK_PARAMETER: PARAMETER,
    TABLEKEEPER_HEARTBEAT_PARAMETER: HEARTBEAT,
  });
  for (const stream of [process.stdout, process.stderr])
    vi.spyOn(stream, 'write').mockImplementation((chunk) => {
      lines.push(...String(chunk).split('\n').filter(Boolean));
      return true;
    });
  leave = installVirtualTime(clock, account);
}, 60_000);

afterAll(async () => {
  leave();
  vi.restoreAllMocks();
  for (const name of Object.keys(process.env)) if (!(name in before)) delete process.env[name];
  Object.assign(process.env, before);
  await Promise.all([sim.close(), slack.close(), check.close()]);
  rmSync(outdir, { recursive: true, force: true });
});

const readEvent = (file: string): unknown => JSON.parse(readFileSync(join(EVENTS, file), 'utf8'));

const handlerOf = async (file: string): Promise<Handler> => {
  const name = file.split('.')[0] ?? '';
  const module = pathToFileURL(join(outdir, name, 'index.mjs'));
  return ((await import(module.href)) as { readonly handler: Handler }).handler;
};

const contextOf = (file: string) => ({
  awsRequestId: `request-${file}`,
  functionName: `tablekeeper-prod-${file.split('.')[0]}`,
  functionVersion: '$LATEST',
  invokedFunctionArn: 'arn:aws:lambda:us-east-1:111122223333:function:under-test',
  logGroupName: '/aws/lambda/under-test',
  logStreamName: 'stream',
  memoryLimitInMB: '512',
  getRemainingTimeInMillis: () => 300_000,
});

const sent = async (file: string, event: unknown = readEvent(file)): Promise<unknown> => {
  const handler = await handlerOf(file);
  lines = [];
  return await clock.run(handler(event, contextOf(file)));
};

describe('the sample event', () => {
  it('is there for every function', () => {
    const functions = new Set(FILES.map((file) => file.split('.')[0]));
    expect([...functions]).toEqual(['audit', 'backup', 'hint', 'prune', 'slack']);
  });

  it.each(FILES.filter((file) => !file.startsWith('slack') && !file.startsWith('hint')))(
    '%s is a tick of its function',
    async (file) => {
      expect(await sent(file)).toMatchObject({ failures: [], failed: 0 });
      expect(lines.join('\n')).not.toContain(CHECK_SECRET);
    },
  );

  it('audit.json is told to whoever watches, before and after, and no other event is', () => {
    expect(check.requests).toEqual([`GET /${CHECK_SECRET}/start`, `GET /${CHECK_SECRET}`]);
  });

  it.each(FILES.filter((file) => file.startsWith('hint')))(
    '%s makes its function look at Orders',
    async (file) => {
      expect(await sent(file)).toMatchObject({ tables: ['Orders'], failures: [] });
      const metrics = lines.map((line) => JSON.parse(line) as object).filter((line) => '_aws' in line);
      expect(metrics).toContainEqual(expect.objectContaining({ service: 'hint', Hints: 1 }));
    },
  );

  it.each(FILES.filter((file) => file.startsWith('slack')))('%s is posted', async (file) => {
    const posted = slack.posted.length;
    expect(await sent(file)).toEqual({ posted: 1 });
    expect(slack.posted).toHaveLength(posted + 1);
  });
});

describe('the function for hints', () => {
  it.each([
    {
      name: 'an event of another Region',
      event: { ...(readEvent('hint.json') as object), region: 'eu-west-1' },
    },
    { name: 'a tick', event: readEvent('audit.json') },
    { name: 'nothing', event: {} },
  ])('does nothing with $name, and logs why', async ({ event }) => {
    const calls = account.calls.total();
    expect(await sent('hint.json', event)).toEqual({ tables: [] });
    expect(account.calls.total()).toBe(calls);
    const told = lines.map((line) => JSON.parse(line) as { message?: string; reason?: string });
    expect(told.find(({ message }) => message === 'nothing to look at')?.reason).toMatch(
      /^(the event|no such)/,
    );
  });
});

describe('tablekeeper invoke', () => {
  const real = createAccount({ clock: createRealClock() });
  let server: SimServer;
  beforeAll(async () => {
    leave();
    furnish(real);
    server = await startServer(real);
  });
  afterAll(() => server.close());

  const invoked = (...argv: readonly string[]) => {
    const credentials = { accessKeyId: 'any', secretAccessKey: 'any' };
    const keys = { AWS_ACCESS_KEY_ID: 'any', AWS_SECRET_ACCESS_KEY: 'any' };
    return typed(['invoke', ...argv, '--build', outdir, '--endpoint-url', server.url], {
      env: { ...keys, AWS_REGION: real.region, PATH: before.PATH },
      seat: { credentials },
    });
  };

  it('runs a built function in a process of its own and shows its log and its answer', async () => {
    const { exitCode, stdout, stderr } = await invoked('backup');
    expect(stderr).toBe('');
    const answer = JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as unknown;
    expect(answer).toMatchObject({ mode: 'protect', done: 1, failures: [] });
    expect(stdout).toContain('the run is over');
    expect(exitCode).toBe(0);
  }, 30_000);

  it('ends with 1 when the function ends as an error', async () => {
    const fault = real.faults.add({ operation: 'GetResources', kind: 'access-denied' });
    const { exitCode, stderr } = await invoked('backup');
    fault.remove();
    expect(stderr).toContain('the run is not whole');
    expect(stderr).toContain('backup ended as an error');
    expect(exitCode).toBe(1);
  }, 30_000);

  it.each([
    { name: 'a function that is mistyped', argv: ['adit'], says: 'Did you mean audit?' },
    { name: 'an event that is not there', argv: ['audit', '--event', 'nowhere.json'], says: 'nowhere.json' },
    {
      name: 'an event that is no JSON',
      argv: ['audit', '--event', 'policies.yml'],
      says: 'cannot be read as JSON',
    },
  ])('says what is wrong with $name', async ({ argv, says }) => {
    const { exitCode, stderr } = await invoked(...argv);
    expect(stderr).toContain(says);
    expect(exitCode).toBe(2);
  });

  it('says how to build what is not built', async () => {
    const { exitCode, stderr } = await typed(['invoke', 'audit', '--build', join(outdir, 'nowhere')]);
    expect(stderr).toContain('Build it: npm run build');
    expect(exitCode).toBe(2);
  });
});
