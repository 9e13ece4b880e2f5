import { ListBackupsCommand, type ListBackupsCommandInput } from '@aws-sdk/client-dynamodb';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createBackup, deleteBackup } from '../../sim/console/backups.ts';
import { createTable, deleteTable } from '../../sim/console/tables.ts';
import { arnOf, failureOf, SECOND, START, simWorld } from './world.ts';

type World = ReturnType<typeof simWorld>;

const worldWithBackups = (count: number): World => {
  const world = simWorld();
  for (const name of ['Orders', 'Users']) createTable(world.account, { name, createdAt: START - 1e9 });
  for (let index = 0; index < count; index += 1) {
    const table = index % 2 === 0 ? 'Orders' : 'Users';
    createBackup(world.account, { table, name: `b-${index}`, createdAt: START - 1e8 + index * SECOND });
  }
  return world;
};

const namesOf = async ({ dynamodb }: World, input: ListBackupsCommandInput): Promise<string[]> => {
  const names: string[] = [];
  let ExclusiveStartBackupArn: string | undefined;
  do {
    const page = await dynamodb.send(new ListBackupsCommand({ ...input, ExclusiveStartBackupArn }));
    names.push(...(page.BackupSummaries ?? []).map((summary) => summary.BackupName ?? ''));
    ExclusiveStartBackupArn = page.LastEvaluatedBackupArn;
  } while (ExclusiveStartBackupArn);
  return names;
};

const at = (index: number): Date => new Date(START - 1e8 + index * SECOND);

describe('ListBackups', () => {
  it('pages through more than a hundred, oldest first', async () => {
    const world = worldWithBackups(250);
    const first = await world.dynamodb.send(new ListBackupsCommand({}));
    expect(first.BackupSummaries).toHaveLength(100);
    expect(await namesOf(world, {})).toEqual(Array.from({ length: 250 }, (_, index) => `b-${index}`));
    expect(world.account.calls.of('ListBackups')).toBe(4);
  });

  it('shows a new backup late where that is asked for', async () => {
    const world = simWorld({ backupListLagMs: 5 * SECOND });
    createTable(world.account, { name: 'Orders', createdAt: START - 1e9 });
    createBackup(world.account, { table: 'Orders', name: 'b-new' });
    expect(await namesOf(world, {})).toEqual([]);
    await world.clock.advanceBy(6 * SECOND);
    expect(await namesOf(world, {})).toEqual(['b-new']);
  });

  it('gives no token when exactly as many are left as asked for', async () => {
    const { dynamodb } = worldWithBackups(10);
    const page = await dynamodb.send(new ListBackupsCommand({ Limit: 10 }));
    expect(page.BackupSummaries).toHaveLength(10);
    expect(page.LastEvaluatedBackupArn).toBeUndefined();
  });

  it.each([
    { name: 'one table', input: { TableName: 'Users' }, finds: ['b-1', 'b-3', 'b-5'] },
    { name: 'one table by ARN', input: { TableName: arnOf('Users') }, finds: ['b-1', 'b-3', 'b-5'] },
    { name: 'a table that never was', input: { TableName: 'None' }, finds: [] },
    {
      name: 'from an instant on, which is included',
      input: { TimeRangeLowerBound: at(4) },
      finds: ['b-4', 'b-5'],
    },
    { name: 'up to an instant, which is not', input: { TimeRangeUpperBound: at(2) }, finds: ['b-0', 'b-1'] },
    { name: 'an empty range', input: { TimeRangeLowerBound: at(2), TimeRangeUpperBound: at(2) }, finds: [] },
    {
      name: 'both bounds and a table',
      input: { TableName: 'Orders', TimeRangeLowerBound: at(1), TimeRangeUpperBound: at(5) },
      finds: ['b-2', 'b-4'],
    },
    { name: 'SYSTEM backups, of which there are none', input: { BackupType: 'SYSTEM' as const }, finds: [] },
  ])('finds by $name', async ({ input, finds }) => {
    expect(await namesOf(worldWithBackups(6), input)).toEqual(finds);
  });

  it('goes on listing the backups of deleted tables', async () => {
    const world = worldWithBackups(4);
    deleteTable(world.account, 'Users');
    expect(await namesOf(world, {})).toHaveLength(4);
    expect(await namesOf(world, { TableName: 'Users' })).toEqual(['b-1', 'b-3']);
  });

  it('starts at the lower bound when the cursor lies before it', async () => {
    const world = worldWithBackups(6);
    const first = await world.dynamodb.send(new ListBackupsCommand({ Limit: 1 }));
    const page = await world.dynamodb.send(
      new ListBackupsCommand({
        ExclusiveStartBackupArn: first.LastEvaluatedBackupArn,
        TimeRangeLowerBound: at(4),
      }),
    );
    expect(page.BackupSummaries?.map((summary) => summary.BackupName)).toEqual(['b-4', 'b-5']);
  });

  it('keeps its order and its count while hundreds are deleted and others made', async () => {
    const world = worldWithBackups(600);
    const { BackupSummaries = [] } = await world.dynamodb.send(new ListBackupsCommand({}));
    for (const { BackupArn = '' } of BackupSummaries) deleteBackup(world.account, BackupArn);
    createBackup(world.account, { table: 'Orders', name: 'early', createdAt: START - 1e9 });
    const left = Array.from({ length: 500 }, (_, index) => `b-${index + 100}`);
    expect(await namesOf(world, {})).toEqual(['early', ...left]);
  });

  it('takes the cursor as a position, whether or not such a backup exists', async () => {
    const world = worldWithBackups(6);
    const ExclusiveStartBackupArn = `${arnOf('Invented')}/backup/${String(at(3).getTime() - 1).padStart(14, '0')}-ffffffff`;
    const page = await world.dynamodb.send(new ListBackupsCommand({ ExclusiveStartBackupArn }));
    expect(page.BackupSummaries?.map((summary) => summary.BackupName)).toEqual(['b-3', 'b-4', 'b-5']);
  });

  it.each([
    {
      name: 'a limit of 101',
      input: { Limit: 101 },
      says: "ValidationException: 1 validation error detected: Value '101' at 'limit' failed to satisfy constraint: Member must have value less than or equal to 100",
    },
    {
      name: 'a type that does not exist',
      input: { BackupType: 'BOGUS' as never },
      says: "ValidationException: 1 validation error detected: Value 'BOGUS' at 'backupType' failed to satisfy constraint: Member must satisfy enum value set: [USER, SYSTEM, AWS_BACKUP, ALL]",
    },
    {
      name: 'bounds the wrong way round',
      input: { TimeRangeLowerBound: at(3), TimeRangeUpperBound: at(2) },
      says: 'ValidationException: Time range lower bound must be less than or equal to upper bound',
    },
    {
      name: 'a cursor of another Region',
      input: {
        ExclusiveStartBackupArn: `${arnOf('Orders').replace('us-east-1', 'eu-west-1')}/backup/01489602797149-73d8d5bc`,
      },
      says: 'ValidationException: The supplied ExclusiveStartBackupArn does not match the region',
    },
  ])('refuses $name', async ({ input, says }) => {
    const { dynamodb } = worldWithBackups(1);
    expect(await failureOf(dynamodb.send(new ListBackupsCommand(input)))).toBe(says);
  });

  it('pages to the same list as one look at everything, whatever is deleted, asked for or paged short', async () => {
    const made = fc.record({
      minute: fc.nat(30),
      table: fc.constantFrom('Orders', 'Users'),
      isDeleted: fc.boolean(),
    });
    const asked = fc.record({
      limit: fc.integer({ min: 1, max: 5 }),
      from: fc.nat(30),
      isShort: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.array(made, { maxLength: 40 }),
        asked,
        async (backups, { limit, from, isShort }) => {
          const world = simWorld({ shortPages: isShort ? 0.5 : 0 });
          for (const name of ['Orders', 'Users']) createTable(world.account, { name });
          const made = backups.map(({ minute, table, isDeleted }, index) => {
            const createdAt = START + minute * 60_000;
            return { ...createBackup(world.account, { table, name: `b-${index}`, createdAt }), isDeleted };
          });
          for (const { arn, isDeleted } of made) if (isDeleted) deleteBackup(world.account, arn);
          const since = START + from * 60_000;
          const expected = made.filter((backup) => !backup.isDeleted && backup.createdAt >= since);
          const found = await namesOf(world, { Limit: limit, TimeRangeLowerBound: new Date(since) });
          expect(found.toSorted()).toEqual(expected.map(({ name }) => name).toSorted());
        },
      ),
      { numRuns: 50 },
    );
  });

  it('looks at the backups of a page, however many there are', async () => {
    const pages = 50;
    const looksAt = async (tables: number): Promise<number> => {
      const world = simWorld();
      let looks = 0;
      for (let nth = 0; nth < tables * 25; nth += 1) {
        const table = `table-${nth % tables}`;
        if (nth < tables) createTable(world.account, { name: table, tags: { team: 'a' } });
        const backup = createBackup(world.account, { table, name: 'b', createdAt: START - nth * SECOND });
        const { createdAt } = backup;
        Object.defineProperty(backup, 'createdAt', {
          get: () => {
            looks += 1;
            return createdAt;
          },
        });
      }
      const ask = (page: number) =>
        world.dynamodb.send(new ListBackupsCommand({ TimeRangeLowerBound: new Date(START - page * 1e5) }));
      // The first one puts them in order.
      await ask(0);
      looks = 0;
      for (let page = 0; page < pages; page += 1) await ask(page + 1);
      return looks;
    };
    const few = await looksAt(100);
    // Finding where the page begins takes one look more for each time that there are twice as many.
    expect((await looksAt(400)) - few).toBeLessThanOrEqual(2 * pages);
    expect(few).toBeGreaterThan(0);
  });
});
