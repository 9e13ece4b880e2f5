import { describe, expect, it } from 'vitest';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../../shared/model/instant.ts';
import { createBackup } from '../../../sim/console/backups.ts';
import { createTable } from '../../../sim/console/tables.ts';
import type { Fault } from '../../../sim/faults.ts';
import { asRead } from '../../support/failures.ts';
import { NOW, onSim } from '../connect.ts';

const TAG = 'backup:policy';

const world = () => {
  const made = onSim();
  const createdAt = NOW - 100 * DAY_MS;
  createTable(made.account, { name: 'Orders', createdAt, tags: { [TAG]: 'standard' } });
  createBackup(made.account, { table: 'Orders', name: 'mine', createdAt: NOW - HOUR_MS });
  return made;
};
type World = ReturnType<typeof world>;

const READS: readonly { operation: string; read: (made: World) => Promise<unknown> }[] = [
  { operation: 'GetResources', read: ({ inventory }) => inventory.listTaggedTables(TAG) },
  { operation: 'ListTables', read: ({ inventory }) => inventory.listTableNames() },
  { operation: 'DescribeTable', read: ({ inventory }) => inventory.describeTable('Orders') },
  { operation: 'DescribeContinuousBackups', read: ({ inventory }) => inventory.readPitr('Orders') },
  { operation: 'ListBackups', read: ({ engine }) => engine.list() },
];

const PASSING = [
  'throttle',
  'internal-error',
  'timeout',
  'timeout-after-effect',
  'connection-reset',
  'slow',
] as const;

const cases = READS.flatMap(({ operation, read }) => PASSING.map((kind) => ({ operation, read, kind })));

describe('what is read', () => {
  it.each(cases)('by $operation is the same after three times: $kind', async ({ operation, read, kind }) => {
    const calm = world();
    const expected = await calm.run(read(calm));
    const stormy = world();
    const fault: Fault = { operation, kind, times: 3, delayMs: 5_000 };
    stormy.account.faults.add(fault);
    expect(await stormy.run(read(stormy))).toEqual(expected);
  });

  it.each(READS)('by $operation is tried again until its time is over', async ({ operation, read }) => {
    const { account, clock, ...rest } = world();
    account.faults.add({ operation, kind: 'internal-error' });
    const answer = await rest.run(read({ account, clock, ...rest }));
    expect(JSON.stringify(asRead(answer))).toContain(`${operation}: InternalS`);
    expect(clock.now() - NOW).toBeGreaterThan(14.5 * MINUTE_MS);
    expect(clock.now() - NOW).toBeLessThan(15 * MINUTE_MS);
  });

  it.each(READS)('by $operation ends in time where no answer ever comes', async ({ operation, read }) => {
    const { account, clock, ...rest } = world();
    account.faults.add({ operation, kind: 'slow', delayMs: DAY_MS });
    const answer = await rest.run(read({ account, clock, ...rest }));
    expect(JSON.stringify(asRead(answer))).toContain(`${operation}: TimeoutError: no answer came in time`);
    expect(clock.now() - NOW).toBeLessThanOrEqual(16 * MINUTE_MS);
  });

  it.each(READS)(
    'by $operation is not asked for twice when access is denied',
    async ({ operation, read }) => {
      const { account, ...rest } = world();
      account.faults.add({ operation, kind: 'access-denied' });
      expect(JSON.stringify(asRead(await rest.run(read({ account, ...rest }))))).toContain(
        `${operation}: AccessDenied`,
      );
      expect(account.calls.of(operation)).toBe(1);
    },
  );
});
