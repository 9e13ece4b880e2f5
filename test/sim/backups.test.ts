import {
  CreateBackupCommand,
  DeleteBackupCommand,
  DeleteTableCommand,
  DescribeBackupCommand,
  ListBackupsCommand,
} from '@aws-sdk/client-dynamodb';
import { describe, expect, it } from 'vitest';
import { createBackup } from '../../sim/console/backups.ts';
import { createTable, deleteTable, setPitr } from '../../sim/console/tables.ts';
import { arnOf, DAY, failureOf, newTable, SECOND, START, simWorld } from './world.ts';

const backUp = new CreateBackupCommand({ TableName: 'Orders', BackupName: 'nightly' });
const all = new ListBackupsCommand({ BackupType: 'ALL' });

const worldWithTable = (table: object = {}) => {
  const world = simWorld();
  createTable(world.account, { name: 'Orders', ...table });
  return world;
};

describe('CreateBackup', () => {
  it('answers CREATING at once and turns AVAILABLE with time', async () => {
    const { clock, dynamodb } = worldWithTable({ sizeBytes: 1e9 });
    const made = await dynamodb.send(backUp);
    expect(made.BackupDetails).toMatchObject({
      BackupName: 'nightly',
      BackupStatus: 'CREATING',
      BackupType: 'USER',
      BackupCreationDateTime: new Date(START),
      BackupSizeBytes: 1e9,
    });
    const describe = new DescribeBackupCommand({ BackupArn: made.BackupDetails?.BackupArn });
    const early = await dynamodb.send(describe);
    expect(early.BackupDescription?.BackupDetails?.BackupStatus).toBe('CREATING');
    await clock.advanceBy(60 * SECOND);
    const late = await dynamodb.send(describe);
    expect(late.BackupDescription?.BackupDetails?.BackupStatus).toBe('AVAILABLE');
    expect(late.BackupDescription?.SourceTableFeatureDetails).toEqual({});
  });

  it('writes its instant into the ARN', async () => {
    const { dynamodb } = worldWithTable();
    const made = await dynamodb.send(backUp);
    expect(made.BackupDetails?.BackupArn).toMatch(
      new RegExp(`^${arnOf('Orders')}/backup/0${START}-[0-9a-f]{8}$`),
    );
  });

  it('makes a second backup when a name is used again', async () => {
    const { account, dynamodb } = worldWithTable();
    const arns = new Set<string | undefined>();
    for (let time = 0; time < 3; time += 1) arns.add((await dynamodb.send(backUp)).BackupDetails?.BackupArn);
    expect(arns.size).toBe(3);
    expect(account.ledger.of('recovery-point-made').map((entry) => entry.name)).toEqual([
      'nightly',
      'nightly',
      'nightly',
    ]);
  });

  it('waits until backups of a new table are possible', async () => {
    const { clock, dynamodb } = simWorld();
    expect(await failureOf(dynamodb.send(backUp))).toBe('TableNotFoundException: Table not found: Orders');
    await dynamodb.send(newTable('Orders'));
    expect(await failureOf(dynamodb.send(backUp))).toBe('TableNotFoundException: Table not found: Orders');
    await clock.advanceBy(5 * SECOND);
    expect(await failureOf(dynamodb.send(backUp))).toBe(
      'ContinuousBackupsUnavailableException: Backups are being enabled for the table: Orders. Please retry later',
    );
    await clock.advanceBy(3 * SECOND);
    await dynamodb.send(backUp);
  });

  it('still works for a moment on a table that is being deleted', async () => {
    const { clock, dynamodb } = worldWithTable();
    await dynamodb.send(new DeleteTableCommand({ TableName: 'Orders' }));
    await dynamodb.send(backUp);
    await clock.advanceBy(2 * SECOND);
    expect(await failureOf(dynamodb.send(backUp))).toBe('TableNotFoundException: Table not found: Orders');
  });

  it('checks shapes before it looks for the table', async () => {
    const { dynamodb } = simWorld();
    const wrong = new CreateBackupCommand({ TableName: 'None', BackupName: 'a$' });
    expect(await failureOf(dynamodb.send(wrong))).toMatch(
      /^ValidationException: 2 validation errors detected: /,
    );
  });
});

describe('DeleteBackup', () => {
  it('is done when it answers', async () => {
    const { account, clock, dynamodb } = worldWithTable();
    const BackupArn = (await dynamodb.send(backUp)).BackupDetails?.BackupArn;
    await clock.advanceBy(SECOND);
    const deleted = await dynamodb.send(new DeleteBackupCommand({ BackupArn }));
    expect(deleted.BackupDescription?.BackupDetails?.BackupStatus).toBe('DELETED');
    expect((await dynamodb.send(all)).BackupSummaries).toEqual([]);
    const again = dynamodb.send(new DeleteBackupCommand({ BackupArn }));
    expect(await failureOf(again)).toBe(`BackupNotFoundException: Backup not found: ${BackupArn}`);
    expect(account.ledger.of('recovery-point-deleted')).toMatchObject([
      { arn: BackupArn, by: { accessKeyId: 'AKIATEST' } },
    ]);
  });

  it.each([
    {
      name: 'another partition',
      change: (arn: string) => arn.replace('arn:aws:', 'arn:aws-cn:'),
      says: 'ValidationException: BackupArn is not valid',
    },
    {
      name: 'another service',
      change: (arn: string) => arn.replace(':dynamodb:', ':backup:'),
      says: 'ValidationException: BackupArn is not valid',
    },
    {
      name: 'a table instead',
      change: (arn: string) => arn.replace(/\/backup.*/, ''),
      says: 'ValidationException: Invalid Backup ARN',
    },
    {
      name: 'another account',
      change: (arn: string) => arn.replace('111122223333', '999988887777'),
      says: /^AccessDeniedException/,
    },
    {
      name: 'one that never was',
      change: (arn: string) => arn.replace(/.{8}$/, '00000001'),
      says: /^BackupNotFoundException/,
    },
    {
      name: 'another Region, which is not looked at',
      change: (arn: string) => arn.replace('us-east-1', 'eu-west-1'),
      says: 'no failure',
    },
  ])('of an ARN that names $name', async ({ change, says }) => {
    const { clock, dynamodb } = worldWithTable();
    const arn = (await dynamodb.send(backUp)).BackupDetails?.BackupArn ?? '';
    await clock.advanceBy(SECOND);
    const failure = await failureOf(dynamodb.send(new DeleteBackupCommand({ BackupArn: change(arn) })));
    expect(failure).toEqual(says instanceof RegExp ? expect.stringMatching(says) : says);
  });

  it('waits until the backup has been made', async () => {
    const { clock, dynamodb } = worldWithTable();
    const BackupArn = (await dynamodb.send(backUp)).BackupDetails?.BackupArn;
    const remove = new DeleteBackupCommand({ BackupArn });
    expect(await failureOf(dynamodb.send(remove))).toMatch(/^BackupInUseException/);
    await clock.advanceBy(SECOND);
    await dynamodb.send(remove);
  });

  it('refuses backups that AWS Backup made, and never lists them', async () => {
    const { account, dynamodb } = worldWithTable();
    const { arn } = createBackup(account, { table: 'Orders', name: 'job', type: 'AWS_BACKUP' });
    expect(await failureOf(dynamodb.send(new DeleteBackupCommand({ BackupArn: arn })))).toMatch(
      /^ValidationException/,
    );
    for (const BackupType of ['USER', 'ALL', 'AWS_BACKUP'] as const) {
      expect((await dynamodb.send(new ListBackupsCommand({ BackupType }))).BackupSummaries).toEqual([]);
    }
  });
});

describe('the SYSTEM backup of a deleted table', () => {
  it('appears after seconds where PITR was on, cannot be deleted, and leaves after 35 days', async () => {
    const { account, clock, dynamodb } = worldWithTable({ pitr: true });
    deleteTable(account, 'Orders');
    expect((await dynamodb.send(all)).BackupSummaries).toEqual([]);
    await clock.advanceBy(10 * SECOND);
    const [summary] = (await dynamodb.send(all)).BackupSummaries ?? [];
    expect(summary).toMatchObject({
      BackupName: 'Orders$DeletedTableBackup',
      BackupType: 'SYSTEM',
      BackupExpiryDateTime: new Date(START + 35 * DAY),
    });
    expect(summary?.BackupArn).toMatch(/-00000000$/);
    const refused = await failureOf(
      dynamodb.send(new DeleteBackupCommand({ BackupArn: summary?.BackupArn })),
    );
    expect(refused).toBe(
      `ValidationException: User is not allowed to delete the system backup with arn ${summary?.BackupArn}. It will automatically expire on 2026-02-05T00:00:00.000Z`,
    );
    expect((await dynamodb.send(new ListBackupsCommand({}))).BackupSummaries).toEqual([]);
    await clock.advanceBy(35 * DAY);
    expect((await dynamodb.send(all)).BackupSummaries).toEqual([]);
    expect(account.ledger.of('recovery-point-gone')).toHaveLength(1);
  });

  it('is not made where PITR was off, or was switched off while the table was being deleted', async () => {
    const { account, clock, dynamodb } = worldWithTable({ pitr: true });
    createTable(account, { name: 'Plain' });
    deleteTable(account, 'Plain');
    await dynamodb.send(new DeleteTableCommand({ TableName: 'Orders' }));
    setPitr(account, 'Orders', { enabled: false });
    await clock.advanceBy(DAY);
    expect((await dynamodb.send(all)).BackupSummaries).toEqual([]);
  });
});
