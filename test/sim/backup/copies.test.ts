import {
  BackupClient,
  DescribeCopyJobCommand,
  DescribeGlobalSettingsCommand,
  ListCopyJobsCommand,
  ListRecoveryPointsByBackupVaultCommand,
  StartCopyJobCommand,
  type StartCopyJobCommandInput,
} from '@aws-sdk/client-backup';
import { describe, expect, it } from 'vitest';
import type { AccountOptions, SimAccount } from '../../../sim/account.ts';
import { openAccount } from '../../../sim/console/accounts.ts';
import {
  backupEventsOf,
  closeDestination,
  setCrossAccountBackup,
  setLinkedBackupRole,
  setPointStatus,
  troubleJobs,
} from '../../../sim/console/backup-trouble.ts';
import { openRegion } from '../../../sim/console/regions.ts';
import { joinOrganization } from '../../../sim/console/services.ts';
import { setKey } from '../../../sim/console/trouble.ts';
import {
  createPoint,
  createVault,
  destroyVault,
  pointsOf,
  setVaultLock,
  setVaultPolicy,
} from '../../../sim/console/vaults.ts';
import { requestHandlerOf } from '../../../sim/request-handler.ts';
import { arnOf, DAY, failureOf, HOUR, MINUTE } from '../world.ts';
import { backupWorld, ROLE, VAULT, VAULT_ARN } from './backup-world.ts';

const ELSEWHERE = 'arn:aws:backup:eu-west-1:111122223333:backup-vault:main';
const OTHER = '999988887777';
const OTHERS = `arn:aws:backup:us-east-1:${OTHER}:backup-vault:main`;
const KEY = `arn:aws:kms:us-east-1:${OTHER}:key/vaults`;
const ALLOWED = {
  Statement: [
    {
      Effect: 'Allow',
      Principal: { AWS: 'arn:aws:iam::111122223333:root' },
      Action: 'backup:CopyIntoBackupVault',
      Resource: '*',
    },
  ],
};

/** A vault of the same name in eu-west-1, and one in another account of the organization that lets copies in. */
const copyWorld = async (options: Partial<AccountOptions> = {}) => {
  const world = await backupWorld(options);
  const { account, backup } = world;
  const region = openRegion(account, 'eu-west-1');
  createVault(region, { name: VAULT });
  const other = openAccount(account, OTHER);
  createVault(other, { name: VAULT, policy: ALLOWED, encryptionKeyArn: KEY });
  for (const each of [account, other]) joinOrganization(each);
  setCrossAccountBackup(account, true);
  const copy = (
    RecoveryPointArn: string,
    DestinationBackupVaultArn = ELSEWHERE,
    more: Partial<StartCopyJobCommandInput> = {},
  ) =>
    backup.send(
      new StartCopyJobCommand({
        RecoveryPointArn,
        SourceBackupVaultName: VAULT,
        DestinationBackupVaultArn,
        IamRoleArn: ROLE,
        ...more,
      }),
    );
  const copyJob = async (CopyJobId = '') =>
    (await backup.send(new DescribeCopyJobCommand({ CopyJobId }))).CopyJob ?? {};
  /** Starts a copy and lets it end. */
  const copied = async (...wish: Parameters<typeof copy>) => {
    const { CopyJobId } = await copy(...wish);
    await world.clock.advanceBy(HOUR);
    return copyJob(CopyJobId);
  };
  return { ...world, region, other, copy, copyJob, copied };
};

const clientIn = (account: SimAccount, accessKeyId: string, region = 'us-east-1') =>
  new BackupClient({
    requestHandler: requestHandlerOf(account),
    region,
    credentials: { accessKeyId, secretAccessKey: 'secret' },
    maxAttempts: 1,
  });

describe('a copy to another Region', () => {
  it('keeps the creation date, the tags and the lifecycle of its source, and says where it came from', async () => {
    const { account, clock, copied, made } = await copyWorld();
    const arn = await made({ Lifecycle: { DeleteAfterDays: 30 }, RecoveryPointTags: { own: 'yes' } });
    await clock.advanceBy(5 * DAY);
    const job = await copied(arn);
    expect(job).toMatchObject({
      State: 'COMPLETED',
      SourceRecoveryPointArn: arn,
      DestinationBackupVaultArn: ELSEWHERE,
      ResourceArn: arnOf('orders'),
    });
    const { RecoveryPoints: [copy] = [] } = await clientIn(account, 'AKIATEST', 'eu-west-1').send(
      new ListRecoveryPointsByBackupVaultCommand({ BackupVaultName: VAULT }),
    );
    const [source] = pointsOf(account, VAULT);
    expect(copy).toMatchObject({
      RecoveryPointArn: job.DestinationRecoveryPointArn,
      SourceBackupVaultArn: VAULT_ARN,
      ResourceArn: arnOf('orders'),
      Lifecycle: { DeleteAfterDays: 30 },
      CreationDate: new Date(source?.createdAt ?? 0),
      Status: 'AVAILABLE',
    });
    expect(copy?.RecoveryPointArn).toMatch(/^arn:aws:backup:eu-west-1:111122223333:recovery-point:/);
    expect(
      account.state.regions.get('eu-west-1')?.state.backup.points.find(copy?.RecoveryPointArn ?? '')?.tags,
    ).toEqual({
      team: 'shop',
      own: 'yes',
    });
  });

  it('has a lifecycle of its own where one is given, and with -1 the expiry of its source', async () => {
    const { copied, made, region } = await copyWorld();
    const arn = await made({ Lifecycle: { DeleteAfterDays: 30 } });
    await copied(arn, ELSEWHERE, { Lifecycle: { DeleteAfterDays: 90 } });
    await copied(arn, ELSEWHERE, { Lifecycle: { DeleteAfterDays: -1 } });
    expect(pointsOf(region).map(({ lifecycle }) => lifecycle?.DeleteAfterDays)).toEqual([90, 30]);
  });

  it('within the Region does not say that it came from elsewhere', async () => {
    const { account, copied, made } = await copyWorld();
    createVault(account, { name: 'second' });
    const job = await copied(await made(), VAULT_ARN.replace('main', 'second'));
    expect(job.State).toBe('COMPLETED');
    expect(pointsOf(account, 'second')).toHaveLength(1);
    expect(pointsOf(account, 'second')[0]).not.toHaveProperty('sourceVaultArn');
  });

  it('goes by the age of its source: one past its time is gone within eight hours', async () => {
    const { account, clock, copied, region } = await copyWorld();
    const point = createPoint(account, { table: 'orders', vault: VAULT, createdAt: clock.now() - 31 * DAY });
    expect((await copied(point.arn, ELSEWHERE, { Lifecycle: { DeleteAfterDays: 30 } })).State).toBe(
      'COMPLETED',
    );
    await clock.advanceBy(9 * HOUR);
    expect(pointsOf(region)).toEqual([]);
  });

  it('waits for the backup of its table, and for one that is closed without an end', async () => {
    const { account, clock, copy, copyJob, made, start } = await copyWorld({ backupJobMs: () => HOUR / 2 });
    const arn = await made();
    await start();
    const { CopyJobId } = await copy(arn);
    await clock.advanceBy(20 * MINUTE);
    expect((await copyJob(CopyJobId)).State).toBe('CREATED');
    closeDestination(account, ELSEWHERE);
    await clock.advanceBy(5 * DAY);
    expect((await copyJob(CopyJobId)).State).toBe('CREATED');
    await start();
    closeDestination(account, ELSEWHERE, false);
    await clock.advanceBy(HOUR);
    expect((await copyJob(CopyJobId)).State).toBe('COMPLETED');
  });

  it('of a plain point, and of a cold one, fails or is refused', async () => {
    const { account, clock, copied, copy } = await copyWorld();
    const text = 'Copy job from us-east-1 to eu-west-1 cannot be initiated for DynamoDB resources.';
    const plain = createPoint(account, { table: 'orders', vault: VAULT, form: 'plain' });
    expect(await copied(plain.arn)).toMatchObject({
      State: 'FAILED',
      StatusMessage: `${text} Feature is not supported for provided resource type.`,
    });
    const lifecycle = { MoveToColdStorageAfterDays: 1 };
    const cold = createPoint(account, { table: 'orders', vault: VAULT, lifecycle });
    await clock.advanceBy(2 * DAY);
    expect((await copied(cold.arn)).StatusMessage).toContain(text);
    Object.assign(account.state.settings, { impossibleCopy: 'refused' });
    expect(await failureOf(copy(plain.arn))).toContain(`InvalidRequestException: ${text}`);
  });

  it('one too many of a table fails', async () => {
    const { copies, copyJob } = await copyWorld({ copiesOfResource: 5 }).then(async (world) => {
      const arn = await world.made();
      const jobs = [];
      for (let index = 0; index < 6; index += 1)
        jobs.push(await world.copy(arn, ELSEWHERE, { IdempotencyToken: `${index}` }));
      return { ...world, copies: jobs };
    });
    expect((await copyJob(copies[4]?.CopyJobId)).State).toBe('CREATED');
    expect(await copyJob(copies[5]?.CopyJobId)).toMatchObject({
      State: 'FAILED',
      StatusMessage: 'There are too many copy jobs running for resource.',
    });
  });

  it('is refused from the wrong side, to a Region that is not enabled, and to itself', async () => {
    const { account, copy, made } = await copyWorld();
    const arn = await made();
    const wrong = clientIn(account, OTHER).send(
      new StartCopyJobCommand({
        RecoveryPointArn: arn,
        SourceBackupVaultName: VAULT,
        DestinationBackupVaultArn: VAULT_ARN,
        IamRoleArn: `arn:aws:iam::${OTHER}:role/copies`,
      }),
    );
    expect(await failureOf(wrong)).toMatch(/^ResourceNotFoundException: Cannot find recovery point/);
    expect(await failureOf(copy(arn, ELSEWHERE.replace('eu-west-1', 'ap-east-1')))).toMatch(
      /^OptInRequired: /,
    );
    expect(await failureOf(copy(arn, VAULT_ARN))).toMatch(/^InvalidParameterValueException: /);
  });

  it('is listed by its source and its destination, asked once a token, and announced with its source', async () => {
    const { account, backup, clock, copy, made } = await copyWorld();
    const arn = await made();
    const token = { IdempotencyToken: 'once' };
    const { CopyJobId } = await copy(arn, ELSEWHERE, token);
    expect((await copy(arn, ELSEWHERE, token)).CopyJobId).toBe(CopyJobId);
    await clock.advanceBy(HOUR);
    const list = async (input: object) => (await backup.send(new ListCopyJobsCommand(input))).CopyJobs ?? [];
    expect((await list({ BySourceRecoveryPointArn: arn })).map((job) => job.CopyJobId)).toEqual([CopyJobId]);
    expect(await list({ ByDestinationVaultArn: OTHERS })).toEqual([]);
    const events = backupEventsOf(account).filter(
      (event) => event['detail-type'] === 'Copy Job State Change',
    );
    expect(events.map(({ detail }) => detail.state)).toEqual(['CREATED', 'RUNNING', 'COMPLETED']);
    expect(events.every(({ resources }) => resources[0] === arn)).toBe(true);
    expect(events[0]?.detail.destinationRecoveryPointArn).toEqual({});
    await clock.advanceBy(31 * DAY);
    expect(await list({})).toEqual([]);
  });

  it('ends as the console says, and in a state that nobody knows', async () => {
    const { account, copied, made, region } = await copyWorld();
    const arn = await made();
    const text = 'An internal error occurred.';
    troubleJobs(account, { job: 'copy', state: 'FAILED', message: text, times: 1 });
    expect(await copied(arn)).toMatchObject({ State: 'FAILED', StatusMessage: text });
    troubleJobs(account, { job: 'copy', state: 'THROTTLED', times: 1 });
    expect(await copied(arn)).toMatchObject({ State: 'THROTTLED' });
    expect(pointsOf(region)).toEqual([]);
    expect(await copied(arn)).toMatchObject({ State: 'COMPLETED' });
  });
});

describe('a copy to another account', () => {
  it('arrives there with the ARN of the table it is of', async () => {
    const { account, copied, made, other } = await copyWorld();
    expect((await copied(await made(), OTHERS)).State).toBe('COMPLETED');
    const listed = await clientIn(account, OTHER).send(
      new ListRecoveryPointsByBackupVaultCommand({ BackupVaultName: VAULT, ByResourceArn: arnOf('orders') }),
    );
    expect(listed.RecoveryPoints).toHaveLength(1);
    expect(pointsOf(other)[0]?.arn).toMatch(new RegExp(`^arn:aws:backup:us-east-1:${OTHER}:recovery-point:`));
  });

  type World = Awaited<ReturnType<typeof copyWorld>>;
  it.each<{ when: string; change: (world: World) => void; message: string }>([
    {
      when: 'the accounts are not of one organization',
      change: ({ other }) => {
        other.state.organization.isMember = false;
      },
      message:
        'Copy job failed. Both source and destination account must be a member of the same organization',
    },
    {
      when: 'the organization has not switched it on',
      change: ({ account }) => setCrossAccountBackup(account, false),
      message: 'Copy job failed. Cross-account copy feature is not enabled for the current organization.',
    },
    {
      when: 'the vault has no policy',
      change: ({ other }) => setVaultPolicy(other, VAULT, undefined),
      message: 'Access Denied trying to call AWS Backup service',
    },
    {
      when: 'the vault allows somebody else',
      change: ({ other }) =>
        setVaultPolicy(
          other,
          VAULT,
          JSON.parse(JSON.stringify(ALLOWED).replace('111122223333', '222233334444')),
        ),
      message: 'Access Denied trying to call AWS Backup service',
    },
    {
      when: 'the account there has no role for AWS Backup',
      change: ({ other }) => setLinkedBackupRole(other, false),
      message: `The provided role arn:aws:iam::${OTHER}:role/aws-service-role/backup.amazonaws.com/AWSServiceRoleForBackup cannot be assumed by AWS Backup`,
    },
    {
      when: 'the key of the vault is to be deleted',
      change: ({ other }) => setKey(other, KEY, 'pending deletion'),
      message: 'KMS key is either disabled or pending deletion or access to KMS key is denied',
    },
    {
      when: 'its retention is not within the lock',
      change: ({ other }) => setVaultLock(other, VAULT, { minDays: 7, maxDays: 30 }),
      message:
        'Copy job failed. The retention specified in the job is not within the range specified for the target Backup Vault.',
    },
  ])('fails when $when', async ({ change, message }) => {
    const world = await copyWorld();
    const arn = await world.made();
    change(world);
    expect(await world.copied(arn, OTHERS)).toMatchObject({ State: 'FAILED', StatusMessage: message });
    expect(pointsOf(world.other)).toEqual([]);
  });

  it.each([
    [
      'backup:CopyIntoBackupVault',
      OTHERS,
      /not authorized to perform: backup:CopyIntoBackupVault on resource: arn/,
    ],
    ['backup:CopyFromBackupVault', undefined, /not authorized to perform: backup:CopyFromBackupVault/],
    ['kms:DescribeKey', undefined, /^Given key ID is not accessible/],
    ['kms:CreateGrant', KEY, /^Given key ID is not accessible/],
  ])('fails when a role may not %s', async (denied, on, message) => {
    const { copied, made } = await copyWorld({
      authorize: ({ accessKeyId, operation, resource }) =>
        !accessKeyId.startsWith('arn:') || operation !== denied || (on ?? resource) !== resource,
    });
    expect((await copied(await made(), OTHERS)).StatusMessage).toMatch(message);
  });

  it('into a vault with the default key goes as the account says', async () => {
    const { copied, made, other } = await copyWorld();
    const arn = await made();
    createVault(other, { name: 'plain', policy: ALLOWED });
    const to = OTHERS.replace('main', 'plain');
    expect((await copied(arn, to)).State).toBe('COMPLETED');
    Object.assign(other.state.settings, { defaultKeyTakesCopies: false });
    expect((await copied(arn, to)).StatusMessage).toMatch(
      /encrypted with the default Backup service managed key/,
    );
  });

  it.each([
    ['creation' as const, 'COMPLETED'],
    ['arrival' as const, 'FAILED'],
  ])('is held against the shortest retention from its %s', async (lockCountsFrom, state) => {
    const { account, clock, copied, other } = await copyWorld({ lockCountsFrom });
    setVaultLock(other, VAULT, { minDays: 7 });
    const point = createPoint(account, { table: 'orders', vault: VAULT, createdAt: clock.now() - 5 * DAY });
    const lifecycle = { Lifecycle: { DeleteAfterDays: 10 } };
    expect((await copied(point.arn, OTHERS, lifecycle)).State).toBe(state);
  });

  it('fails when the vault goes while it runs, and one whose points are destroyed is in the ledger', async () => {
    const { account, clock, copy, copyJob, made, other } = await copyWorld({ copyJobMs: () => HOUR });
    const { CopyJobId } = await copy(await made(), OTHERS);
    await clock.advanceBy(HOUR / 2);
    destroyVault(other, VAULT);
    await clock.advanceBy(HOUR);
    expect(await copyJob(CopyJobId)).toMatchObject({ State: 'FAILED' });
    destroyVault(account, VAULT);
    expect(account.ledger.of('recovery-point-deleted')).toMatchObject([{ vault: VAULT_ARN }]);
  });

  it('of a point that is not ready fails', async () => {
    const { account, copied, made } = await copyWorld();
    const arn = await made();
    setPointStatus(account, arn, 'EXPIRED');
    expect((await copied(arn, OTHERS)).StatusMessage).toMatch(
      /source or destination recovery point is unavailable/,
    );
  });

  it('is switched on for the whole organization', async () => {
    const { backup } = await copyWorld();
    const { GlobalSettings } = await backup.send(new DescribeGlobalSettingsCommand({}));
    expect(GlobalSettings).toEqual({ isCrossAccountBackupEnabled: 'true' });
    const alone = await backupWorld();
    expect(await failureOf(alone.backup.send(new DescribeGlobalSettingsCommand({})))).toMatch(
      /^InvalidRequestException: /,
    );
  });
});
