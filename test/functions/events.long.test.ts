import { readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { deployTo } from '../../cli/sim-account.ts';
import { DAY_MS, HOUR_MS } from '../../shared/model/instant.ts';
import { createAccount, type SimAccount } from '../../sim/account.ts';
import { createTable, setPitr } from '../../sim/console/tables.ts';
import { createRealClock } from '../../sim/real-clock.ts';
import { type SimServer, startServer } from '../../sim/server.ts';
import { typed } from '../cli/typed.ts';
import { onBuiltFunctions, readEvent } from '../support/built-functions.ts';
import { CHECK_SECRET } from '../support/check-server.ts';
import { metricsWatched, metricsWritten } from '../support/own-metrics.ts';
import { resolvedResources } from '../support/resolved-template.ts';
import { packageTemplate } from '../support/template.ts';

// Every sample event goes through the built function it is for, on an account at the wire.

const FILES = readdirSync(resolve(import.meta.dirname, '../../events')).toSorted();

/** One table, Orders, whose point-in-time recovery somebody switched off. */
const furnish = (to: SimAccount): void => {
  const createdAt = to.clock.now() - 40 * DAY_MS;
  createTable(to, { name: 'Orders', tags: { 'backup:policy': 'standard' }, pitr: true, createdAt });
  setPitr(to, 'Orders', { enabled: false });
};

const functions = onBuiltFunctions('2026-11-23T03:01:00Z', furnish);
const { account, before, outdir, sent } = functions;

describe('the sample event', () => {
  it('is there for every function', () => {
    const names = new Set(FILES.map((file) => file.split('.')[0]));
    expect([...names]).toEqual(['audit', 'backup', 'drill', 'hint', 'prune', 'slack']);
  });

  it.each(FILES.filter((file) => !file.startsWith('slack') && !file.startsWith('hint')))(
    '%s is a tick of its function',
    async (file) => {
      const isDrill = file.startsWith('drill');
      expect(await sent(file)).toMatchObject({ failures: [], ...(!isDrill && { failed: 0 }) });
      expect(functions.lines().join('\n')).not.toContain(CHECK_SECRET);
    },
  );

  it('audit.json is told to whoever watches, before and after, and no other event is', () => {
    expect(functions.check().requests).toEqual([`GET /${CHECK_SECRET}/start`, `GET /${CHECK_SECRET}`]);
  });

  it.each(FILES.filter((file) => file.startsWith('hint')))(
    '%s makes its function look at Orders',
    async (file) => {
      expect(await sent(file)).toMatchObject({ tables: ['Orders'], failures: [] });
    },
  );

  it.each(FILES.filter((file) => file.startsWith('slack')))('%s is posted', async (file) => {
    const posted = functions.slack().posted.length;
    expect(await sent(file)).toEqual({ posted: 1 });
    expect(functions.slack().posted).toHaveLength(posted + 1);
  });

  it('makes a function write the metrics that alarms watch, under that name and those dimensions, and no other', async () => {
    const place = { accountId: account.accountId, region: account.region };
    const written: string[] = [];
    for (const file of FILES) {
      await sent(file);
      written.push(...functions.lines());
    }
    const watched = metricsWatched(resolvedResources(packageTemplate(), place));
    expect(watched).toHaveLength(2);
    expect(metricsWritten(written)).toEqual(watched);
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
    const told = functions.lines().map((line) => JSON.parse(line) as { message?: string; reason?: string });
    expect(told.find(({ message }) => message === 'nothing to look at')?.reason).toMatch(
      /^(the event|no such)/,
    );
  });
});

describe('tablekeeper invoke', () => {
  /** A day that few years have, far from the machine's own. */
  const STARTS_AT = Date.UTC(2028, 1, 29, 12);
  const real = createAccount({ clock: createRealClock(STARTS_AT) });
  let server: SimServer;
  beforeAll(async () => {
    functions.leave();
    deployTo(real, 'prod', 'ops@example.com');
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
    const [, written = ''] = /"Timestamp":(\d+)/.exec(stdout) ?? [];
    expect(Number(written) - STARTS_AT).toBeGreaterThan(0);
    expect(Number(written) - STARTS_AT).toBeLessThan(HOUR_MS);
    expect(real.ledger.of('recovery-point-made').map(({ name }) => name)).toEqual([
      expect.stringMatching(/^tablekeeper\.prod\.[a-z]+\.202802\d\dT\d{6}Z$/),
    ]);
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
