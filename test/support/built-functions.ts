import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, vi } from 'vitest';
import { deployTo } from '../../cli/sim-account.ts';
import { createAccount, type SimAccount } from '../../sim/account.ts';
import { createVirtualClock, type VirtualClock } from '../../sim/clock.ts';
import { putSecret } from '../../sim/console/services.ts';
import { type SimServer, startServer } from '../../sim/server.ts';
import { type SlackServer, startSlackServer } from '../../sim/slack/server.ts';
import { installVirtualTime } from '../../sim/virtual-time.ts';
import { BUILT, builtOnce } from './built-once.ts';
import { type CheckServer, startCheckServer } from './check-server.ts';

const EVENTS = resolve(import.meta.dirname, '../../events');
const PARAMETER = '/tablekeeper/prod/slack';
const HEARTBEAT = '/tablekeeper/prod/heartbeat';

type Handler = (event: unknown, context: object) => Promise<unknown>;

/** The built functions at work in this process, on an account at the wire, in virtual time. */
export interface BuiltFunctions {
  readonly account: SimAccount;
  readonly clock: VirtualClock;
  /** Where the bundles lie. */
  readonly outdir: string;
  /** The environment as it was before. */
  readonly before: Readonly<Record<string, string | undefined>>;
  readonly slack: () => SlackServer;
  readonly check: () => CheckServer;
  /** What the last call wrote, line by line. */
  readonly lines: () => readonly string[];
  /** Gives real time back, before the end of the tests. */
  readonly leave: () => void;
  /** Calls the function that the file's name begins with; with the file's event unless another is given. */
  readonly sent: (file: string, event?: unknown) => Promise<unknown>;
}

/** Reads an event from a file of `events/`. */
export const readEvent = (file: string): unknown => JSON.parse(readFileSync(join(EVENTS, file), 'utf8'));

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

const environmentOf = (account: SimAccount, url: string) => ({
  AWS_REGION: account.region,
  AWS_ACCESS_KEY_ID: 'any',
  AWS_SECRET_ACCESS_KEY: 'any',
  AWS_ENDPOINT_URL: url,
  TABLEKEEPER_INSTANCE: 'prod',
  TABLEKEEPER_STATE_TABLE: 'tablekeeper-prod-state',
  TABLEKEEPER_TOPIC_ARN: `arn:aws:sns:${account.region}:${account.accountId}:tablekeeper-prod-alerts`,
  TABLEKEEPER_ACCOUNT_ID: account.accountId,
  TABLEKEEPER_SLACK_WEBHOOK_PARAMETER: PARAMETER,
  TABLEKEEPER_HEARTBEAT_PARAMETER: HEARTBEAT,
});

/** Builds the functions before a file's tests, with more variables where some are given, and with an account that starts at an instant, and removes everything after them. */
export const onBuiltFunctions = (
  startAt: string,
  furnish: (account: SimAccount) => void,
  more: Readonly<Record<string, string>> = {},
): BuiltFunctions => {
  const outdir = mkdtempSync(join(tmpdir(), 'tablekeeper-events-'));
  const before = { ...process.env };
  const clock = createVirtualClock(Date.parse(startAt));
  const account = createAccount({ clock });
  let servers: readonly [SimServer, SlackServer, CheckServer];
  let leave = (): void => undefined;
  let lines: string[] = [];

  beforeAll(async () => {
    await builtOnce();
    // A function reads its environment when it is loaded, once for each folder.
    cpSync(BUILT, outdir, { recursive: true });
    servers = await Promise.all([startServer(account), startSlackServer(), startCheckServer()]);
    const [sim, slack, check] = servers;
    putSecret(account, PARAMETER, slack.webhook);
    putSecret(account, HEARTBEAT, check.url);
    deployTo(account, 'prod', 'ops@example.com');
    furnish(account);
    Object.assign(process.env, environmentOf(account, sim.url), more);
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
    await Promise.all(servers.map((server) => server.close()));
    rmSync(outdir, { recursive: true, force: true });
  });

  // What a function loads while it runs is loaded before: virtual time would take that for standing still.
  const handlerOf = async (file: string): Promise<Handler> => {
    const folder = join(outdir, file.split('.')[0] ?? '');
    const parts = readdirSync(folder).filter((name) => name.endsWith('.mjs'));
    await Promise.all(parts.map((name) => import(pathToFileURL(join(folder, name)).href)));
    const module = pathToFileURL(join(folder, 'index.mjs'));
    return ((await import(module.href)) as { readonly handler: Handler }).handler;
  };
  return {
    account,
    clock,
    outdir,
    before,
    slack: () => servers[1],
    check: () => servers[2],
    lines: () => lines,
    leave: () => leave(),
    sent: async (file, event = readEvent(file)) => {
      const handler = await handlerOf(file);
      lines = [];
      return await clock.run(handler(event, contextOf(file)));
    },
  };
};
