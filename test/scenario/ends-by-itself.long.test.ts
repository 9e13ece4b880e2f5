import { describe, expect, it } from 'vitest';
import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from '../../shared/model/instant.ts';
import type { Mode } from '../../shared/model/plan.ts';
import { recoveryPointName } from '../../shared/model/recovery-point-name.ts';
import type { HintReport } from '../../shared/run/hint.ts';
import type { RunReport } from '../../shared/run/reconcile.ts';
import { createBackup } from '../../sim/console/backups.ts';
import { createTable } from '../../sim/console/tables.ts';
import type { Fault } from '../../sim/faults.ts';
import { DAILY, type Deployment, deploy } from '../support/deployment.ts';
import { endlessly, LISTS } from '../support/endless.ts';

// Every call of every function without an answer, with answers that always fail, and with a list that never ends: the run ends before Lambda
// ends it, says so, and the next one does what was left.

type Work = Mode | 'hint';

const CALLS: Readonly<Record<Work, readonly string[]>> = {
  protect: [
    'CreateBackup',
    'DescribeTable',
    'GetResources',
    'ListBackups',
    'PutItem',
    'Query',
    'Publish',
    'GetTopicAttributes',
  ],
  expire: ['DeleteBackup', 'DescribeBackup', 'DescribeTable', 'GetResources', 'ListBackups', 'Query'],
  audit: [
    'DescribeContinuousBackups',
    'DescribeTable',
    'GetResources',
    'GetTopicAttributes',
    'ListBackups',
    'ListTables',
    'Publish',
    'BatchWriteItem',
    'Query',
    'UpdateContinuousBackups',
  ],
  hint: [
    'DescribeContinuousBackups',
    'DescribeTable',
    'GetResources',
    'ListBackups',
    'PutItem',
    'Publish',
    'Query',
  ],
};
const WORKS = Object.keys(CALLS) as readonly Work[];

/** Without these a run does all its work, and somebody hears all of it. */
const NOT_MISSED: readonly string[] = ['GetTopicAttributes'];

const TROUBLES: readonly { name: string; fault: Omit<Fault, 'operation'> }[] = [
  { name: 'never answers', fault: { kind: 'slow', delayMs: Number.POSITIVE_INFINITY } },
  { name: 'is too slow', fault: { kind: 'slow', delayMs: 3 * MINUTE_MS } },
  { name: 'times out', fault: { kind: 'timeout', delayMs: 5 * SECOND_MS } },
  { name: 'always fails', fault: { kind: 'internal-error' } },
  { name: 'always throttles', fault: { kind: 'throttle' } },
];

const LIMITS_MS: Readonly<Record<Work, number>> = {
  protect: 15 * MINUTE_MS,
  expire: 15 * MINUTE_MS,
  audit: 15 * MINUTE_MS,
  hint: 5 * MINUTE_MS,
};

const START = '2026-03-10T10:00:00Z';
const REPAIRED = DAILY.replace('onDrift: alert', 'onDrift: repair');

/** Something to do and to say for every function: a slot that is due, recovery points to expire, PITR to repair, a tag that is mistyped. */
const world = async (work: Work): Promise<Deployment> => {
  const tablekeeper = await deploy({ startAt: START, policies: REPAIRED, latencyMs: 20 });
  const { account, clock } = tablekeeper;
  const createdAt = clock.now() - 90 * DAY_MS;
  createTable(account, { name: 'orders', tags: { 'backup:policy': 'standard' }, createdAt });
  createTable(account, { name: 'typo', tags: { 'backup:policy': 'standrad' }, createdAt });
  const latest = Date.parse('2026-03-10T03:00:00Z');
  for (let age = work === 'protect' ? 1 : 0; age < 10; age += 1) {
    const slot = latest - age * DAY_MS;
    const name = recoveryPointName({ instance: 'prod', policy: 'standard', slot });
    createBackup(account, { table: 'orders', name, createdAt: slot + MINUTE_MS });
  }
  return tablekeeper;
};

type Ending = RunReport | HintReport | string;

/** What became of a run and how long it took. A run that throws ends as an error, too. */
const runOf = async (tablekeeper: Deployment, work: Work, wishes: object = {}) => {
  const { clock } = tablekeeper;
  const before = clock.now();
  const running: Promise<Ending> =
    work === 'hint' ? tablekeeper.startHint('orders', wishes) : tablekeeper.start(work, wishes);
  const ending = await clock.run(running.catch((error: unknown) => String(error)));
  return { ending, tookMs: clock.now() - before };
};

/** Whether it is known from outside that not all was done: an error, a finding, an action that was not carried out. */
const saysSo = (ending: Ending): boolean => {
  if (typeof ending === 'string') return true;
  if ('kind' in ending && ending.kind === 'left-to-another') return false;
  const { failures, outcomes, plan } = ending;
  return failures.length > 0 || outcomes.some(({ status }) => status !== 'done') || !plan.complete;
};

const isWell = (ending: Ending): boolean => typeof ending !== 'string' && !saysSo(ending);

const healsAfter = async (tablekeeper: Deployment, work: Work): Promise<void> => {
  await tablekeeper.clock.advanceBy(HOUR_MS);
  const { ending } = await runOf(tablekeeper, work);
  expect(isWell(ending), JSON.stringify(ending).slice(0, 500)).toBe(true);
  const points = tablekeeper.account.ledger
    .of('recovery-point-made')
    .filter(({ by }) => by.via !== 'console');
  expect(points).toHaveLength(work === 'protect' ? 1 : 0);
};

describe.each(WORKS)('%s ends by itself, says so, and the next run heals,', (work) => {
  const cases = TROUBLES.flatMap((trouble) => CALLS[work].map((operation) => ({ operation, ...trouble })));

  it.each(cases)('where $operation $name', async ({ operation, fault }) => {
    const tablekeeper = await world(work);
    const armed = tablekeeper.account.faults.add({ operation, ...fault });
    const { ending, tookMs } = await runOf(tablekeeper, work);
    expect(tookMs).toBeLessThan(LIMITS_MS[work] - SECOND_MS);
    // A backup that is made too late for its answer is found.
    const isMade = operation === 'CreateBackup' && fault.kind === 'slow' && Number.isFinite(fault.delayMs);
    if (!NOT_MISSED.includes(operation)) expect(saysSo(ending)).toBe(!isMade);
    armed.remove();
    await healsAfter(tablekeeper, work);
  });

  // A hint asks for tags by name: that has no pages.
  const lists = LISTS.filter((operation) => CALLS[work].includes(operation));
  it.each(work === 'hint' ? lists.filter((list) => list !== 'GetResources') : lists)(
    'where %s has no end',
    async (operation) => {
      const tablekeeper = await world(work);
      const { ending, tookMs } = await runOf(tablekeeper, work, {
        requestHandler: endlessly(tablekeeper.account, operation),
      });
      expect(tookMs).toBeLessThan(LIMITS_MS[work] - SECOND_MS);
      expect(saysSo(ending)).toBe(true);
      await healsAfter(tablekeeper, work);
    },
    60_000,
  );

  it('where no call is answered at all', async () => {
    const tablekeeper = await world(work);
    const armed = tablekeeper.account.faults.add({
      operation: '*',
      kind: 'slow',
      delayMs: Number.POSITIVE_INFINITY,
    });
    const { ending, tookMs } = await runOf(tablekeeper, work);
    expect(tookMs).toBeLessThan(LIMITS_MS[work] - SECOND_MS);
    expect(saysSo(ending)).toBe(true);
    armed.remove();
    await healsAfter(tablekeeper, work);
  });
});

describe('what was found is alerted and remembered', () => {
  it.each(['DescribeContinuousBackups', 'ListBackups', 'UpdateContinuousBackups'])(
    'although %s is never answered',
    async (operation) => {
      const tablekeeper = await world('audit');
      tablekeeper.account.faults.add({ operation, kind: 'slow', delayMs: Number.POSITIVE_INFINITY });
      await tablekeeper.run('audit');
      const [mail] = tablekeeper.account.inbox.messages;
      expect(mail?.message).toContain('unknown-policy/typo');
      const { clock, asPerson } = tablekeeper;
      expect((await clock.run(asPerson.stateStore.readFindings())).map(({ id }) => id)).toContain(
        'unknown-policy/typo',
      );
    },
  );

  it('remembered although no message leaves', async () => {
    const tablekeeper = await world('audit');
    tablekeeper.account.faults.add({ operation: 'Publish', kind: 'slow', delayMs: Number.POSITIVE_INFINITY });
    const report = await tablekeeper.run('audit');
    expect(report.failures.join()).toContain('the message did not leave');
    const { clock, asPerson } = tablekeeper;
    expect((await clock.run(asPerson.stateStore.readMemory())).coverage).toMatchObject({ tables: 2 });
  });
});
