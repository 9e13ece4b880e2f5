import { describe, expect, it } from 'vitest';
import type { EnablePitrAction } from '../../../shared/model/action.ts';
import { DAY_MS } from '../../../shared/model/instant.ts';
import { createTable } from '../../../sim/console/tables.ts';
import { asRead } from '../../support/failures.ts';
import { NOW, onAnswers, onSim } from '../connect.ts';

const action: EnablePitrAction = {
  kind: 'enable-pitr',
  table: 'Orders',
  tableId: 'id-of-Orders',
  recoveryPeriodDays: 14,
  reason: 'point-in-time recovery is off; the policy promises 14 days',
};

const withTable = (pitr: boolean | { recoveryPeriodDays: number }) => {
  const world = onSim();
  createTable(world.account, { name: 'Orders', createdAt: NOW - 100 * DAY_MS, pitr });
  return world;
};

describe('the switch for point-in-time recovery', () => {
  it.each([
    { name: 'switches it on with the promised period', pitr: false },
    { name: 'brings a wrong period back', pitr: { recoveryPeriodDays: 3 } },
    { name: 'leaves what is right as it is', pitr: { recoveryPeriodDays: 14 } },
  ])('$name', async ({ pitr }) => {
    const { inventory, pitrSwitch, run } = withTable(pitr);
    expect(await run(pitrSwitch.enable(action))).toMatchObject({ action, status: 'done' });
    expect(await run(inventory.readPitr('Orders'))).toMatchObject({
      value: { enabled: true, recoveryPeriodDays: 14 },
    });
  });

  it.each(['throttle', 'internal-error', 'timeout-after-effect', 'connection-reset-after-effect'] as const)(
    'gets there in spite of: %s',
    async (kind) => {
      const { account, pitrSwitch, run } = withTable(false);
      account.faults.add({ operation: 'UpdateContinuousBackups', kind, times: 2 });
      expect((await run(pitrSwitch.enable(action))).status).toBe('done');
    },
  );

  it.each([
    { name: 'failed when it is not allowed', kind: 'access-denied', status: 'failed' },
    { name: 'failed when nothing answers', kind: 'timeout', status: 'failed' },
    { name: 'deferred when throttling never ends', kind: 'throttle', status: 'deferred' },
  ] as const)('is $name', async ({ kind, status }) => {
    const { account, pitrSwitch, run } = withTable(false);
    account.faults.add({ operation: 'UpdateContinuousBackups', kind });
    const outcome = await run(pitrSwitch.enable(action));
    expect(asRead(outcome)).toMatchObject({
      action,
      status,
      reason: expect.stringMatching(/^UpdateContinuousBackups: \w+: /),
    });
  });

  it('is deferred for a table that is gone', async () => {
    const { pitrSwitch, run } = onSim();
    expect((await run(pitrSwitch.enable(action))).status).toBe('deferred');
  });

  it('is deferred while the service is still enabling backups of a new table', async () => {
    const __type = 'com.amazonaws.dynamodb.v20120810#ContinuousBackupsUnavailableException';
    const { pitrSwitch, run } = onAnswers(() => ({
      status: 400,
      body: { __type, message: 'Please retry later' },
    }));
    expect(asRead(await run(pitrSwitch.enable(action)))).toMatchObject({
      status: 'deferred',
      reason: 'UpdateContinuousBackups: ContinuousBackupsUnavailableException: Please retry later',
    });
  });

  it.each([
    { name: 'still off', description: { PointInTimeRecoveryStatus: 'DISABLED' }, state: 'not on' },
    {
      name: 'another period',
      description: { PointInTimeRecoveryStatus: 'ENABLED', RecoveryPeriodInDays: 35 },
      state: 'on with 35 days',
    },
    { name: 'nothing', description: undefined, state: 'not on' },
  ])('does not believe an answer that says: $name', async ({ description, state }) => {
    const ContinuousBackupsDescription = { PointInTimeRecoveryDescription: description };
    const { pitrSwitch, run } = onAnswers(() => ({ body: { ContinuousBackupsDescription } }));
    const outcome = await run(pitrSwitch.enable(action));
    expect(asRead(outcome)).toMatchObject({ status: 'failed', reason: expect.stringContaining(state) });
  });

  it('sends the period with the switch', async () => {
    const { pitrSwitch, run, sent } = onAnswers(() => ({ body: {} }));
    await run(pitrSwitch.enable(action));
    expect(sent.map(({ input }) => input)).toEqual([
      {
        TableName: 'Orders',
        PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true, RecoveryPeriodInDays: 14 },
      },
    ]);
  });
});
