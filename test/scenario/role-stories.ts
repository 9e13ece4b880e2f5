import { expect } from 'vitest';
import { createLimiter } from '../../shared/adapters/aws/limiter.ts';
import { API_LIMITS } from '../../shared/adapters/aws/limits.ts';
import { createCallRecorder } from '../../shared/adapters/aws/pacing.ts';
import { createSecretParameter } from '../../shared/adapters/aws/secret-parameter.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../shared/model/instant.ts';
import type { Mode } from '../../shared/model/plan.ts';
import '../../shared/run/compose-publish.ts';
import { type ChannelParts, composeChannel } from '../../shared/run/compose-channel.ts';
import { PAGERDUTY_CHANNEL } from '../../shared/run/compose-pagerduty.ts';
import { pagePublisher } from '../../shared/run/compose-publisher.ts';
import { SLACK_CHANNEL } from '../../shared/run/compose-slack.ts';
import { TEAMS_CHANNEL } from '../../shared/run/compose-teams.ts';
import { WEBHOOK_CHANNEL } from '../../shared/run/compose-webhook.ts';
import { passOn } from '../../shared/run/pass-on.ts';
import { invokeIn, scale } from '../../sim/console/attachments.ts';
import { createBackup } from '../../sim/console/backups.ts';
import { createBucket } from '../../sim/console/buckets.ts';
import { createFullTable } from '../../sim/console/full-table.ts';
import { openRegion } from '../../sim/console/regions.ts';
import { putSecret } from '../../sim/console/services.ts';
import { createTable, deleteTable, setPitr, tablesOf, tagTable } from '../../sim/console/tables.ts';
import { createPoint, createVault, placeLegalHold, pointsOf } from '../../sim/console/vaults.ts';
import type { Fault } from '../../sim/faults.ts';

import type { SlackServer } from '../../sim/slack/server.ts';
import { addSubscription } from '../../sim/sns/subscriptions.ts';
import type { RequestsInFlight } from '../../sim/virtual-time.ts';
import { type Deployment, DRILL_BUCKET } from '../support/deployment.ts';
import { startReceiver } from '../support/http-receiver.ts';
import { keptBy } from '../support/kept-settings.ts';
import { channelParameter, HEARTBEAT_PARAMETER, keyOf, REPORT_BUCKET } from '../support/rights.ts';
import { openLink } from '../support/signed-link.ts';

/** What stands outside of the account. */
export interface Outside {
  readonly slack: SlackServer;
  readonly requests: RequestsInFlight;
}

/** Something that happens to a deployment under `ROLE_POLICIES`. It fails where a role lacks something. */
export interface RoleStory {
  readonly name: string;
  tell(world: Deployment, outside: Outside): Promise<void>;
}

export const ROLE_POLICIES = `
timezone: UTC
policies:
  standard:
    schedule: "0 3 * * *"
    retention: { daily: 2 }
    pitr: { required: true, recoveryPeriodDays: 35, onDrift: repair }
`;

/** A table with every setting on, and Contributor Insights that fail. */
export const FULL_TABLE = 'shop';

/** Makes an old table under `standard`. */
export const tagged = ({ account, clock }: Deployment, name: string, pitr = true): void => {
  const tags = { 'backup:policy': 'standard' };
  createTable(account, { name, tags, pitr, createdAt: clock.now() - 40 * DAY_MS });
};

/** One day of the schedules: all functions run, and fail at nothing. */
const day = async ({ clock, run }: Deployment): Promise<void> => {
  await clock.advanceBy(DAY_MS);
  for (const mode of ['protect', 'expire', 'audit'] as const) {
    expect((await run(mode)).failures).toEqual([]);
    await clock.advanceBy(HOUR_MS / 2);
  }
};

const days = async (world: Deployment, count: number): Promise<void> => {
  for (let index = 0; index < count; index += 1) await day(world);
};

/** Days later this is the first function that runs: what is long over leaves the state table. */
const forget = async ({ clock, run }: Deployment, mode: Mode): Promise<void> => {
  await clock.advanceBy(4 * DAY_MS);
  await run(mode);
};

const namesMade = ({ account }: Deployment) => account.ledger.of('recovery-point-made');
const namesGone = ({ account }: Deployment) => account.ledger.of('recovery-point-deleted');
const isOn = ({ account }: Deployment, table: string): boolean =>
  tablesOf(account).find(({ name }) => name === table)?.pitr !== undefined;

/** The channels besides Slack, and what each reads to reach a server on this machine. */
const OTHER_CHANNELS: readonly { channel: ChannelParts; secretAt(origin: string): string }[] = [
  { channel: TEAMS_CHANNEL, secretAt: (origin) => `${origin}/workflows/1/triggers/manual/paths/invoke` },
  { channel: PAGERDUTY_CHANNEL, secretAt: (origin) => `${origin}/v2/enqueue ${'k'.repeat(32)}` },
  {
    channel: WEBHOOK_CHANNEL,
    secretAt: (origin) => `${origin}/ whsec_${Buffer.alloc(32).toString('base64')}`,
  },
];

/** Hands what SNS has for a channel to its function. */
const passedOn = async (world: Deployment, channel: ChannelParts, secret: string): Promise<void> => {
  const { account, clock } = world;
  const endpoint = `arn:aws:lambda:us-east-1:111122223333:function:${keyOf('prod', channel.name)}`;
  for (const topic of account.state.topics.values()) addSubscription(account, topic, 'lambda', endpoint);
  putSecret(account, channelParameter(channel.name), secret);
  tagged(world, 'orders', false);
  createTable(account, { name: 'carts', tags: { 'backup:policy': 'no-such-policy' } });
  await day(world);
  const messages = account.inbox
    .forEndpoint(endpoint)
    .map(({ subject, message }, index) => ({ id: `m${index}`, subject: subject ?? '', text: message }));
  const options = { instance: 'prod', secretParameter: channelParameter(channel.name) };
  const deps = composeChannel(channel, { ...world.wireOf(channel.name), ...options, clock });
  const report = await clock.run(passOn(deps, messages, clock.now() + MINUTE_MS));
  expect(report.failures).toEqual([]);
  expect(report.posted).toBeGreaterThan(0);
};

const VAULT_POLICIES = `
policies:
  offsite:
    engine: aws-backup
    schedule: "0 3 * * *"
    vault: main
    retention: { daily: 1 }
    copyTo: ["arn:aws:backup:us-east-1:111122223333:backup-vault:second"]
`;

const FAR_POLICIES = VAULT_POLICIES.replace(
  /copyTo: .*/,
  'copyTo: ["arn:aws:backup:us-east-1:999922223333:backup-vault:far"]',
);

/** One day under the policy of a vault: what runs make of it comes hours later. */
const vaultDay = async ({ clock, run }: Deployment): Promise<void> => {
  await clock.advanceBy(DAY_MS - 3 * HOUR_MS);
  for (const mode of ['protect', 'audit', 'protect', 'expire'] as const) {
    expect((await run(mode, { policies: VAULT_POLICIES })).failures).toEqual([]);
    await clock.advanceBy(HOUR_MS);
  }
};

const DRILL_POLICIES = `
timezone: UTC
policies:
  standard:
    schedule: "0 3 * * *"
    retention: { daily: 2 }
    pitr: { required: true, recoveryPeriodDays: 35, onDrift: repair }
    drill: { every: LEVEL, sample: 1 }
`;

/** One day of drills under a level, with runs an hour apart. */
const drillDay = async ({ clock, drill }: Deployment, level: string): Promise<void> => {
  const policies = DRILL_POLICIES.replace('LEVEL', `1d, level: ${level}`);
  for (let hour = 0; hour < 4; hour += 1) {
    expect((await drill({ policies })).failures).toEqual([]);
    await clock.advanceBy(HOUR_MS);
  }
  await clock.advanceBy(DAY_MS - 4 * HOUR_MS);
};

const VAULT_DRILLS = `
timezone: UTC
policies:
  offsite:
    engine: aws-backup
    schedule: "0 3 * * *"
    vault: main
    retention: { daily: 3 }
    drill: { every: 1d, sample: 1 }
`;

/** One day: a recovery point in a vault, and a drill of it. Where no audit noted whose it is, its tags say it. */
const drilledVaultDay = async (world: Deployment, isAudited: boolean): Promise<void> => {
  await world.run('protect', { policies: VAULT_DRILLS });
  await world.clock.advanceBy(3 * HOUR_MS);
  if (isAudited) await world.run('audit', { policies: VAULT_DRILLS });
  for (let hour = 0; hour < 5; hour += 1) {
    await world.drill({ policies: VAULT_DRILLS });
    await world.clock.advanceBy(HOUR_MS);
  }
  await world.clock.advanceBy(DAY_MS - 8 * HOUR_MS);
};

/** Together they need every permission that a function of ours has. */
export const ROLE_STORIES: readonly RoleStory[] = [
  {
    name: 'tables are backed up every day, and what no rule keeps goes',
    tell: async (world) => {
      tagged(world, 'carts');
      tagged(world, 'orders');
      await days(world, 5);
      expect(namesMade(world)).toHaveLength(10);
      expect(namesGone(world).length).toBeGreaterThan(3);
    },
  },
  {
    name: 'recovery points are made in a vault, copied and deleted, whoever keeps them for AWS Backup',
    tell: async (world) => {
      const { account, clock } = world;
      for (const name of ['main', 'second']) createVault(account, { name });
      const tags = { 'backup:policy': 'offsite' };
      createTable(account, { name: 'orders', tags, pitr: true, createdAt: clock.now() - 40 * DAY_MS });
      await vaultDay(world);
      // What nobody noted: its tags say whose it is, to the audit that comes first, and then to a backup.
      const unnoted = { table: 'orders', vault: 'second', form: 'advanced' } as const;
      createPoint(account, unnoted);
      await world.run('audit', { policies: VAULT_POLICIES });
      createPoint(account, { ...unnoted, createdAt: clock.now() - HOUR_MS });
      account.state.backup.regionSettings = { optIn: { DynamoDB: true }, management: {} };
      placeLegalHold(account, { vaultNames: ['second'] });
      for (let count = 0; count < 3; count += 1) await vaultDay(world);
      expect(pointsOf(account, 'main').filter(({ form }) => form === 'plain').length).toBeLessThan(3);
      expect(pointsOf(account, 'main').some(({ form }) => form === 'advanced')).toBe(false);
      expect(account.calls.of('StartCopyJob')).toBe(1);
    },
  },
  {
    name: 'what vaults need is asked for before a job fails by it',
    tell: async (world) => {
      const { account, clock } = world;
      createVault(account, { name: 'main' });
      const tags = { 'backup:policy': 'offsite' };
      createTable(account, { name: 'orders', tags, pitr: true, createdAt: clock.now() - 40 * DAY_MS });
      const { openFindings } = await world.run('audit', { policies: FAR_POLICIES });
      expect(openFindings.map(({ id }) => id)).toContain('backup-settings-off/cross-account');
      expect(openFindings.map(({ kind }) => kind)).not.toContain('vault-unchecked');
    },
  },
  {
    name: 'a table with a stream and TTL is drilled from its backup, by the second and by an export, and a backup is described',
    tell: async (world) => {
      const { account } = world;
      const invoke = invokeIn(account);
      tagged(world, 'orders');
      await invoke('dynamodb', 'UpdateTable', {
        TableName: 'orders',
        StreamSpecification: { StreamEnabled: true, StreamViewType: 'KEYS_ONLY' },
      });
      await invoke('dynamodb', 'UpdateTimeToLive', {
        TableName: 'orders',
        TimeToLiveSpecification: { Enabled: true, AttributeName: 'until' },
      });
      createBucket(account, DRILL_BUCKET);
      await days(world, 1);
      for (const level of ['restored', 'restored', 'described', 'sampled']) await drillDay(world, level);
      const restored = account.ledger.of('table-restored');
      expect(restored.map(({ source }) => source.includes('/backup/'))).toEqual([true, false]);
      const gone = account.ledger.of('table-deleted').map(({ tableId }) => tableId);
      expect(gone).toEqual(restored.map(({ tableId }) => tableId));
      const [state] = await world.clock.run(world.drillParts.states.list());
      expect(state?.past.map(({ level, result }) => `${level} ${result}`)).toEqual([
        'sampled proved',
        'described proved',
        'restored proved',
        'restored proved',
      ]);
    },
  },
  {
    name: 'recovery points in a vault are drilled, whoever keeps them for AWS Backup, once although an answer was lost',
    tell: async (world) => {
      const { account, clock } = world;
      createVault(account, { name: 'main' });
      const tags = { 'backup:policy': 'offsite' };
      createTable(account, { name: 'orders', tags, createdAt: clock.now() - 40 * DAY_MS });
      account.faults.add({ operation: 'StartRestoreJob', kind: 'connection-reset-after-effect', times: 1 });
      await drilledVaultDay(world, false);
      account.state.backup.regionSettings = { optIn: { DynamoDB: true }, management: {} };
      await drilledVaultDay(world, true);
      expect(account.ledger.of('table-restored')).toHaveLength(2);
      expect(account.ledger.of('table-deleted')).toHaveLength(2);
    },
  },
  {
    name: 'recovery to a point in time is switched off, and the audit mends and tells it',
    tell: async (world) => {
      tagged(world, 'orders');
      await days(world, 2);
      setPitr(world.account, 'orders', { enabled: false });
      await day(world);
      expect(isOn(world, 'orders')).toBe(true);
      expect(world.account.inbox.messages.length).toBeGreaterThan(0);
      await day(world);
      await forget(world, 'audit');
    },
  },
  {
    name: 'the same is mended within a minute of the call that did it',
    tell: async (world) => {
      tagged(world, 'orders');
      await days(world, 2);
      setPitr(world.account, 'orders', { enabled: false });
      await world.hint('orders');
      expect(isOn(world, 'orders')).toBe(true);
    },
  },
  {
    name: 'a table is deleted, announced at once, and what is left of it is kept',
    tell: async (world) => {
      tagged(world, 'orders');
      tagged(world, 'carts');
      await days(world, 2);
      deleteTable(world.account, 'orders');
      await world.hint('orders');
      await days(world, 3);
      const mails = world.account.inbox.messages.map(({ message }) => message).join();
      expect(mails).toContain('orders was deleted');
    },
  },
  {
    name: 'tables lose their tag, one of them by being made again, and the audit and a hint look closer',
    tell: async (world) => {
      for (const name of ['carts', 'orders', 'users']) tagged(world, name);
      await day(world);
      const { account } = world;
      tagTable(account, 'carts', { 'backup:policy': null });
      await world.hint('carts');
      deleteTable(account, 'orders');
      await day(world);
      createTable(account, { name: 'orders' });
      await day(world);
      const texts = account.inbox.messages.map(({ message }) => message).join();
      expect(texts).toContain('no longer backed up: carts (standard)');
      expect(texts).toContain('no longer backed up: orders (standard)');
    },
  },
  {
    name: 'a tag is mistyped, told at once, and mended',
    tell: async (world) => {
      tagged(world, 'carts');
      await day(world);
      createTable(world.account, { name: 'orders', tags: { 'backup:policy': 'standrad' } });
      await world.hint('orders');
      tagTable(world.account, 'orders', { 'backup:policy': 'standard' });
      await world.hint('orders');
      await day(world);
      expect(namesMade(world).map(({ tableName }) => tableName)).toContain('orders');
    },
  },
  {
    name: 'a tag is mistyped, mended, and its last trace leaves with an audit',
    tell: async (world) => {
      const { account, clock } = world;
      tagged(world, 'carts');
      await day(world);
      createTable(account, { name: 'orders', tags: { 'backup:policy': 'standrad' } });
      await day(world);
      tagTable(account, 'orders', { 'backup:policy': 'none' });
      await clock.advanceBy(HOUR_MS);
      expect((await world.run('audit')).failures).toEqual([]);
      const mendedAt = clock.now();
      await day(world);
      await clock.advanceTo(mendedAt + 2 * DAY_MS + MINUTE_MS);
      expect((await world.run('audit')).failures).toEqual([]);
      const subjects = account.inbox.messages.map(({ subject }) => subject).join('\n');
      expect(subjects).toContain('unknown policy on orders');
      expect(subjects).toContain('1 resolved');
    },
  },
  {
    name: 'a prune is denied both of its lists, tells it, and sees them again',
    tell: async (world) => {
      const { account } = world;
      tagged(world, 'orders');
      await day(world);
      const denials = (['GetResources', 'ListBackups'] as const).map((operation) =>
        account.faults.add({ operation, kind: 'access-denied' }),
      );
      expect((await world.run('expire')).failures).not.toEqual([]);
      for (const denial of denials) denial.remove();
      await day(world);
      expect(account.inbox.messages[0]?.subject).toContain('2 new');
    },
  },
  {
    name: 'the settings of a table with a replica are kept',
    tell: async (world) => {
      const { account, clock, guard } = world;
      openRegion(account, 'eu-west-1', { authorize: guard.authorize });
      const shop = { name: FULL_TABLE, tags: { 'backup:policy': 'standard' } };
      await createFullTable(account, { ...shop, billingMode: 'PAY_PER_REQUEST' });
      await scale(invokeIn(account), FULL_TABLE);
      await invokeIn(account)('dynamodb', 'UpdateTable', {
        TableName: FULL_TABLE,
        ReplicaUpdates: [{ Create: { RegionName: 'eu-west-1' } }],
      });
      await clock.advanceBy(HOUR_MS);
      expect((await world.run('audit')).failures).toEqual([]);
      const [manifest] = await clock.run(keptBy(world).readOf(FULL_TABLE));
      expect(manifest?.gaps).toEqual([]);
      expect(manifest?.settings.replicas).toMatchObject([
        { region: 'eu-west-1', tags: {}, pitr: { enabled: false }, deletionProtection: false },
      ]);
    },
  },
  {
    name: 'answers are lost, and what became of the calls is looked up',
    tell: async (world) => {
      tagged(world, 'orders');
      const fault: Fault = {
        operation: 'CreateBackup',
        kind: 'timeout-after-effect',
        times: 1,
        delayMs: 1000,
      };
      world.account.faults.add(fault);
      await days(world, 2);
      expect(namesMade(world)).toHaveLength(2);
    },
  },
  {
    name: 'backups and expiries are denied for a while, told, and resolved',
    tell: async (world) => {
      const { account } = world;
      tagged(world, 'orders');
      await days(world, 4);
      const denials = (['CreateBackup', 'DeleteBackup'] as const).map((operation) =>
        account.faults.add({ operation, kind: 'access-denied' }),
      );
      await days(world, 2);
      // Deletions are tried only while backups succeed.
      denials[0]?.remove();
      await days(world, 2);
      denials[1]?.remove();
      await days(world, 2);
      await forget(world, 'expire');
      const subjects = account.inbox.messages.map(({ subject }) => subject).join('\n');
      expect(subjects).toContain('backups failing');
      expect(subjects).toContain('expiries failing');
      expect(subjects).toContain('resolved');
    },
  },
  {
    name: 'backups of people and of other deployments lie beside ours',
    tell: async (world) => {
      tagged(world, 'orders');
      const { account } = world;
      for (const name of ['before-the-migration', 'tablekeeper.lab.standard.20260101T030000Z'])
        createBackup(account, { table: 'orders', name });
      await days(world, 5);
      expect(namesGone(world).map(({ name }) => name)).not.toContain('before-the-migration');
    },
  },
  {
    name: 'the audit writes its page, and somebody opens the link to it',
    tell: async (world) => {
      const { account } = world;
      createBucket(account, REPORT_BUCKET);
      tagged(world, 'orders', false);
      const publishPage = pagePublisher({ bucket: REPORT_BUCKET, ...world.wireOf('audit') });
      expect((await world.run('audit', { publishPage })).failures).toEqual([]);
      const [link = ''] =
        /^https:.+X-Amz-Signature=.+$/m.exec(account.inbox.messages[0]?.message ?? '') ?? [];
      expect(await openLink(account, link)).toMatchObject({ status: 200 });
    },
  },
  {
    name: 'the audit reads where to report that it is alive',
    tell: async ({ account, clock, wireOf }) => {
      putSecret(account, HEARTBEAT_PARAMETER, 'https://example.com/beat');
      const limiter = createLimiter({ clock, limits: API_LIMITS });
      const options = { ...wireOf('audit'), clock, limiter, recorder: createCallRecorder() };
      const secret = createSecretParameter(options, HEARTBEAT_PARAMETER);
      expect(await clock.run(secret.read())).toBe('https://example.com/beat');
    },
  },
  {
    name: 'what was told is passed on to Slack',
    tell: async (world, { requests, slack }) => {
      world.clock.busyWhen(() => requests.count() > slack.hanging());
      await passedOn(world, SLACK_CHANNEL, slack.webhook);
    },
  },
  ...OTHER_CHANNELS.map(({ channel, secretAt }) => ({
    name: `what was told is passed on by ${channel.name}`,
    tell: async (world: Deployment, { requests }: Outside) => {
      const receiver = await startReceiver();
      world.clock.busyWhen(() => requests.count() > receiver.hanging());
      await passedOn(world, channel, secretAt(receiver.origin)).finally(receiver.close);
      if (receiver.received.length === 0) throw new Error(`nothing reached ${channel.name}`);
    },
  })),
];
