import { describe, expect, it } from 'vitest';
import { fillEstate, POLICIES, STARTS_AT } from '../../bench/estate.ts';
import { HOUR_MS, MINUTE_MS, SECOND_MS } from '../../shared/model/instant.ts';
import type { RunReport } from '../../shared/run/reconcile.ts';
import { createTable } from '../../sim/console/tables.ts';
import type { Fault } from '../../sim/faults.ts';
import { DAILY, type Deployment, deploy } from '../support/deployment.ts';

// Services that fail and throttle at random, before or after the effect: what a run has time for succeeds, and is no news.

const TABLES = 200;

/** An account with tables that are all due, or of which a tenth of the recovery points expire. */
const estate = async (isLatestFilled: boolean, seed = 7): Promise<Deployment> => {
  const tablekeeper = await deploy({ startAt: STARTS_AT, policies: POLICIES, latencyMs: 20, seed });
  fillEstate(tablekeeper.account, { tables: TABLES, isLatestFilled });
  return tablekeeper;
};

const unwell = ({ account }: Deployment, probability: number): void => {
  account.faults.add({ operation: '*', kind: 'internal-error', probability });
  account.faults.add({ operation: '*', kind: 'throttle', probability: probability / (1 - probability) });
};

const mails = ({ account }: Deployment) => account.inbox.messages.map(({ subject }) => subject);
const statuses = ({ outcomes }: RunReport) => [...new Set(outcomes.map(({ status }) => status))];
const madeTwice = ({ account }: Deployment): readonly string[] => {
  const made = account.ledger.of('recovery-point-made').map(({ tableId, name }) => `${tableId}/${name}`);
  return made.filter((one, at) => made.indexOf(one) !== at);
};
const isInTime = ({ durationMs }: RunReport) => durationMs < 15 * MINUTE_MS - 2 * SECOND_MS;

describe.each([0.05, 0.3])('where %d of answers are HTTP 500 and as many throttled', (probability) => {
  it('a backup run makes every backup, once, and mails nobody', async () => {
    const tablekeeper = await estate(false);
    unwell(tablekeeper, probability);
    const report = await tablekeeper.run('protect');
    expect(report.failures).toEqual([]);
    expect(report.outcomes).toHaveLength(TABLES);
    expect(statuses(report)).toEqual(['done']);
    expect(madeTwice(tablekeeper)).toEqual([]);
    expect(mails(tablekeeper)).toEqual([]);
    expect(isInTime(report)).toBe(true);
  }, 60_000);

  it('a prune deletes exactly what it deletes of a healthy account', async () => {
    const [healthy, ill] = [await estate(true), await estate(true)];
    unwell(ill, probability);
    await healthy.run('expire');
    const report = await ill.run('expire');
    expect(report.failures).toEqual([]);
    expect(statuses(report)).toEqual(['done']);
    const deleted = ({ account }: Deployment) =>
      account.ledger.of('recovery-point-deleted').map(({ tableName, name }) => `${tableName} ${name}`);
    expect(deleted(ill).toSorted()).toEqual(deleted(healthy).toSorted());
    expect(mails(ill)).toEqual([]);
  }, 60_000);

  it('an audit reads the point-in-time recovery of all tables', async () => {
    const tablekeeper = await estate(true);
    unwell(tablekeeper, probability);
    const report = await tablekeeper.run('audit');
    expect(report.failures).toEqual([]);
    expect(report.plan.memory.pitrBaselines).toHaveLength(TABLES);
    expect(report.plan.findings).toEqual([]);
    expect(mails(tablekeeper)).toEqual([]);
  }, 60_000);
});

/** A few tables whose latest slot is due. */
const few = async (): Promise<Deployment> => {
  const tablekeeper = await deploy({ startAt: '2026-03-02T10:00:00Z', latencyMs: 20 });
  for (const name of ['carts', 'orders', 'parcels'])
    createTable(tablekeeper.account, { name, tags: { 'backup:policy': 'standard' }, pitr: true });
  await tablekeeper.clock.advanceBy(HOUR_MS);
  return tablekeeper;
};

const LOST: readonly Fault['kind'][] = [
  'internal-error',
  'connection-reset',
  'connection-reset-after-effect',
  'timeout',
  'timeout-after-effect',
];

describe('a create whose answer is lost', () => {
  it.each(LOST)('is settled in the same run, without a second copy and without a mail: %s', async (kind) => {
    const tablekeeper = await few();
    tablekeeper.account.faults.add({ operation: 'CreateBackup', kind, times: 4 });
    const report = await tablekeeper.run('protect');
    expect(statuses(report)).toEqual(['done']);
    const made = tablekeeper.account.ledger.of('recovery-point-made').map(({ tableName }) => tableName);
    expect(made.toSorted()).toEqual(['carts', 'orders', 'parcels']);
    expect(mails(tablekeeper)).toEqual([]);
  });

  it.each(['connection-reset-after-effect', 'timeout-after-effect'] as const)(
    'is found although the list shows it late: %s',
    async (kind) => {
      const tablekeeper = await deploy({ startAt: '2026-03-02T10:00:00Z', backupListLagMs: 45 * SECOND_MS });
      createTable(tablekeeper.account, { name: 'orders', tags: { 'backup:policy': 'standard' } });
      await tablekeeper.clock.advanceBy(HOUR_MS);
      tablekeeper.account.faults.add({ operation: 'CreateBackup', kind, times: 1 });
      await tablekeeper.run('protect');
      expect(tablekeeper.account.ledger.of('recovery-point-made')).toHaveLength(1);
    },
  );

  it('is not made while the list cannot be read whole, and then it is', async () => {
    const tablekeeper = await few();
    const { account, clock } = tablekeeper;
    account.faults.add({ operation: 'CreateBackup', kind: 'connection-reset', times: 1 });
    account.faults.add({
      operation: 'ListBackups',
      kind: 'access-denied',
      from: clock.now() + SECOND_MS,
      until: clock.now() + 3 * MINUTE_MS,
    });
    const report = await tablekeeper.run('protect');
    expect(report.durationMs).toBeGreaterThan(3 * MINUTE_MS);
    expect(statuses(report)).toEqual(['done']);
    expect(account.ledger.of('recovery-point-made')).toHaveLength(3);
  });

  it('is alerted where it never succeeds, and made by the next run', async () => {
    const tablekeeper = await few();
    const fault = tablekeeper.account.faults.add({ operation: 'CreateBackup', kind: 'internal-error' });
    const report = await tablekeeper.run('protect');
    expect(isInTime(report)).toBe(true);
    expect(statuses(report)).toEqual(['failed']);
    expect(mails(tablekeeper)).toHaveLength(1);
    fault.remove();
    await tablekeeper.clock.advanceBy(30 * MINUTE_MS);
    expect(statuses(await tablekeeper.run('protect'))).toEqual(['done']);
    expect(madeTwice(tablekeeper)).toEqual([]);
  });
});

describe('a service that fails for minutes', () => {
  it.each([
    { operation: 'GetResources', kind: 'internal-error' as const },
    { operation: 'ListBackups', kind: 'throttle' as const },
    { operation: 'DescribeTable', kind: 'connection-reset' as const },
    { operation: 'CreateBackup', kind: 'throttle' as const },
    { operation: 'PutItem', kind: 'internal-error' as const },
  ])('is outlasted: $operation', async ({ operation, kind }) => {
    const tablekeeper = await few();
    tablekeeper.account.faults.add({ operation, kind, until: tablekeeper.clock.now() + 5 * MINUTE_MS });
    const report = await tablekeeper.run('protect');
    expect(report.failures).toEqual([]);
    expect(statuses(report)).toEqual(['done']);
    expect(mails(tablekeeper)).toEqual([]);
  });
});

describe('a deletion whose answer is lost', () => {
  it.each(['connection-reset-after-effect', 'timeout-after-effect'] as const)('is done: %s', async (kind) => {
    const tablekeeper = await estate(true);
    tablekeeper.account.faults.add({ operation: 'DeleteBackup', kind, probability: 0.5 });
    const report = await tablekeeper.run('expire');
    expect(statuses(report)).toEqual(['done']);
    expect(mails(tablekeeper)).toEqual([]);
  });
});

describe('a deletion that is not through when the time of its run is over', () => {
  it.each(['DeleteBackup', 'DescribeBackup', 'ListTagsOfResource'])(
    'is due again and no news where the answers failed for some minutes: %s',
    async (operation) => {
      const tablekeeper = await estate(true);
      const fault = tablekeeper.account.faults.add({ operation, kind: 'internal-error' });
      const deadline = tablekeeper.clock.now() + 4 * MINUTE_MS;
      const report = await tablekeeper.run('expire', { deadline });
      expect(statuses(report)).toEqual(['deferred']);
      expect(mails(tablekeeper)).toEqual([]);
      fault.remove();
      expect(statuses(await tablekeeper.run('expire'))).toEqual(['done']);
    },
  );

  it('is alerted where they failed for the whole of a long run', async () => {
    const tablekeeper = await estate(true);
    tablekeeper.account.faults.add({ operation: 'DeleteBackup', kind: 'internal-error' });
    expect(statuses(await tablekeeper.run('expire'))).toContain('failed');
    expect(mails(tablekeeper)).toHaveLength(1);
  });
});

describe('a switch of point-in-time recovery that is not through when the time of its run is over', () => {
  it('is due again and no news where the answers failed for some minutes', async () => {
    const policies = DAILY.replace('onDrift: alert', 'onDrift: repair');
    const tablekeeper = await deploy({ startAt: '2026-03-02T10:00:00Z', policies });
    createTable(tablekeeper.account, { name: 'orders', tags: { 'backup:policy': 'standard' } });
    await tablekeeper.clock.advanceBy(HOUR_MS);
    const fault = { operation: 'UpdateContinuousBackups', kind: 'internal-error' } as const;
    tablekeeper.account.faults.add(fault);
    const report = await tablekeeper.run('audit', { deadline: tablekeeper.clock.now() + 4 * MINUTE_MS });
    expect(statuses(report)).toEqual(['deferred']);
    expect(report.openFindings.map(({ kind }) => kind)).not.toContain('pitr-repair-failing');
  });
});
