import { describe, expect, it } from 'vitest';
import type { CreateAction } from '../../../shared/model/action.ts';
import { DAY_MS, HOUR_MS } from '../../../shared/model/instant.ts';
import { recoveryPointName } from '../../../shared/model/recovery-point-name.ts';
import { backupsOf, createBackup, createTable } from '../../../sim/console.ts';
import type { Fault } from '../../../sim/faults.ts';
import { ALWAYS, NOW, onAnswers, onSim } from '../connect.ts';

const SLOT = NOW - 2 * HOUR_MS;

const actionFor = (table: string, tableId: string): CreateAction => ({
  kind: 'create',
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
  return { ...made, action, create: () => made.run(made.engine.create(action, ALWAYS)) };
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

  it.each<{ name: string; faults: Fault[]; calls: number }>([
    { name: 'throttled a few times', faults: [on('throttle', { times: 3 })], calls: 4 },
    {
      name: 'timed out after it was done',
      faults: [on('timeout-after-effect', { delayMs: 5_000 })],
      calls: 1,
    },
    { name: 'reset after it was done', faults: [on('connection-reset-after-effect')], calls: 1 },
  ])('is done with exactly one backup, and the call was $name', async ({ faults, calls }) => {
    const { account, create } = world(...faults);
    expect(await create()).toMatchObject({ status: 'done' });
    expect(backupsOf(account)).toHaveLength(1);
    expect(account.calls.of('CreateBackup')).toBe(calls);
  });

  it.each(['internal-error', 'timeout', 'connection-reset'] as const)(
    'is failed and uncertain, and sent once, when the answer is lost and no backup is seen: %s',
    async (kind) => {
      const { account, create } = world(on(kind));
      const outcome = await create();
      expect(outcome).toMatchObject({ status: 'failed', uncertain: true });
      expect(outcome.reason).toMatch(/^CreateBackup: .*; the backup is not in the list$/);
      expect(account.calls.of('CreateBackup')).toBe(1);
    },
  );

  it('is uncertain when the list cannot be read either', async () => {
    const { create } = world(on('timeout-after-effect'), { operation: 'ListBackups', kind: 'access-denied' });
    const outcome = await create();
    expect(outcome).toMatchObject({ status: 'failed', uncertain: true });
    expect(outcome.reason).toContain('whether it was made is not known: ListBackups: AccessDeniedException');
  });

  it('finds its backup among hundreds after a lost answer', async () => {
    const { account, create } = world(on('connection-reset-after-effect'));
    for (let index = 0; index < 250; index += 1)
      createBackup(account, { table: 'Orders', name: `other-${index}`, createdAt: NOW - 1_000 });
    expect(await create()).toMatchObject({ status: 'done' });
  });

  it('never takes the backup of an older table of that name for its own', async () => {
    const { account, engine, run } = world(on('timeout'));
    const action = actionFor('Orders', 'an-earlier-id');
    createBackup(account, { table: 'Orders', name: action.name });
    expect(await run(engine.create(action, ALWAYS))).toMatchObject({ status: 'failed', uncertain: true });
  });

  it.each<{ name: string; kind: Fault['kind']; status: string }>([
    { name: 'failed when it is not allowed', kind: 'access-denied', status: 'failed' },
    { name: 'deferred when throttling never ends', kind: 'throttle', status: 'deferred' },
  ])('is $name, certainly not made', async ({ kind, status }) => {
    const { account, create } = world(on(kind));
    const outcome = await create();
    expect(outcome).toMatchObject({ status, reason: expect.stringMatching(/^CreateBackup: \w+: /) });
    expect(outcome.uncertain).toBeUndefined();
    expect(backupsOf(account)).toEqual([]);
  });

  it('is deferred for a table that is not there, in the words of the service', async () => {
    const { engine, run } = world();
    expect(await run(engine.create(actionFor('Gone', 'id-of-Gone'), ALWAYS))).toMatchObject({
      status: 'deferred',
      reason: 'CreateBackup: TableNotFoundException: Table not found: Gone',
    });
  });
});

const timeout = Object.assign(new Error('no answer'), { name: 'TimeoutError' });

describe('looking for a recovery point after a lost answer', () => {
  const action = actionFor('Orders', 'id-of-Orders');
  const SEEN = {
    BackupArn: 'arn',
    BackupName: action.name,
    TableName: 'Orders',
    TableId: 'id-of-Orders',
    BackupCreationDateTime: NOW / 1000,
    BackupStatus: 'CREATING',
    BackupType: 'USER',
  };
  const lookingAt = (changes: object) => {
    const seen = { ...SEEN, ...changes };
    return onAnswers(({ operation }) =>
      operation === 'CreateBackup' ? { breaks: timeout } : { body: { BackupSummaries: [seen] } },
    );
  };

  it.each([
    { name: 'is there', BackupName: action.name, status: 'done', uncertain: undefined },
    { name: 'is not', BackupName: 'other', status: 'failed', uncertain: true },
  ])('is what comes of an answer that names none: it $name', async ({ BackupName, status, uncertain }) => {
    const { engine, run } = onAnswers(({ operation }) => ({
      body:
        operation === 'CreateBackup' ? { BackupDetails: {} } : { BackupSummaries: [{ ...SEEN, BackupName }] },
    }));
    const outcome = await run(engine.create(action, ALWAYS));
    expect(outcome).toMatchObject({ status, reason: expect.stringContaining('the answer names no backup') });
    expect(outcome.uncertain).toBe(uncertain);
  });

  it.each([
    { name: 'finds one that is being made', changes: {}, status: 'done' },
    {
      name: 'finds one by a clock that is behind',
      changes: { BackupCreationDateTime: NOW / 1000 - 240 },
      status: 'done',
    },
    { name: 'passes one that was deleted', changes: { BackupStatus: 'DELETED' }, status: 'failed' },
    { name: 'passes one of another name', changes: { BackupName: 'other' }, status: 'failed' },
    { name: 'passes one of another table', changes: { TableName: 'Parcels' }, status: 'failed' },
  ])('$name', async ({ changes, status }) => {
    const { engine, run } = lookingAt(changes);
    expect((await run(engine.create(action, ALWAYS))).status).toBe(status);
  });

  it('asks for the backups of that table alone, from just before the call', async () => {
    const { engine, run, sent } = lookingAt({});
    await run(engine.create(action, ALWAYS));
    expect(sent.map(({ operation }) => operation)).toEqual(['CreateBackup', 'ListBackups']);
    expect(sent[1]?.input).toMatchObject({ TableName: 'Orders', TimeRangeLowerBound: NOW / 1000 - 300 });
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
    const outcome = await run(engine.create(actionFor('Orders', 'id-of-Orders'), ALWAYS));
    const action = actionFor('Orders', 'id-of-Orders');
    expect(outcome).toEqual({ action, status, reason: `CreateBackup: ${type}: the words` });
  });

  it('is no outcome when it is a mistake of the program', async () => {
    const { engine, run } = onAnswers(() => ({ breaks: new TypeError('undefined is not a function') }));
    await expect(run(engine.create(actionFor('Orders', 'id-of-Orders'), ALWAYS))).rejects.toThrow(TypeError);
  });
});
