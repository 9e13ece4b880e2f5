import { describe, expect, it } from 'vitest';
import type { CreateAction } from '../../../shared/model/action.ts';
import { DAY_MS, HOUR_MS } from '../../../shared/model/instant.ts';
import { recoveryPointName } from '../../../shared/model/recovery-point-name.ts';
import { backupsOf } from '../../../sim/console/backups.ts';
import { createTable } from '../../../sim/console/tables.ts';
import type { Fault } from '../../../sim/faults.ts';
import { asRead } from '../../support/failures.ts';
import { ALWAYS, NOW, onAnswers, onSim } from '../connect.ts';

const SLOT = NOW - 2 * HOUR_MS;

const actionFor = (table: string, tableId: string): CreateAction => ({
  kind: 'create',
  engine: 'dynamodb',
  table,
  tableId,
  policy: 'standard',
  slot: SLOT,
  name: recoveryPointName({ instance: 'prod', policy: 'standard', slot: SLOT }),
  urgency: 1,
  reason: 'the slot of 2026-11-23T03:00:00Z has no recovery point',
});

/** An account with one table, an action for it, and what went wrong on the way. */
const world = (...faults: Fault[]) => {
  const made = onSim();
  const table = createTable(made.account, { name: 'Orders', createdAt: NOW - 100 * DAY_MS });
  for (const fault of faults) made.account.faults.add(fault);
  const action = actionFor('Orders', table.id);
  return { ...made, action, create: () => made.run(made.engine.apply(action, ALWAYS)) };
};

const on = (kind: Fault['kind'], rest: Partial<Fault> = {}): Fault => ({
  operation: 'CreateBackup',
  kind,
  ...rest,
});

describe('making a recovery point', () => {
  it('makes one of that name and says so', async () => {
    const { account, action, create } = world();
    expect(await create()).toMatchObject({ action, status: 'done' });
    expect(backupsOf(account)).toMatchObject([{ name: action.name }]);
  });

  it('is done with exactly one backup when it was throttled a few times', async () => {
    const { account, create } = world(on('throttle', { times: 7 }));
    expect(await create()).toMatchObject({ status: 'done' });
    expect(backupsOf(account)).toHaveLength(1);
    expect(account.calls.of('CreateBackup')).toBe(8);
  });

  it.each([
    'internal-error',
    'timeout',
    'timeout-after-effect',
    'connection-reset',
    'connection-reset-after-effect',
  ] as const)(
    'is failed and uncertain, sent once and not looked up yet, when the answer is lost: %s',
    async (kind) => {
      const { account, create } = world(on(kind));
      const outcome = await create();
      expect(outcome).toMatchObject({ status: 'failed', uncertain: true });
      expect(asRead(outcome)).toMatchObject({ reason: expect.stringMatching(/^CreateBackup: /) });
      expect(account.calls.of('CreateBackup')).toBe(1);
      expect(account.calls.of('ListBackups')).toBe(0);
    },
  );

  it('is failed and uncertain when the answer names no backup', async () => {
    const { engine, run } = onAnswers(() => ({ body: { BackupDetails: {} } }));
    expect(asRead(await run(engine.apply(actionFor('Orders', 'id-of-Orders'), ALWAYS)))).toMatchObject({
      status: 'failed',
      uncertain: true,
      reason: 'CreateBackup: the answer names no backup',
    });
  });

  it.each<{ name: string; kind: Fault['kind']; status: string }>([
    { name: 'failed when it is not allowed', kind: 'access-denied', status: 'failed' },
    { name: 'deferred when throttling never ends', kind: 'throttle', status: 'deferred' },
  ])('is $name, certainly not made', async ({ kind, status }) => {
    const { account, create } = world(on(kind));
    const outcome = await create();
    expect(asRead(outcome)).toMatchObject({ status, reason: expect.stringMatching(/^CreateBackup: \w+: /) });
    expect(outcome).not.toHaveProperty('uncertain');
    expect(backupsOf(account)).toEqual([]);
  });

  it('is deferred for a table that is not there, in the words of the service', async () => {
    const { engine, run } = world();
    expect(asRead(await run(engine.apply(actionFor('Gone', 'id-of-Gone'), ALWAYS)))).toMatchObject({
      status: 'deferred',
      reason: 'CreateBackup: TableNotFoundException: Table not found: Gone',
    });
  });
});

describe('a refusal to make a recovery point', () => {
  it.each([
    { type: 'TableNotFoundException', status: 'deferred' },
    { type: 'TableInUseException', status: 'deferred' },
    { type: 'ContinuousBackupsUnavailableException', status: 'deferred' },
    { type: 'BackupInUseException', status: 'deferred' },
    { type: 'LimitExceededException', status: 'deferred' },
    { type: 'ThrottlingException', status: 'deferred' },
    { type: 'ValidationException', status: 'failed' },
    { type: 'AccessDeniedException', status: 'failed' },
    { type: 'BrandNewException', status: 'failed' },
  ])('is $status for $type', async ({ type, status }) => {
    const body = { __type: `com.amazonaws.dynamodb.v20120810#${type}`, message: 'the words' };
    const { engine, run } = onAnswers(() => ({ status: 400, body }));
    const outcome = await run(engine.apply(actionFor('Orders', 'id-of-Orders'), ALWAYS));
    const action = actionFor('Orders', 'id-of-Orders');
    expect(asRead(outcome)).toEqual({ action, status, reason: `CreateBackup: ${type}: the words` });
  });

  it('is no outcome when it is a mistake of the program', async () => {
    const { engine, run } = onAnswers(() => ({ breaks: new TypeError('undefined is not a function') }));
    await expect(run(engine.apply(actionFor('Orders', 'id-of-Orders'), ALWAYS))).rejects.toThrow(TypeError);
  });
});
