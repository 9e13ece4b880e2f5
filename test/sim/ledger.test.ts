import {
  CreateBackupCommand,
  DeleteBackupCommand,
  DescribeContinuousBackupsCommand,
  DescribeTableCommand,
} from '@aws-sdk/client-dynamodb';
import { PublishCommand } from '@aws-sdk/client-sns';
import { describe, expect, it } from 'vitest';
import { backupsOf, createBackup, deleteBackup } from '../../sim/console/backups.ts';
import { createTopic } from '../../sim/console/services.ts';
import {
  createTable,
  deleteTable,
  setPitr,
  setPitrLag,
  setStatus,
  tablesOf,
  tagTable,
} from '../../sim/console/tables.ts';
import { MINUTE, SECOND, START, simWorld } from './world.ts';

describe('the ledger', () => {
  it('knows everything that happened, when, and who did it', async () => {
    const { account, clock, dynamodb } = simWorld();
    createTable(account, { name: 'Orders' });
    await clock.advanceBy(MINUTE);
    const made = await dynamodb.send(new CreateBackupCommand({ TableName: 'Orders', BackupName: 'b-1' }));
    await clock.advanceBy(MINUTE);
    await dynamodb.send(new DeleteBackupCommand({ BackupArn: made.BackupDetails?.BackupArn }));
    setPitr(account, 'Orders', { enabled: true, recoveryPeriodDays: 7 });
    deleteTable(account, 'Orders');
    await clock.advanceBy(MINUTE);
    const story = account.ledger.entries.map(
      (entry) => `${(entry.at - START) / MINUTE} ${entry.kind} ${'by' in entry ? entry.by.accessKeyId : ''}`,
    );
    expect(story.slice(0, 5)).toEqual([
      '0 table-created console',
      '1 recovery-point-made AKIATEST',
      '2 recovery-point-deleted AKIATEST',
      '2 pitr-changed console',
      '2 table-deleted console',
    ]);
    expect(account.ledger.of('recovery-point-made').map((entry) => entry.type)).toEqual(['USER', 'SYSTEM']);
    expect(account.ledger.of('recovery-point-made')[0]?.by.userAgent).toMatch(/aws-sdk-js/);
  });

  it('is in order of time, what time alone does included', async () => {
    const { account, clock } = simWorld();
    createTable(account, { name: 'Orders', pitr: true });
    deleteTable(account, 'Orders');
    await clock.advanceBy(60 * SECOND);
    createTable(account, { name: 'Users' });
    const times = account.ledger.entries.map((entry) => entry.at);
    expect(times).toEqual(times.toSorted((a, b) => a - b));
    expect(account.ledger.of('recovery-point-made')[0]?.at).toBeLessThanOrEqual(START + 10 * SECOND);
  });
});

describe('the console', () => {
  it('makes a past: old tables, old backups, PITR that has long been on', () => {
    const { account } = simWorld();
    const createdAt = START - 1e9;
    const table = createTable(account, { name: 'Orders', pitr: { recoveryPeriodDays: 7 }, createdAt });
    expect(table).toMatchObject({ createdAt, pitr: { enabledAt: createdAt, recoveryPeriodDays: 7 } });
    createBackup(account, { table: 'Orders', name: 'new' });
    createBackup(account, { table: 'Orders', name: 'old', createdAt });
    createBackup(account, { table: 'Orders', name: 'job', createdAt, type: 'AWS_BACKUP' });
    expect(
      backupsOf(account, 'Orders')
        .map((backup) => backup.name)
        .toSorted(),
    ).toEqual(['job', 'new', 'old']);
  });

  it('deletes backups of any type, and leaves some CREATING for ever', async () => {
    const { account, clock } = simWorld();
    createTable(account, { name: 'Orders' });
    const { arn } = createBackup(account, { table: 'Orders', name: 'job', type: 'AWS_BACKUP' });
    const stuck = createBackup(account, {
      table: 'Orders',
      name: 'stuck',
      availableAt: Number.POSITIVE_INFINITY,
    });
    deleteBackup(account, arn);
    await clock.advanceBy(1e12);
    expect(backupsOf(account)).toEqual([stuck]);
  });

  it('shows another status, and a restorable moment that falls behind, when it is set', async () => {
    const { account, clock, dynamodb } = simWorld();
    createTable(account, { name: 'Orders', pitr: true });
    await clock.advanceBy(60 * MINUTE);
    setStatus(account, 'Orders', 'INACCESSIBLE_ENCRYPTION_CREDENTIALS');
    setPitrLag(account, 'Orders', 40 * MINUTE);
    const { Table } = await dynamodb.send(new DescribeTableCommand({ TableName: 'Orders' }));
    expect(Table?.TableStatus).toBe('INACCESSIBLE_ENCRYPTION_CREDENTIALS');
    const pitr = await dynamodb.send(new DescribeContinuousBackupsCommand({ TableName: 'Orders' }));
    expect(
      pitr.ContinuousBackupsDescription?.PointInTimeRecoveryDescription?.LatestRestorableDateTime,
    ).toEqual(new Date(START + 20 * MINUTE));
    setStatus(account, 'Orders', undefined);
    const { Table: again } = await dynamodb.send(new DescribeTableCommand({ TableName: 'Orders' }));
    expect(again?.TableStatus).toBe('ACTIVE');
  });

  it('makes topics whose addresses are confirmed, and lists the tables by name', async () => {
    const { account, sns } = simWorld();
    const TopicArn = createTopic(account, 'alerts', ['ops@example.com', 'boss@example.com']);
    await sns.send(new PublishCommand({ TopicArn, Message: 'text' }));
    expect(account.inbox.messages.map((message) => message.endpoint)).toEqual([
      'ops@example.com',
      'boss@example.com',
    ]);
    for (const name of ['b', 'a']) createTable(account, { name });
    expect(tablesOf(account).map((table) => table.name)).toEqual(['a', 'b']);
  });

  it.each([
    { name: 'tagging a table that is missing', act: tagTable, args: ['none', {}] },
    { name: 'deleting a table that is missing', act: deleteTable, args: ['none'] },
    { name: 'deleting a backup that is missing', act: deleteBackup, args: ['none'] },
    { name: 'making a table twice', act: createTable, args: [{ name: 'Orders' }] },
  ])('says so when $name', ({ act, args }) => {
    const { account } = simWorld();
    createTable(account, { name: 'Orders' });
    expect(() => (act as (...all: unknown[]) => unknown)(account, ...args)).toThrow(/none|Orders/);
  });
});
