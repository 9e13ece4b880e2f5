import {
  DeleteTableCommand,
  DescribeTableCommand,
  DescribeTimeToLiveCommand,
  ListTablesCommand,
  UpdateTableCommand,
  UpdateTimeToLiveCommand,
} from '@aws-sdk/client-dynamodb';
import { describe, expect, it } from 'vitest';
import { createTable } from '../../sim/console/tables.ts';
import { failureOf, HOUR, newTable, SECOND, simWorld } from './world.ts';

const statusIn = async ({ dynamodb }: ReturnType<typeof simWorld>, TableName: string) =>
  (await dynamodb.send(new DescribeTableCommand({ TableName }))).Table?.TableStatus;

describe('tables', () => {
  it('are CREATING, then ACTIVE, then DELETING, then gone', async () => {
    const world = simWorld();
    await world.dynamodb.send(newTable('Orders'));
    expect(await statusIn(world, 'Orders')).toBe('CREATING');
    await world.clock.advanceBy(10 * SECOND);
    expect(await statusIn(world, 'Orders')).toBe('ACTIVE');
    await world.dynamodb.send(new DeleteTableCommand({ TableName: 'Orders' }));
    expect(await statusIn(world, 'Orders')).toBe('DELETING');
    await world.clock.advanceBy(10 * SECOND);
    expect(await failureOf(statusIn(world, 'Orders'))).toBe(
      'ResourceNotFoundException: Requested resource not found: Table: Orders not found',
    );
  });

  it('are found by ARN as well as by name', async () => {
    const world = simWorld();
    const { arn } = createTable(world.account, { name: 'Orders' });
    expect(await statusIn(world, arn)).toBe('ACTIVE');
  });

  it('have a new TableId when they are made again under their old name, and the same ARN', async () => {
    const { clock, dynamodb } = simWorld();
    const ids: (string | undefined)[] = [];
    for (let incarnation = 0; incarnation < 2; incarnation += 1) {
      const made = await dynamodb.send(newTable('Orders'));
      ids.push(made.TableDescription?.TableId);
      await clock.advanceBy(10 * SECOND);
      await dynamodb.send(new DeleteTableCommand({ TableName: 'Orders' }));
      await clock.advanceBy(10 * SECOND);
    }
    expect(new Set(ids).size).toBe(2);
  });

  it('keep what was asked for in their description', async () => {
    const { dynamodb } = simWorld();
    const made = await dynamodb.send(
      newTable('Orders', {
        DeletionProtectionEnabled: true,
        TableClass: 'STANDARD_INFREQUENT_ACCESS',
        StreamSpecification: { StreamEnabled: true, StreamViewType: 'NEW_IMAGE' },
        GlobalSecondaryIndexes: [
          {
            IndexName: 'byPk',
            KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
            Projection: { ProjectionType: 'ALL' },
          },
        ],
      }),
    );
    expect(made.TableDescription).toMatchObject({
      DeletionProtectionEnabled: true,
      TableClassSummary: { TableClass: 'STANDARD_INFREQUENT_ACCESS' },
      StreamSpecification: { StreamViewType: 'NEW_IMAGE' },
      GlobalSecondaryIndexes: [{ IndexName: 'byPk', IndexStatus: 'CREATING' }],
    });
  });

  it('that are protected cannot be deleted until the protection is off', async () => {
    const { account, clock, dynamodb } = simWorld();
    createTable(account, { name: 'Orders', deletionProtection: true });
    const remove = new DeleteTableCommand({ TableName: 'Orders' });
    expect(await failureOf(dynamodb.send(remove))).toBe(
      'ValidationException: Resource cannot be deleted as it is currently protected against deletion. Disable deletion protection first.',
    );
    await dynamodb.send(new UpdateTableCommand({ TableName: 'Orders', DeletionProtectionEnabled: false }));
    await clock.advanceBy(5 * SECOND);
    await dynamodb.send(remove);
  });

  it.each([
    {
      name: 'a name that is taken',
      send: newTable('Taken'),
      says: 'ResourceInUseException: Table already exists: Taken',
    },
    {
      name: 'a name that is too short and wrong',
      send: newTable('a!'),
      says: "ValidationException: 2 validation errors detected: Value 'a!' at 'tableName' failed to satisfy constraint: Member must have length greater than or equal to 3; Value 'a!' at 'tableName' failed to satisfy constraint: Member must satisfy regular expression pattern: [a-zA-Z0-9_.-]+",
    },
    {
      name: 'a tag that no tag may be',
      send: newTable('Orders', { Tags: [{ Key: 'aws:x', Value: 'y' }] }),
      says: 'ValidationException: One or more parameter values were invalid: Tag keys starting with aws: are reserved for system use',
    },
    {
      name: 'deleting what is being created',
      send: new DeleteTableCommand({ TableName: 'Young' }),
      says: 'ResourceInUseException: Attempt to change a resource which is still in use: Table is being created: Young',
    },
    {
      name: 'changing what is being created',
      send: new UpdateTableCommand({ TableName: 'Young', DeletionProtectionEnabled: true }),
      says: 'ResourceNotFoundException: Requested resource not found: Table: Young not found',
    },
  ])('refuse $name', async ({ send, says }) => {
    const { account, dynamodb } = simWorld();
    createTable(account, { name: 'Taken' });
    await dynamodb.send(newTable('Young'));
    expect(await failureOf(dynamodb.send(send as DeleteTableCommand))).toBe(says);
  });

  it('are listed by name, a hundred to a page at most', async () => {
    const { account, dynamodb } = simWorld();
    const names = Array.from({ length: 250 }, (_, index) => `t-${String(index).padStart(3, '0')}`);
    for (const name of names.toReversed()) createTable(account, { name });
    const first = await dynamodb.send(new ListTablesCommand({}));
    expect(first.TableNames).toEqual(names.slice(0, 100));
    const rest = await dynamodb.send(new ListTablesCommand({ ExclusiveStartTableName: 't-199x', Limit: 50 }));
    expect(rest.TableNames).toEqual(names.slice(200));
    expect(rest.LastEvaluatedTableName).toBeUndefined();
  });

  it('change their time to live once an hour', async () => {
    const { account, clock, dynamodb } = simWorld();
    createTable(account, { name: 'Orders' });
    const set = (Enabled: boolean) =>
      dynamodb.send(
        new UpdateTimeToLiveCommand({
          TableName: 'Orders',
          TimeToLiveSpecification: { AttributeName: 'expiresAt', Enabled },
        }),
      );
    await set(true);
    const described = await dynamodb.send(new DescribeTimeToLiveCommand({ TableName: 'Orders' }));
    expect(described.TimeToLiveDescription).toEqual({
      TimeToLiveStatus: 'ENABLED',
      AttributeName: 'expiresAt',
    });
    expect(await failureOf(set(false))).toContain('modified multiple times within a fixed interval');
    await clock.advanceBy(HOUR);
    await set(false);
  });
});
