import {
  CreateBackupCommand,
  CreateTableCommand,
  DeleteTableCommand,
  DescribeContinuousBackupsCommand,
  DescribeTableCommand,
  ListBackupsCommand,
  TagResourceCommand,
  UpdateContinuousBackupsCommand,
} from '@aws-sdk/client-dynamodb';
import { afterAll, describe, expect, it } from 'vitest';
import auditEvent from '../../events/audit.json' with { type: 'json' };
import backupEvent from '../../events/backup.json' with { type: 'json' };
import pruneEvent from '../../events/prune.json' with { type: 'json' };
import { DAY_MS, HOUR_MS } from '../../shared/model/instant.ts';
import { recoveryPointName } from '../../shared/model/recovery-point-name.ts';
import { deployToMoto } from '../support/moto-deployment.ts';
import type { Invocation } from '../support/runtime-api.ts';

// One day of the built functions, each step after the other. moto's time is real, so the slot is two to three hours back whenever this
// runs. Names may state any slot, but all backups here are made now: those of earlier slots are such as a forger would make.

const SLOT = Math.floor(Date.now() / HOUR_MS) * HOUR_MS - 2 * HOUR_MS;
const slotName = (daysAgo: number, policy = 'standard', instance = 'prod'): string =>
  recoveryPointName({ instance, policy, slot: SLOT - daysAgo * DAY_MS });

const POLICIES = `
timezone: UTC
policies:
  standard:
    schedule: "0 ${new Date(SLOT).getUTCHours()} * * *"
    retention: { daily: 7 }
    pitr: { required: true, recoveryPeriodDays: 35, onDrift: alert }
  critical:
    schedule: "0 ${new Date(SLOT).getUTCHours()} * * *"
    retention: { daily: 14 }
    pitr: { required: true, recoveryPeriodDays: 14, onDrift: repair }
`;

/** What a person made, and another deployment, long ago. */
const OTHERS = ['before-the-migration', slotName(40, 'standard', 'staging')];

const tablekeeper = await deployToMoto(POLICIES);
afterAll(() => tablekeeper.stop());
const { dynamodb } = tablekeeper;

const makeTable = (TableName: string, policy?: string) =>
  dynamodb.send(
    new CreateTableCommand({
      TableName,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
      KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
      ...(policy !== undefined && { Tags: [{ Key: 'backup:policy', Value: policy }] }),
    }),
  );

const tagTable = async (TableName: string, Value: string): Promise<void> => {
  const { Table } = await dynamodb.send(new DescribeTableCommand({ TableName }));
  const Tags = [{ Key: 'backup:policy', Value }];
  await dynamodb.send(new TagResourceCommand({ ResourceArn: Table?.TableArn, Tags }));
};

const switchPitr = (TableName: string, PointInTimeRecoveryEnabled: boolean, RecoveryPeriodInDays?: number) =>
  dynamodb.send(
    new UpdateContinuousBackupsCommand({
      TableName,
      PointInTimeRecoverySpecification: {
        PointInTimeRecoveryEnabled,
        ...(RecoveryPeriodInDays !== undefined && { RecoveryPeriodInDays }),
      },
    }),
  );

const pitrOf = async (TableName: string) => {
  const { ContinuousBackupsDescription } = await dynamodb.send(
    new DescribeContinuousBackupsCommand({ TableName }),
  );
  return ContinuousBackupsDescription?.PointInTimeRecoveryDescription;
};

const seedBackup = (TableName: string, BackupName: string) =>
  dynamodb.send(new CreateBackupCommand({ TableName, BackupName }));

const backupNames = async (TableName?: string): Promise<readonly (string | undefined)[]> => {
  const input = TableName === undefined ? {} : { TableName };
  const { BackupSummaries = [] } = await dynamodb.send(new ListBackupsCommand(input));
  return BackupSummaries.map(({ BackupName }) => BackupName).toSorted();
};

/** The event of a schedule, of this moment. */
const tick = (event: object): object => ({ ...event, time: new Date().toISOString() });

const done = (count: number): Invocation => ({
  ok: true,
  answer: expect.objectContaining({ done: count, deferred: 0, refused: 0, failed: 0, failures: [] }),
});

const subjects = async () => (await tablekeeper.mails()).map(({ subject }) => subject);

const [backup, backupAgain, prune, audit] = await Promise.all([
  tablekeeper.start('backup'),
  tablekeeper.start('backup'),
  tablekeeper.start('prune'),
  tablekeeper.start('audit'),
]);

await makeTable('orders');
await tagTable('orders', 'standard');
await makeTable('ledger', 'critical');
await makeTable('scratch', 'none');
await switchPitr('orders', true);
await switchPitr('ledger', true, 14);
for (const name of OTHERS) await seedBackup('orders', name);
for (const day of [9, 8, 7, 6, 5, 4, 3, 2, 1]) await seedBackup('orders', slotName(day));

describe('the built functions, as Lambda runs them, for a day', () => {
  it('one event delivered to two functions at once makes one backup of each tagged table', async () => {
    const event = tick(backupEvent);
    const answers = await Promise.all([backup.invoke(event), backupAgain.invoke(event)]);
    expect(answers.map(({ ok }) => ok)).toEqual([true, true]);
    const made = (await backupNames()).filter((name) => name === slotName(0));
    expect(made).toHaveLength(1);
    expect(await backupNames('ledger')).toEqual([slotName(0, 'critical')]);
    expect(await backupNames('scratch')).toEqual([]);
  });

  it('a second delivery makes none', async () => {
    const before = await backupNames();
    expect(await backup.invoke(tick(backupEvent))).toEqual(done(0));
    expect(await backupNames()).toEqual(before);
  });

  it('backups that no schedule asked for are reported, once, and nothing else is wrong', async () => {
    expect(await audit.invoke(tick(auditEvent))).toEqual(done(0));
    expect(await subjects()).toEqual([
      '[Tablekeeper prod] 1 new, warning: unscheduled recovery points on orders (standard)',
    ]);
    expect(await audit.invoke(tick(auditEvent))).toEqual(done(0));
    expect(await subjects()).toEqual([]);
  });

  it('an event from the future deletes nothing', async () => {
    const before = await backupNames();
    const time = new Date(Date.now() + 40 * DAY_MS).toISOString();
    expect(await prune.invoke({ ...pruneEvent, time })).toEqual(done(0));
    expect(await backupNames()).toEqual(before);
    await tablekeeper.mails();
  });

  it('names that anybody may give push nothing out, and are kept', async () => {
    const before = await backupNames();
    for (let run = 0; run < 2; run += 1) expect(await prune.invoke(tick(pruneEvent))).toEqual(done(0));
    expect(await backupNames()).toEqual(before);
    await tablekeeper.mails();
  });

  it('point-in-time recovery that is switched off is told, and repaired where the policy says so', async () => {
    await switchPitr('orders', false);
    await switchPitr('ledger', false);
    expect(await audit.invoke(tick(auditEvent))).toEqual(done(1));
    expect(await pitrOf('ledger')).toMatchObject({
      PointInTimeRecoveryStatus: 'ENABLED',
      RecoveryPeriodInDays: 14,
    });
    expect((await pitrOf('orders'))?.PointInTimeRecoveryStatus).toBe('DISABLED');
    const mails = await tablekeeper.mails();
    expect(mails).toHaveLength(1);
    expect(mails[0]?.subject).toMatch(/^\[Tablekeeper prod\] \d new(?:; worst|,) critical: PITR off on /);
    expect(mails[0]?.message).toContain('Point-in-time recovery of orders is off');
    expect(mails[0]?.message).toContain('ledger');
  });

  it('what was told is not told again, until it is over', async () => {
    await audit.invoke(tick(auditEvent));
    await tablekeeper.mails();
    await audit.invoke(tick(auditEvent));
    expect(await subjects()).toEqual([]);
    await switchPitr('orders', true);
    await audit.invoke(tick(auditEvent));
    const mails = await tablekeeper.mails();
    expect(mails.map(({ subject }) => subject)).toEqual([
      expect.stringMatching(/^\[Tablekeeper prod\] 1 resolved/),
    ]);
    expect(mails[0]?.message).toContain('orders');
  });

  it('a mistyped tag is told with the name that was meant', async () => {
    await makeTable('users', 'standrad');
    await audit.invoke(tick(auditEvent));
    const [mail, ...others] = await tablekeeper.mails();
    expect(others).toEqual([]);
    expect(mail?.message).toContain('standrad');
    expect(mail?.message).toMatch(/\bstandard\b/);
    expect(await backupNames('users')).toEqual([]);
  });

  it('the backups of a deleted table are kept, and told', async () => {
    const before = await backupNames('orders');
    await dynamodb.send(new DeleteTableCommand({ TableName: 'orders' }));
    expect(await backup.invoke(tick(backupEvent))).toEqual(done(0));
    expect(await prune.invoke(tick(pruneEvent))).toEqual(done(0));
    expect(await audit.invoke(tick(auditEvent))).toEqual(done(0));
    expect(await backupNames('orders')).toEqual(before);
    const mails = await tablekeeper.mails();
    expect(mails.map(({ message }) => message).join()).toContain('orders was deleted');
  });

  it.each(['backup', 'prune', 'audit'] as const)(
    '%s ends as an error where it cannot remember',
    async (name) => {
      const blind = await tablekeeper.start(name, { TABLEKEEPER_STATE_TABLE: 'nowhere' });
      const before = await backupNames();
      const invocation = await blind.invoke(tick(backupEvent));
      expect(invocation).toMatchObject({ ok: false, errorMessage: expect.stringContaining('memory') });
      expect(await backupNames()).toEqual(before);
    },
  );

  it('a function without its environment says which variable is missing', async () => {
    const lost = await tablekeeper.start('backup', { TABLEKEEPER_TOPIC_ARN: '' });
    expect(await lost.invoke(tick(backupEvent))).toMatchObject({
      ok: false,
      errorMessage: expect.stringContaining('TABLEKEEPER_TOPIC_ARN'),
    });
  });

  it('every run writes what it counted, under the id that Lambda gave it, and how much it left over as a metric', () => {
    const lines = prune.log.map((line) => JSON.parse(line) as Record<string, unknown>);
    const runs = lines.filter(({ message }) => message === 'the run is over');
    expect(runs.length).toBeGreaterThan(3);
    expect(lines.filter((line) => '_aws' in line && line.Deferred === 0)).toHaveLength(runs.length);
    expect(new Set(runs.map((line) => line.function_request_id)).size).toBe(runs.length);
  });
});
