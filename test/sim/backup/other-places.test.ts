import {
  BackupClient,
  CreateBackupVaultCommand,
  DescribeCopyJobCommand,
  ListRecoveryPointsByBackupVaultCommand,
  PutBackupVaultAccessPolicyCommand,
  StartCopyJobCommand,
  UpdateGlobalSettingsCommand,
} from '@aws-sdk/client-backup';
import {
  CreateOrganizationCommand,
  DescribeOrganizationCommand,
  OrganizationsClient,
} from '@aws-sdk/client-organizations';
import { describe, expect, it } from 'vitest';
import { disableRegion } from '../../../sim/console/regions.ts';
import { requestHandlerOf } from '../../../sim/request-handler.ts';
import { failureOf, HOUR } from '../world.ts';
import { backupWorld, ROLE, VAULT } from './backup-world.ts';

const OTHER = '999988887777';
const POLICY = JSON.stringify({
  Statement: {
    Effect: 'Allow',
    Principal: { AWS: 'arn:aws:iam::111122223333:root' },
    Action: 'backup:CopyIntoBackupVault',
    Resource: '*',
  },
});

/** Everything through the API, as with the AWS CLI: an organization, its switch, and a vault in another account and Region. */
const openWorld = async (opensOnRequest: boolean) => {
  const world = await backupWorld({ opensOnRequest });
  const config = { requestHandler: requestHandlerOf(world.account), region: 'eu-west-1', maxAttempts: 1 };
  const as = (accessKeyId: string) => ({
    ...config,
    credentials: { accessKeyId, secretAccessKey: 'secret' },
  });
  return { ...world, there: new BackupClient(as(OTHER)), theirs: new OrganizationsClient(as(OTHER)) };
};

describe('an account that opens on request', () => {
  it('copies to another account and Region that are named for the first time', async () => {
    const { backup, clock, made, organizations, theirs, there } = await openWorld(true);
    await organizations.send(new CreateOrganizationCommand({}));
    await backup.send(
      new UpdateGlobalSettingsCommand({ GlobalSettings: { isCrossAccountBackupEnabled: 'true' } }),
    );
    const { BackupVaultArn = '' } = await there.send(
      new CreateBackupVaultCommand({ BackupVaultName: VAULT }),
    );
    expect(BackupVaultArn).toBe(`arn:aws:backup:eu-west-1:${OTHER}:backup-vault:main`);
    await there.send(new PutBackupVaultAccessPolicyCommand({ BackupVaultName: VAULT, Policy: POLICY }));
    const { CopyJobId } = await backup.send(
      new StartCopyJobCommand({
        RecoveryPointArn: await made(),
        SourceBackupVaultName: VAULT,
        DestinationBackupVaultArn: BackupVaultArn,
        IamRoleArn: ROLE,
      }),
    );
    await clock.advanceBy(HOUR);
    const { CopyJob } = await backup.send(new DescribeCopyJobCommand({ CopyJobId }));
    expect(CopyJob).toMatchObject({ State: 'COMPLETED' });
    const listed = await there.send(new ListRecoveryPointsByBackupVaultCommand({ BackupVaultName: VAULT }));
    expect(listed.RecoveryPoints?.map(({ RecoveryPointArn }) => RecoveryPointArn)).toEqual([
      CopyJob?.DestinationRecoveryPointArn,
    ]);
    const { Organization } = await theirs.send(new DescribeOrganizationCommand({}));
    expect(Organization?.MasterAccountId).toBe('111122223333');
    const change = new UpdateGlobalSettingsCommand({
      GlobalSettings: { isCrossAccountBackupEnabled: 'false' },
    });
    expect(await failureOf(there.send(change))).toMatch(
      /^InvalidRequestException: Only the management account/,
    );
  });

  it('has one organization', async () => {
    const { organizations } = await openWorld(true);
    expect(await failureOf(organizations.send(new DescribeOrganizationCommand({})))).toMatch(
      /^AWSOrganizationsNotInUseException: /,
    );
    await organizations.send(new CreateOrganizationCommand({}));
    expect(await failureOf(organizations.send(new CreateOrganizationCommand({})))).toMatch(
      /^AlreadyInOrganizationException: /,
    );
  });
});

it('an account that does not answers for the places that there are not', async () => {
  const { there } = await openWorld(false);
  expect(await failureOf(there.send(new CreateBackupVaultCommand({ BackupVaultName: VAULT })))).toMatch(
    /^AlreadyExistsException: /,
  );
});

it.each([
  ['OptInRequired' as const, /^OptInRequired: /],
  ['UnrecognizedClientException' as const, /^UnrecognizedClientException: The security token/],
])('a Region that is not enabled answers nothing: %s', async (disabledRegion, fails) => {
  const { account, there } = await openWorld(true);
  disableRegion(account, 'eu-west-1');
  Object.assign(account.state.settings, { disabledRegion });
  expect(await failureOf(there.send(new CreateBackupVaultCommand({ BackupVaultName: VAULT })))).toMatch(
    fails,
  );
});
