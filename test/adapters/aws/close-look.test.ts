import { describe, expect, it } from 'vitest';
import { createTaggingClient } from '../../../shared/adapters/aws/clients.ts';
import { createTableReader } from '../../../shared/adapters/aws/inventory.ts';
import { silentLog } from '../../../shared/adapters/system/log.ts';
import { DAY_MS, MINUTE_MS } from '../../../shared/model/instant.ts';
import { createBackup } from '../../../sim/console/backups.ts';
import { createTable, deleteTable } from '../../../sim/console/tables.ts';
import { gapText } from '../../support/failures.ts';
import { NOW, onAnswers, onSim, REGION } from '../connect.ts';

const TARGET = { accountId: '111122223333', region: REGION };
const TAGGED = { 'backup:policy': 'standard' };

const lookOn = ({ dynamodb, options }: Pick<ReturnType<typeof onSim>, 'dynamodb' | 'options'>) =>
  createTableReader({ dynamodb, tagging: createTaggingClient(options), target: TARGET, log: silentLog });

describe('the tags of named tables', () => {
  it('are those of tables with the key, sorted, each once', async () => {
    const world = onSim();
    createTable(world.account, { name: 'orders', tags: TAGGED });
    createTable(world.account, { name: 'carts', tags: TAGGED });
    createTable(world.account, { name: 'scratch', tags: { team: 'a' } });
    createTable(world.account, { name: 'others', tags: TAGGED });
    const names = ['orders', 'carts', 'scratch', 'nowhere', 'orders'];
    expect(await world.run(lookOn(world).listTagged('backup:policy', names))).toEqual({
      items: [
        { name: 'carts', tags: TAGGED },
        { name: 'orders', tags: TAGGED },
      ],
    });
  });

  it('are asked for a hundred at a time, and not at all of no table', async () => {
    const world = onSim();
    const names = Array.from({ length: 250 }, (_, index) => `table-${index}`);
    for (const name of names) createTable(world.account, { name, tags: TAGGED });
    const { items } = await world.run(lookOn(world).listTagged('backup:policy', names));
    expect(items).toHaveLength(250);
    expect(world.account.calls.of('GetResources')).toBe(3);
    expect(await world.run(lookOn(world).listTagged('backup:policy', []))).toEqual({ items: [] });
    expect(world.account.calls.of('GetResources')).toBe(3);
  });

  it('are a gap where they cannot be read', async () => {
    const world = onSim();
    world.account.faults.add({ operation: 'GetResources', kind: 'access-denied' });
    const { items, gap } = await world.run(lookOn(world).listTagged('backup:policy', ['orders']));
    expect(items).toEqual([]);
    expect(gapText({ gap })).toContain('GetResources: AccessDeniedException');
  });
});

describe('the SYSTEM backups of a table', () => {
  it('show up after the deletion and live for 35 days, beside no backup of a person', async () => {
    const world = onSim();
    createTable(world.account, { name: 'orders', pitr: true });
    createTable(world.account, { name: 'carts', pitr: true });
    createBackup(world.account, { table: 'orders', name: 'by-hand' });
    deleteTable(world.account, 'orders');
    deleteTable(world.account, 'carts');
    expect((await world.run(lookOn(world).listSystemBackupsOf('orders'))).items).toEqual([]);
    await world.clock.advanceBy(MINUTE_MS);
    const { items, gap } = await world.run(lookOn(world).listSystemBackupsOf('orders'));
    expect(gap).toBeUndefined();
    expect(items).toEqual([
      expect.objectContaining({ name: 'orders$DeletedTableBackup', tableName: 'orders' }),
    ]);
    const [made] = items;
    expect((made?.expiresAt ?? 0) - NOW).toBeGreaterThanOrEqual(35 * DAY_MS);
    expect((await world.run(lookOn(world).listRecoveryPointsOf('orders'))).items).toEqual([
      expect.objectContaining({ name: 'by-hand' }),
    ]);
  });

  const summary = (fields: object) => ({
    BackupArn: 'arn:aws:dynamodb:us-east-1:111122223333:table/orders/backup/01-00000000',
    BackupName: 'orders$DeletedTableBackup',
    BackupType: 'SYSTEM',
    TableName: 'orders',
    TableId: 'id',
    BackupCreationDateTime: NOW / 1000,
    ...fields,
  });

  it.each([
    { name: 'one whose end is not stated is taken to live 35 days', fields: {}, ends: [NOW + 35 * DAY_MS] },
    {
      name: 'one whose end is stated lives until then',
      fields: { BackupExpiryDateTime: NOW / 1000 + 60 },
      ends: [NOW + MINUTE_MS],
    },
    {
      name: 'one whose size is stated has it',
      fields: { BackupSizeBytes: 7 },
      ends: [NOW + 35 * DAY_MS],
      sizes: [7],
    },
    {
      name: 'one of a person, from a service that does not filter, is none',
      fields: { BackupType: 'USER' },
      ends: [],
    },
    { name: 'one of another table, likewise', fields: { TableName: 'carts' }, ends: [] },
    {
      name: 'one without a date is none, and a gap',
      fields: { BackupCreationDateTime: undefined },
      ends: [],
      told: 'ListBackups: 1 of the entries lack a name, a table or a date',
    },
  ])('$name', async ({ fields, ends, told, sizes = ends.map(() => undefined) }) => {
    const world = onAnswers(() => ({ body: { BackupSummaries: [summary(fields)] } }));
    const { items, gap } = await world.run(lookOn(world).listSystemBackupsOf('orders'));
    expect(items.map(({ sizeBytes }) => sizeBytes)).toEqual(sizes);
    expect(gapText({ gap })).toBe(told ?? 'none');
    expect(items.map(({ expiresAt }) => expiresAt)).toEqual(ends);
    expect(world.sent).toEqual([
      { operation: 'ListBackups', input: { BackupType: 'SYSTEM', TableName: 'orders' } },
    ]);
  });

  it('are read to the last page', async () => {
    const world = onAnswers(({ input }) => ({
      body:
        input.ExclusiveStartBackupArn === undefined
          ? { BackupSummaries: [], LastEvaluatedBackupArn: summary({}).BackupArn }
          : { BackupSummaries: [summary({})] },
    }));
    const { items } = await world.run(lookOn(world).listSystemBackupsOf('orders'));
    expect(items).toHaveLength(1);
  });
});
