import { describe, expect, it } from 'vitest';
import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from '../../shared/model/instant.ts';
import { createTable, setPitr, tagTable } from '../../sim/console/tables.ts';
import { requestHandlerOf, type SdkRequestHandler } from '../../sim/request-handler.ts';
import { DAILY, type Deployment, deploy } from '../support/deployment.ts';

// Two real runs on one simulated account, in every order that a moment's head start makes: each finding is told once.

const STANDARD = { 'backup:policy': 'standard' };

const subjects = ({ account }: Deployment): readonly string[] =>
  account.inbox.messages.map(({ subject }) => subject);

/** One healthy table, a backup and an audit behind it; nothing to tell. */
const healthy = async (policies = DAILY, latencyMs = 20): Promise<Deployment> => {
  const tablekeeper = await deploy({ startAt: '2026-03-10T10:00:00Z', policies, latencyMs });
  const { account, clock } = tablekeeper;
  createTable(account, { name: 'orders', tags: STANDARD, pitr: true, createdAt: clock.now() - 90 * DAY_MS });
  await tablekeeper.run('protect');
  await clock.advanceBy(HOUR_MS);
  await tablekeeper.run('audit');
  account.inbox.clear();
  return tablekeeper;
};

const HEAD_STARTS = [0, 20, 60, 100, 140, 180, 240, 400, 1000];

/** Two audits, or an audit and a hint, the second so much later. */
const atOnce = async (
  tablekeeper: Deployment,
  headStartMs: number,
  second: (tablekeeper: Deployment) => Promise<unknown>,
): Promise<void> => {
  const { clock } = tablekeeper;
  const later = async () => {
    await clock.sleep(headStartMs);
    return await second(tablekeeper);
  };
  await clock.run(Promise.all([tablekeeper.start('audit', { runId: 'twice' }), later()]));
};

const SECONDS = [
  {
    name: 'an audit that is delivered twice',
    run: (one: Deployment) => one.start('audit', { runId: 'twice' }),
  },
  { name: 'an audit from a terminal', run: (one: Deployment) => one.start('audit') },
  { name: 'a hint', run: (one: Deployment) => one.startHint('orders') },
];

describe.each(SECONDS)('an audit beside $name', ({ run }) => {
  it.each(HEAD_STARTS)('tells what is new once, %i ms apart', async (headStartMs) => {
    const tablekeeper = await healthy();
    setPitr(tablekeeper.account, 'orders', { enabled: false });
    await atOnce(tablekeeper, headStartMs, run);
    expect(subjects(tablekeeper)).toEqual(['[Tablekeeper prod] 1 new, critical: PITR off on orders']);
  });

  it.each(HEAD_STARTS)('tells what is resolved once, %i ms apart', async (headStartMs) => {
    const tablekeeper = await healthy();
    tagTable(tablekeeper.account, 'orders', { 'backup:policy': 'standrad' });
    await tablekeeper.run('audit');
    tagTable(tablekeeper.account, 'orders', STANDARD);
    await tablekeeper.clock.advanceBy(MINUTE_MS);
    tablekeeper.account.inbox.clear();
    await atOnce(tablekeeper, headStartMs, run);
    const resolved = subjects(tablekeeper).filter((subject) => subject.includes('unknown policy on orders'));
    expect(resolved).toHaveLength(1);
  });
});

describe('two audits at once', () => {
  it.each(HEAD_STARTS)('send one digest, %i ms apart', async (headStartMs) => {
    const tablekeeper = await healthy(`digest: { schedule: "0 8 * * *" }\n${DAILY}`);
    await tablekeeper.clock.advanceTo(Date.parse('2026-03-11T08:00:30Z'));
    await atOnce(tablekeeper, headStartMs, (one) => one.start('audit'));
    expect(subjects(tablekeeper).filter((subject) => subject.includes('Digest:'))).toHaveLength(1);
  });

  it('of which one read the account before the other resolved something leave it resolved', async () => {
    const tablekeeper = await healthy();
    const { account, clock } = tablekeeper;
    setPitr(account, 'orders', { enabled: false });
    await tablekeeper.run('audit');
    account.inbox.clear();
    const slow = slowedBefore(requestHandlerOf(account), 'PutItem', 5 * MINUTE_MS, clock.sleep);
    const early = tablekeeper.start('audit', { requestHandler: slow });
    const late = async () => {
      await clock.sleep(MINUTE_MS);
      setPitr(account, 'orders', { enabled: true });
      await clock.sleep(MINUTE_MS);
      await tablekeeper.start('audit');
    };
    await clock.run(Promise.all([early, late()]));
    const lines = account.inbox.messages.flatMap(({ message }) => message.split('\n'));
    expect(lines.filter((line) => line === '* PITR off on orders')).toHaveLength(1);
    expect(subjects(tablekeeper).join('\n')).toContain('1 resolved');
    const findings = await clock.run(tablekeeper.asPerson.stateStore.readFindings());
    const open = findings.filter(({ resolvedAt }) => resolvedAt === undefined);
    expect(open.map(({ id }) => id)).not.toContain('pitr-off/orders');
  });
});

/** A wire on which the first call of that operation waits. */
const slowedBefore = (
  wire: SdkRequestHandler,
  operation: string,
  ms: number,
  sleep: (ms: number) => Promise<void>,
): SdkRequestHandler => {
  let isFirst = true;
  const handle: SdkRequestHandler['handle'] = async (request, options) => {
    const target = Object.entries(request.headers).find(([name]) => name.toLowerCase() === 'x-amz-target');
    if (isFirst && target?.[1].endsWith(`.${operation}`)) {
      isFirst = false;
      await sleep(ms);
    }
    return await wire.handle(request, options);
  };
  return { ...wire, handle };
};

/** The wire of a Lambda that is killed at its nth call: before the call leaves, or after it took effect and before its answer. */
const dyingWire = (alive: SdkRequestHandler, callsUntilDeath: number, when: 'before' | 'after') => {
  const death = Promise.withResolvers<'killed'>();
  const never = new Promise<never>(() => undefined);
  let calls = 0;
  const handle: SdkRequestHandler['handle'] = async (request, options) => {
    calls += 1;
    if (calls < callsUntilDeath) return await alive.handle(request, options);
    if (calls === callsUntilDeath && when === 'after') await alive.handle(request, options);
    death.resolve('killed');
    return await never;
  };
  return { handler: { ...alive, handle }, death: death.promise };
};

const auditUntil = async (tablekeeper: Deployment, calls: number, when: 'before' | 'after') => {
  const { handler, death } = dyingWire(requestHandlerOf(tablekeeper.account), calls, when);
  const run = tablekeeper.start('audit', { requestHandler: handler }).then(() => 'finished' as const);
  return await tablekeeper.clock.run(Promise.race([run, death]));
};

const told = (tablekeeper: Deployment, words: RegExp): number =>
  subjects(tablekeeper).filter((subject) => words.test(subject)).length;

describe.each(['before', 'after'] as const)('an audit that is killed %s any call', (when) => {
  it('tells what is new at least once and at most twice', async () => {
    let calls = 1;
    for (let end = 'killed'; end === 'killed'; calls += 1) {
      const tablekeeper = await healthy();
      setPitr(tablekeeper.account, 'orders', { enabled: false });
      end = await auditUntil(tablekeeper, calls, when);
      await tablekeeper.clock.advanceBy(2 * SECOND_MS);
      await tablekeeper.run('audit');
      await tablekeeper.run('audit');
      const times = told(tablekeeper, /new, critical: PITR off/);
      expect([1, 2], `killed ${when} call ${calls}`).toContain(times);
    }
    expect(calls).toBeGreaterThan(5);
  });

  it('never leaves people with "resolved" for what is open again', async () => {
    let calls = 1;
    for (let end = 'killed'; end === 'killed'; calls += 1) {
      const tablekeeper = await healthy();
      const { account, clock } = tablekeeper;
      tagTable(account, 'orders', { 'backup:policy': 'standrad' });
      await tablekeeper.run('audit');
      tagTable(account, 'orders', STANDARD);
      await clock.advanceBy(MINUTE_MS);
      end = await auditUntil(tablekeeper, calls, when);
      tagTable(account, 'orders', { 'backup:policy': 'standrad' });
      await clock.advanceBy(2 * MINUTE_MS);
      await tablekeeper.run('audit');
      const last = subjects(tablekeeper).findLast((subject) => subject.includes('unknown policy on orders'));
      expect(last, `killed ${when} call ${calls}`).toContain('new');
    }
  });

  it('and resolves what people may have been told of, though it is gone by then', async () => {
    let calls = 1;
    for (let end = 'killed'; end === 'killed'; calls += 1) {
      const tablekeeper = await healthy();
      const { account, clock } = tablekeeper;
      tagTable(account, 'orders', { 'backup:policy': 'standrad' });
      end = await auditUntil(tablekeeper, calls, when);
      const wasTold = told(tablekeeper, /new, critical: unknown policy/) > 0;
      tagTable(account, 'orders', STANDARD);
      await clock.advanceBy(2 * MINUTE_MS);
      await tablekeeper.run('audit');
      const isOver = told(tablekeeper, /resolved/) > 0;
      expect(isOver || !wasTold, `killed ${when} call ${calls}`).toBe(true);
    }
  });
});
