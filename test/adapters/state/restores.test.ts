import { GetItemCommand, ScanCommand } from '@aws-sdk/client-dynamodb';
import { describe, expect, it } from 'vitest';
import { createManifestStore, digestOf } from '../../../shared/adapters/state/manifests.ts';
import { createRestoreRecords } from '../../../shared/adapters/state/restore-records.ts';
import { FailureError } from '../../../shared/model/failure.ts';
import { DAY_MS, HOUR_MS } from '../../../shared/model/instant.ts';
import type { Manifest } from '../../../shared/model/manifest.ts';
import type { RestoreRecord } from '../../../shared/model/restore.ts';
import { NOW } from '../connect.ts';
import { onBareStateTable, STATE_TABLE } from './bare-state-table.ts';

// Manifests and records of restores, over the wire.

const TARGET = { accountId: '111122223333', region: 'us-east-1' };
const ELSEWHERE = { ...TARGET, region: 'eu-west-1' };

const onStateTable = async () => {
  const world = await onBareStateTable();
  const session = (writer: string) => createRestoreRecords(world.state, TARGET, writer);
  return { ...world, session, manifests: createManifestStore(world.state, TARGET) };
};

const A_RECORD: RestoreRecord = {
  id: 'Copy/2026-03-10T05:00:00Z',
  source: {
    kind: 'point-in-time',
    table: 'Orders',
    tableId: 'a1',
    tableArn: 'arn:aws:dynamodb:us-east-1:111122223333:table/Orders',
    second: NOW,
  },
  targetTable: 'Copy',
  targetRegion: 'us-east-1',
  overrides: {},
  phase: 'planned',
  revision: 0,
  plannedAt: NOW,
  steps: [],
  choices: { settings: 'all', ttl: 'later', warm: 'leave', role: 'look-only' },
};

const WHOLE: RestoreRecord = {
  ...A_RECORD,
  overrides: { globalIndexes: [], encryption: { kind: 'aws-owned' } },
  phase: 'ended',
  askedAt: NOW,
  acceptedAt: NOW,
  targetTableId: 'b2',
  seenAt: NOW,
  activeAt: NOW,
  endedAt: NOW + HOUR_MS,
  result: 'restored',
  steps: [
    { step: { kind: 'tags', tags: { team: 'shop' } }, outcome: { kind: 'done' }, at: NOW },
    {
      step: { kind: 'ttl', attribute: 'expires' },
      outcome: {
        kind: 'failed',
        failure: { kind: 'call', operation: 'UpdateTimeToLive', code: 'X', message: 'y' },
      },
      at: NOW,
    },
  ],
  items: { read: 2, boundToName: 0, compared: { keys: 2, there: 2, equal: 1 }, failures: [] },
};

const FROM_A_VAULT: RestoreRecord = {
  ...A_RECORD,
  id: 'Cold/2026-03-10T05:00:00Z',
  targetTable: 'Cold',
  targetRegion: 'eu-west-1',
  source: {
    kind: 'recovery-point',
    table: 'Orders',
    tableId: 'a1',
    id: 'arn:aws:backup:eu-west-1:111122223333:recovery-point:a',
    createdAt: NOW,
    madeBy: 'this-instance',
    sizeBytes: 0,
    vault: { name: 'dr', target: ELSEWHERE, home: TARGET, isCold: true },
  },
  phase: 'started',
  roleArn: 'arn:aws:iam::111122223333:role/restores',
  jobId: 'job-1',
};

describe('records of restores', () => {
  it('from a vault come back with their vault, role and job', async () => {
    const { run, session } = await onStateTable();
    await run(session('one').begin(FROM_A_VAULT));
    expect(await run(session('two').list())).toEqual([FROM_A_VAULT]);
  });

  it('come back to the last field, newest first', async () => {
    const { run, session } = await onStateTable();
    const records = session('one');
    expect(await run(records.list())).toEqual([]);
    expect(await run(records.begin(A_RECORD))).toBe(true);
    const saved = await run(records.save({ ...WHOLE, revision: 0 }));
    expect(saved).toEqual({ ...WHOLE, revision: 1 });
    const later = { ...A_RECORD, id: 'Other', targetTable: 'Other', plannedAt: NOW + 1 };
    await run(records.begin(later));
    expect(await run(records.list())).toEqual([later, saved]);
  });

  it('of one name begin once, also by sessions of one second, until it has ended', async () => {
    const { run, session } = await onStateTable();
    const [one, two] = [session('one'), session('two')];
    const begun = await run(Promise.all([one.begin(A_RECORD), two.begin(A_RECORD)]));
    expect(begun.toSorted()).toEqual([false, true]);
    expect(await run(session('three').begin({ ...A_RECORD, id: 'another' }))).toBe(false);
    const winner = begun[0] ? one : two;
    await run(winner.save({ ...A_RECORD, phase: 'ended', endedAt: NOW }));
    expect(await run(two.begin({ ...A_RECORD, id: 'another' }))).toBe(true);
  });

  it('in another Region stand beside it', async () => {
    const { run, session } = await onStateTable();
    expect(await run(session('one').begin(A_RECORD))).toBe(true);
    expect(await run(session('one').begin({ ...A_RECORD, targetRegion: 'eu-west-1' }))).toBe(true);
    expect(await run(session('one').list())).toHaveLength(2);
  });

  it('are written by the session that read them last', async () => {
    const { run, session } = await onStateTable();
    await run(session('one').begin(A_RECORD));
    const [seenByOne, seenByTwo] = [A_RECORD, A_RECORD];
    const next = await run(session('two').save({ ...seenByTwo, phase: 'started' }));
    const stale = run(session('one').save({ ...seenByOne, phase: 'ended' }));
    await expect(stale).rejects.toThrow('another session goes on with the restore to Copy');
    await expect(stale).rejects.toBeInstanceOf(FailureError);
    expect(await run(session('two').save({ ...next, phase: 'active' }))).toMatchObject({ revision: 2 });
    expect((await run(session('one').list()))[0]?.phase).toBe('active');
  });

  it.each(['timeout-after-effect', 'connection-reset-after-effect'] as const)(
    'are written once where an answer is lost: %s',
    async (kind) => {
      const { run, session, account } = await onStateTable();
      account.faults.add({ operation: 'PutItem', kind, times: 1 });
      expect(await run(session('one').begin(A_RECORD))).toBe(true);
      account.faults.add({ operation: 'PutItem', kind, times: 1 });
      expect(await run(session('one').save({ ...A_RECORD, phase: 'started' }))).toMatchObject({
        revision: 1,
      });
    },
  );

  it('leave by themselves a good year after their end, and not before it', async () => {
    const { run, session, dynamodb } = await onStateTable();
    const records = session('one');
    const read = async () => {
      const Key = { pk: { S: 'restore#111122223333' }, sk: { S: 'us-east-1/Copy' } };
      return (await run(dynamodb.send(new GetItemCommand({ TableName: STATE_TABLE, Key })))).Item?.expiresAt
        ?.N;
    };
    await run(records.begin(A_RECORD));
    expect(await read()).toBeUndefined();
    await run(records.save({ ...A_RECORD, phase: 'ended', endedAt: NOW }));
    expect(Number(await read()) * 1000 - NOW).toBeGreaterThan(365 * DAY_MS);
  });

  it.each(['access-denied', 'internal-error'] as const)(
    'that cannot be reached are said so: %s',
    async (kind) => {
      const { run, session, account } = await onStateTable();
      account.faults.add({ operation: '*', kind });
      for (const work of [
        () => session('one').list(),
        () => session('one').begin(A_RECORD),
        () => session('one').save(A_RECORD),
      ])
        await expect(run<unknown>(work())).rejects.toBeInstanceOf(FailureError);
    },
  );
});

const aManifest = (more: Partial<Manifest> = {}): Manifest => ({
  target: TARGET,
  table: 'Orders',
  tableId: 'a1',
  tableCreatedAt: NOW - DAY_MS,
  capturedAt: NOW,
  confirmedAt: NOW,
  settings: { tags: { team: 'shop' }, ttl: { attribute: 'expires' }, pitr: { enabled: false } },
  gaps: [
    {
      facet: 'kinesis',
      failure: { kind: 'call', operation: 'Describe', code: 'AccessDenied', message: 'no' },
    },
  ],
  ...more,
});

describe('manifests', () => {
  it('come back to the last field, every version of every table that had the name, oldest first', async () => {
    const { run, manifests } = await onStateTable();
    const versions = [
      aManifest({ capturedAt: NOW - HOUR_MS }),
      aManifest(),
      aManifest({ tableId: 'b2', capturedAt: NOW + HOUR_MS, settings: {} }),
    ];
    for (const version of versions.toReversed()) await run(manifests.save(version));
    await run(manifests.save(aManifest({ table: 'Orders-2' })));
    expect(await run(manifests.readOf('Orders'))).toEqual(versions);
    expect(await run(manifests.readOf('Order'))).toEqual([]);
  });

  it('are many alarms in one item', async () => {
    const { run, manifests } = await onStateTable();
    const attachments = Array.from({ length: 1500 }, (_, at) => ({
      kind: 'alarm' as const,
      id: `Orders-alarm-${at}`,
      content: { Threshold: at, Dimensions: [{ Name: 'TableName', Value: 'Orders' }], Text: 'x'.repeat(400) },
    }));
    const one = aManifest({ settings: { attachments } });
    await run(manifests.save(one));
    expect(await run(manifests.readOf('Orders'))).toEqual([one]);
  });

  it('show the newest of each table that had the name, and when it was last confirmed', async () => {
    const { run, manifests } = await onStateTable();
    await run(manifests.save(aManifest({ capturedAt: NOW - HOUR_MS, settings: {} })));
    await run(manifests.save(aManifest()));
    await run(manifests.save(aManifest({ tableId: 'b2' })));
    const heads = await run(manifests.readNewest());
    expect(heads.map(({ tableId, capturedAt }) => [tableId, capturedAt])).toEqual([
      ['a1', NOW],
      ['b2', NOW],
    ]);
    expect(heads[0]?.digest).toBe(digestOf(aManifest()));
    await run(manifests.confirm(heads.slice(0, 1), NOW + HOUR_MS));
    const confirmed = await run(manifests.readNewest());
    expect(confirmed.map(({ confirmedAt }) => confirmedAt)).toEqual([NOW + HOUR_MS, NOW]);
  });

  it('have one digest for the same settings in any order, and another for any other', () => {
    const { settings } = aManifest();
    const turned = Object.fromEntries(Object.entries(settings).toReversed());
    expect(digestOf(aManifest({ settings: turned, capturedAt: 1 }))).toBe(digestOf(aManifest()));
    expect(digestOf(aManifest({ settings: { ...settings, tags: {} } }))).not.toBe(digestOf(aManifest()));
    expect(digestOf(aManifest({ gaps: [] }))).not.toBe(digestOf(aManifest()));
  });

  it('are forgotten version by version, and a table with its last one', async () => {
    const { run, manifests } = await onStateTable();
    const old = aManifest({ capturedAt: NOW - HOUR_MS });
    await run(manifests.save(old));
    await run(manifests.save(aManifest()));
    await run(manifests.forget({ versions: [old], heads: [] }));
    expect(await run(manifests.readOf('Orders'))).toEqual([aManifest()]);
    await run(manifests.forget({ versions: [aManifest()], heads: [aManifest()] }));
    expect([await run(manifests.readOf('Orders')), await run(manifests.readNewest())]).toEqual([[], []]);
  });

  it('of another Region are others', async () => {
    const { run, manifests, state, dynamodb } = await onStateTable();
    await run(manifests.save(aManifest()));
    const there = createManifestStore(state, ELSEWHERE);
    expect(await run(there.readOf('Orders'))).toEqual([]);
    expect(await run(there.readNewest())).toEqual([]);
    expect((await run(dynamodb.send(new ScanCommand({ TableName: STATE_TABLE })))).Count).toBe(2);
  });

  it('that cannot be reached are said so', async () => {
    const { run, manifests, account } = await onStateTable();
    account.faults.add({ operation: '*', kind: 'access-denied' });
    await expect(run(manifests.readOf('Orders'))).rejects.toThrow();
    await expect(run(manifests.save(aManifest()))).rejects.toThrow();
  });
});
