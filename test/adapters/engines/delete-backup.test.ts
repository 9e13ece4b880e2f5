import { describe, expect, it } from 'vitest';
import type { ExpireAction } from '../../../shared/model/action.ts';
import { DAY_MS, HOUR_MS } from '../../../shared/model/instant.ts';
import type { RecoveryPoint } from '../../../shared/model/recovery-point.ts';
import { backupsOf, createBackup, deleteBackup } from '../../../sim/console/backups.ts';
import { createTable, deleteTable } from '../../../sim/console/tables.ts';
import type { Fault } from '../../../sim/faults.ts';
import { asRead } from '../../support/failures.ts';
import { ALWAYS, NOW, onAnswers, onSim, TARGET } from '../connect.ts';

const actionOn = (recoveryPoint: RecoveryPoint): ExpireAction => ({
  kind: 'expire',
  engine: 'dynamodb',
  table: recoveryPoint.tableName,
  policy: 'standard',
  recoveryPoint,
  reason: 'no rule keeps it',
});

/** An account with one listed backup, and what goes wrong from then on. */
const world = async (...faults: Fault[]) => {
  const made = onSim();
  createTable(made.account, { name: 'Orders', createdAt: NOW - 100 * DAY_MS, pitr: true });
  createBackup(made.account, {
    table: 'Orders',
    name: 'tablekeeper.prod.standard.x',
    createdAt: NOW - DAY_MS,
  });
  const [point] = (await made.run(made.engine.list())).items;
  if (point === undefined) throw new Error('the backup is not listed');
  for (const fault of faults) made.account.faults.add(fault);
  const expire = (changes: Partial<RecoveryPoint> = {}) =>
    made.run(made.engine.apply(actionOn({ ...point, ...changes }), ALWAYS));
  return { ...made, point, expire, left: () => backupsOf(made.account).length };
};

const on = (kind: Fault['kind'], rest: Partial<Fault> = {}): Fault => ({
  operation: 'DeleteBackup',
  kind,
  ...rest,
});

describe('expiring a recovery point', () => {
  it('deletes it after one more look', async () => {
    const { account, expire, left, point } = await world();
    expect(asRead(await expire())).toEqual({
      action: actionOn(point),
      status: 'done',
      reason: 'no rule keeps it',
    });
    expect(left()).toBe(0);
    expect(account.calls.of('DescribeBackup')).toBe(1);
  });

  it('of a table that is gone works as well', async () => {
    const { account, expire, left } = await world();
    deleteTable(account, 'Orders');
    expect(await expire()).toMatchObject({ status: 'done' });
    expect(left()).toBe(0);
  });

  it('is done when somebody deleted it before', async () => {
    const { account, expire, point } = await world();
    deleteBackup(account, point.id);
    expect(asRead(await expire())).toMatchObject({
      status: 'done',
      reason: 'the backup is not there any more',
    });
    expect(account.calls.of('DeleteBackup')).toBe(0);
  });

  it.each(['timeout-after-effect', 'connection-reset-after-effect'] as const)(
    'is done when the answer was lost and the next says not found: %s',
    async (kind) => {
      const { account, expire, left } = await world(on(kind, { times: 1 }));
      expect(asRead(await expire())).toMatchObject({
        status: 'done',
        reason: 'the backup is not there any more',
      });
      expect(left()).toBe(0);
      expect(account.calls.of('DeleteBackup')).toBe(2);
    },
  );

  it.each(['throttle', 'internal-error', 'timeout', 'connection-reset'] as const)(
    'is done in spite of three times: %s',
    async (kind) => {
      const { expire, left } = await world(on(kind, { times: 3 }));
      expect(await expire()).toMatchObject({ status: 'done' });
      expect(left()).toBe(0);
    },
  );

  it.each([
    { name: 'failed when deleting is not allowed', fault: on('access-denied'), status: 'failed' },
    {
      name: 'failed when looking is not allowed',
      fault: { ...on('access-denied'), operation: 'DescribeBackup' },
      status: 'failed',
    },
    { name: 'failed when nothing answers', fault: on('timeout'), status: 'failed' },
    { name: 'deferred when throttling never ends', fault: on('throttle'), status: 'deferred' },
  ])('is $name, and the backup stays', async ({ fault, status }) => {
    const { expire, left } = await world(fault);
    expect(asRead(await expire())).toMatchObject({
      status,
      reason: expect.stringContaining(fault.operation),
    });
    expect(left()).toBe(1);
  });

  it.each<{ name: string; changes: Partial<RecoveryPoint>; says: string }>([
    { name: 'name', changes: { name: 'tablekeeper.prod.other.x' }, says: 'its name is' },
    { name: 'table', changes: { tableName: 'Parcels' }, says: 'its table is Orders, not Parcels' },
    { name: 'table id', changes: { tableId: 'an-earlier-id' }, says: 'its table id is' },
  ])('refuses a backup whose $name is not the listed one, and deletes nothing', async ({ changes, says }) => {
    const { account, expire, left } = await world();
    expect(asRead(await expire(changes))).toMatchObject({
      status: 'refused',
      reason: expect.stringContaining(says),
    });
    expect(left()).toBe(1);
    expect(account.calls.of('DeleteBackup')).toBe(0);
  });

  it('refuses a backup that is still being made', async () => {
    const { account, engine, run } = await world();
    createBackup(account, { table: 'Orders', name: 'stuck', availableAt: Number.POSITIVE_INFINITY });
    const stuck = (await run(engine.list())).items.at(-1);
    if (stuck === undefined) throw new Error('the backup is not listed');
    const outcome = await run(engine.apply(actionOn(stuck), ALWAYS));
    expect(asRead(outcome)).toMatchObject({
      status: 'refused',
      reason: expect.stringContaining('its status is CREATING'),
    });
  });

  it.each(['SYSTEM', 'AWS_BACKUP'] as const)(
    'refuses a backup of type %s even when it is asked to',
    async (type) => {
      const { account, engine, run, point, left } = await world();
      const other = createBackup(account, {
        table: 'Orders',
        name: point.name,
        type,
        createdAt: NOW - HOUR_MS,
      });
      const outcome = await run(engine.apply(actionOn({ ...point, id: other.arn }), ALWAYS));
      expect(asRead(outcome)).toMatchObject({
        status: 'refused',
        reason: expect.stringContaining(`its type is ${type}`),
      });
      expect(left()).toBe(2);
      expect(account.calls.of('DeleteBackup')).toBe(0);
    },
  );
});

const POINT: RecoveryPoint = {
  id: 'arn:aws:dynamodb:us-east-1:111122223333:table/Orders/backup/01700000000000-aaaaaaaa',
  name: 'mine',
  tableName: 'Orders',
  tableId: 'id-of-Orders',
  createdAt: NOW,
  status: 'available',
  sizeBytes: 1,
  engine: 'dynamodb',
  location: { target: TARGET },
};
const DESCRIPTION = {
  BackupDetails: { BackupArn: POINT.id, BackupName: 'mine', BackupStatus: 'AVAILABLE', BackupType: 'USER' },
  SourceTableDetails: { TableName: 'Orders', TableId: 'id-of-Orders' },
};
const refusal = (type: string) => ({ status: 400, body: { __type: `x#${type}`, message: 'the words' } });

describe('an answer to DeleteBackup', () => {
  it.each([
    { type: 'BackupNotFoundException', status: 'done' },
    { type: 'BackupInUseException', status: 'deferred' },
    { type: 'LimitExceededException', status: 'deferred' },
    { type: 'ThrottlingException', status: 'deferred' },
    { type: 'ValidationException', status: 'refused' },
    { type: 'AccessDeniedException', status: 'failed' },
  ])('of $type is $status', async ({ type, status }) => {
    const { engine, run } = onAnswers(({ operation }) =>
      operation === 'DescribeBackup' ? { body: { BackupDescription: DESCRIPTION } } : refusal(type),
    );
    expect((await run(engine.apply(actionOn(POINT), ALWAYS))).status).toBe(status);
  });

  it.each([
    { name: 'nothing', answer: {} },
    { name: 'no details', answer: { BackupDescription: {} } },
    { name: 'another backup', answer: { BackupDescription: { BackupDetails: { BackupArn: 'x' } } } },
  ])('that names $name is a failure, for nothing says what was deleted', async ({ answer }) => {
    const { engine, run } = onAnswers(({ operation }) => ({
      body: operation === 'DescribeBackup' ? { BackupDescription: DESCRIPTION } : answer,
    }));
    expect(asRead(await run(engine.apply(actionOn(POINT), ALWAYS)))).toMatchObject({
      status: 'failed',
      reason: 'DeleteBackup: the answer does not name the backup',
    });
  });

  it.each([
    { name: 'nothing', BackupDescription: undefined },
    { name: 'no details', BackupDescription: { ...DESCRIPTION, BackupDetails: undefined } },
    { name: 'no source table', BackupDescription: { ...DESCRIPTION, SourceTableDetails: undefined } },
    {
      name: 'another ARN',
      BackupDescription: { ...DESCRIPTION, BackupDetails: { ...DESCRIPTION.BackupDetails, BackupArn: 'x' } },
    },
  ])('is never asked for when the look before says $name', async ({ BackupDescription }) => {
    const { engine, run, sent } = onAnswers(() => ({ body: { BackupDescription } }));
    expect((await run(engine.apply(actionOn(POINT), ALWAYS))).status).toBe('refused');
    expect(sent.map(({ operation }) => operation)).toEqual(['DescribeBackup']);
  });
});
