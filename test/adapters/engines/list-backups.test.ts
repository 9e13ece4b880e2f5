import { describe, expect, it } from 'vitest';
import { DAY_MS, HOUR_MS } from '../../../shared/model/instant.ts';
import { createBackup } from '../../../sim/console/backups.ts';
import { createTable, deleteTable } from '../../../sim/console/tables.ts';
import { asRead, gapText } from '../../support/failures.ts';
import { NOW, onAnswers, onSim, TARGET } from '../connect.ts';

const LONG_AGO = NOW - 400 * DAY_MS;

/** An account with one table and as many backups of it, an hour apart, the newest one now. */
const withBackups = (count: number, settings: Parameters<typeof onSim>[0] = {}) => {
  const world = onSim(settings);
  createTable(world.account, { name: 'Orders', createdAt: LONG_AGO });
  for (let index = 0; index < count; index += 1)
    createBackup(world.account, {
      table: 'Orders',
      name: `b-${index}`,
      createdAt: NOW - (count - 1 - index) * HOUR_MS,
    });
  return world;
};

describe('recovery points', () => {
  it.each([0, 1, 100, 101, 420])('of one table are all listed, oldest first: %d', async (count) => {
    const { engine, run } = withBackups(count);
    const { items, gap } = await run(engine.list());
    expect(gap).toBeUndefined();
    expect(items.map(({ name }) => name)).toEqual(Array.from({ length: count }, (_, index) => `b-${index}`));
  });

  it('are all listed behind short and empty pages', async () => {
    const { engine, run } = withBackups(230, { shortPages: 0.5, seed: 3 });
    expect((await run(engine.list())).items).toHaveLength(230);
  });

  it('of many tables come in order of creation', async () => {
    const { account, engine, run } = onSim();
    for (const [index, name] of ['Zebra', 'Aardvark', 'Mole'].entries()) {
      createTable(account, { name, createdAt: LONG_AGO });
      createBackup(account, { table: name, name: `of-${name}`, createdAt: NOW - index * HOUR_MS });
    }
    const { items } = await run(engine.list());
    expect(items.map(({ tableName }) => tableName)).toEqual(['Mole', 'Aardvark', 'Zebra']);
  });

  it('come in our words', async () => {
    const { account, engine, run } = onSim();
    const { id: tableId } = createTable(account, { name: 'Orders', sizeBytes: 9_000, createdAt: LONG_AGO });
    const createdAt = NOW - HOUR_MS - 7;
    const { arn: id } = createBackup(account, { table: 'Orders', name: 'mine', createdAt });
    createBackup(account, { table: 'Orders', name: 'stuck', availableAt: Number.POSITIVE_INFINITY });
    const { items } = await run(engine.list());
    const first = {
      id,
      name: 'mine',
      engine: 'dynamodb',
      location: { target: TARGET },
      tableName: 'Orders',
      tableId,
      createdAt,
      status: 'available',
      sizeBytes: 9_000,
    };
    expect(items).toEqual([first, expect.objectContaining({ name: 'stuck', status: 'creating' })]);
  });

  it('state whose they are, where their name says it exactly', async () => {
    const { account, engine, run } = onSim();
    const slot = Date.UTC(2026, 10, 23, 3);
    const names = [
      'tablekeeper.prod.standard.20261123T030000Z',
      'tablekeeper.prod.standard.20261123T030000Z.copy',
      'by-hand',
    ];
    createTable(account, { name: 'Orders', createdAt: LONG_AGO });
    for (const name of names) createBackup(account, { table: 'Orders', name, createdAt: NOW });
    const { items } = await run(engine.list());
    const origins = new Map(items.map(({ name, origin }) => [name, origin]));
    expect(names.map((name) => origins.get(name))).toEqual([
      { instance: 'prod', policy: 'standard', slot },
      undefined,
      undefined,
    ]);
  });

  it('of the service and of AWS Backup are not among them', async () => {
    const { account, engine, run, clock } = withBackups(1);
    createTable(account, { name: 'Doomed', createdAt: LONG_AGO, pitr: true });
    createBackup(account, { table: 'Orders', name: 'vaulted', type: 'AWS_BACKUP' });
    deleteTable(account, 'Doomed');
    await clock.advanceBy(HOUR_MS);
    expect((await run(engine.list())).items.map(({ name }) => name)).toEqual(['b-0']);
  });

  it('of a deleted table stay listed, under its old id', async () => {
    const { account, engine, run } = withBackups(1);
    deleteTable(account, 'Orders');
    const again = createTable(account, { name: 'Orders' });
    const { items } = await run(engine.list());
    expect(items).toHaveLength(1);
    expect(items[0]?.tableId).not.toBe(again.id);
  });

  it.each([
    { name: 'the one made at that instant', since: NOW, count: 1 },
    { name: 'none made before it', since: NOW + 1, count: 0 },
    { name: 'all made since', since: NOW - 9 * HOUR_MS, count: 10 },
  ])('since an instant are $name', async ({ since, count }) => {
    const { engine, run } = withBackups(30);
    expect((await run(engine.list({ since: since }))).items).toHaveLength(count);
  });

  it.each(['access-denied', 'throttle', 'internal-error', 'timeout', 'connection-reset'] as const)(
    'are never "none" after: %s',
    async (kind) => {
      const { account, engine, run } = withBackups(3);
      account.faults.add({ operation: 'ListBackups', kind });
      const { items, gap } = await run(engine.list());
      expect(asRead({ items, gap })).toEqual({
        items: [],
        gap: expect.stringMatching(/^ListBackups: \w+: /),
      });
    },
  );

  it('are known as far as they were read when the last page fails', async () => {
    const { account, engine, run } = withBackups(150);
    account.faults.add({ operation: 'ListBackups', kind: 'access-denied', after: 1 });
    const { items, gap } = await run(engine.list());
    expect(items).toHaveLength(100);
    expect(gapText({ gap })).toContain('AccessDenied');
  });

  it('are read in spite of a throttling storm that passes', async () => {
    const { account, engine, run, recorder } = withBackups(150);
    account.faults.add({ operation: 'ListBackups', kind: 'throttle', times: 3 });
    expect((await run(engine.list())).items).toHaveLength(150);
    expect(recorder.counts()).toEqual([{ operation: 'ListBackups', calls: 5, throttles: 3 }]);
  });
});

const summary = {
  BackupArn: 'arn:aws:dynamodb:us-east-1:111122223333:table/Orders/backup/01700000000000-aaaaaaaa',
  BackupName: 'mine',
  TableName: 'Orders',
  TableId: 'id-of-Orders',
  BackupCreationDateTime: NOW / 1000,
  BackupStatus: 'AVAILABLE',
  BackupType: 'USER',
  BackupSizeBytes: 1,
};
const listing = (...BackupSummaries: object[]) => onAnswers(() => ({ body: { BackupSummaries } }));

describe('odd answers of ListBackups', () => {
  it.each([
    ...['BackupArn', 'BackupName', 'TableName', 'BackupType'].flatMap((field) =>
      [undefined, null, '', {}].map((value) => ({ field, value })),
    ),
    ...[undefined, null, -1].map((value) => ({ field: 'BackupCreationDateTime', value })),
  ])('an entry whose $field is $value is a gap and no crash', async ({ field, value }) => {
    const { engine, run } = listing({ ...summary, [field]: value }, summary);
    const { items, gap } = await run(engine.list());
    expect(items).toHaveLength(1);
    expect(gapText({ gap })).toMatch(/^ListBackups: /);
  });

  it.each([{}, { BackupSummaries: null }, { BackupSummaries: 'none' }, null, []])(
    'an answer without a list is a gap, not an empty list: %j',
    async (body) => {
      const { engine, run } = onAnswers(() => ({ body: JSON.stringify(body) }));
      expect(asRead(await run(engine.list()))).toEqual({
        items: [],
        gap: 'ListBackups: the answer has no BackupSummaries',
      });
    },
  );

  it.each([null, 7, 'text'])('an entry that is %j is a gap', async (entry) => {
    const { engine, run } = onAnswers(() => ({ body: { BackupSummaries: [entry, summary] } }));
    const { items, gap } = await run(engine.list());
    expect(items).toHaveLength(1);
    expect(gapText({ gap })).toContain('1 of the entries lack');
  });

  it.each([7, {}])('a cursor that is %j ends the list with a gap', async (LastEvaluatedBackupArn) => {
    const { engine, run } = onAnswers(() => ({
      body: { BackupSummaries: [summary], LastEvaluatedBackupArn },
    }));
    const { items, gap } = await run(engine.list());
    expect(items).toHaveLength(1);
    expect(gapText({ gap })).toBe('ListBackups: where the next page begins is no text');
  });

  it('a type that nobody knows is a gap', async () => {
    const { engine, run } = listing({ ...summary, BackupType: 'SHARED' });
    expect(gapText(await run(engine.list()))).toContain('1 of the entries lack');
  });

  it.each(['SYSTEM', 'AWS_BACKUP'])(
    'an entry of type %s is left out though USER was asked for',
    async (type) => {
      const { engine, run } = listing({ ...summary, BackupType: type });
      expect(await run(engine.list())).toEqual({ items: [] });
    },
  );

  it('an entry before the bound is left out though it was asked for', async () => {
    const { engine, run } = listing(summary);
    expect(await run(engine.list({ since: NOW + 1 }))).toEqual({ items: [] });
  });

  it('entries in any order are sorted by creation, then by id', async () => {
    const at = (second: number, id: string) => ({
      ...summary,
      BackupArn: id,
      BackupCreationDateTime: NOW / 1000 + second,
    });
    const { engine, run } = listing(at(2, 'c'), at(1, 'b'), at(1, 'a'), at(0, 'd'));
    expect((await run(engine.list())).items.map(({ id }) => id)).toEqual(['d', 'a', 'b', 'c']);
  });

  it('an entry that comes twice counts once', async () => {
    const { engine, run } = listing(summary, summary);
    expect((await run(engine.list())).items).toHaveLength(1);
  });

  it.each([
    { BackupStatus: 'DELETED', status: 'deleted', lines: 0 },
    { BackupStatus: 'FROZEN', status: 'creating', lines: 1 },
    { BackupStatus: undefined, status: 'creating', lines: 1 },
    { BackupStatus: 'constructor', status: 'creating', lines: 1 },
  ])('the status $BackupStatus counts as $status', async ({ BackupStatus, status, lines }) => {
    const { engine, run, logged } = listing({ ...summary, BackupStatus });
    expect((await run(engine.list())).items).toMatchObject([{ status }]);
    expect(logged).toHaveLength(lines);
  });

  it('an entry without a table id goes by the name of its table', async () => {
    const { engine, run } = listing({ ...summary, TableId: undefined });
    expect((await run(engine.list())).items).toMatchObject([{ tableId: 'Orders' }]);
  });

  it('a cursor that comes again ends the list with a gap', async () => {
    const { engine, run } = onAnswers(() => ({
      body: { BackupSummaries: [summary], LastEvaluatedBackupArn: summary.BackupArn },
    }));
    expect(gapText(await run(engine.list()))).toContain('the same page came twice');
  });

  it('asks for the backups of users, in full pages, since the instant', async () => {
    const { engine, run, sent } = listing();
    await run(engine.list({ since: NOW }));
    expect(sent).toEqual([
      {
        operation: 'ListBackups',
        input: { BackupType: 'USER', Limit: 100, TimeRangeLowerBound: NOW / 1000 },
      },
    ]);
  });
});
