import { DescribeGlobalSettingsCommand, DescribeRegionSettingsCommand } from '@aws-sdk/client-backup';
import type { BackupOptIn } from '../../model/backup-opt-in.ts';
import type { CrossAccount, Known } from '../../model/vault-facts.ts';
import { failureOf } from '../aws/errors.ts';
import { readingOf } from '../aws/reading.ts';
import type { FactParts } from './parts.ts';

const TYPE = 'DynamoDB';

/**
 * Asks what AWS Backup looks after in the Region. A type that it does not list is off.
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/API_DescribeRegionSettings.html (checked 2026-11-25)
 */
export const seenOptIn = ({ backupIn, target }: FactParts): Promise<Known<BackupOptIn>> =>
  readingOf('DescribeRegionSettings', async () => {
    const answer = await backupIn(target.region).send(new DescribeRegionSettingsCommand({}));
    return {
      optedIn: answer.ResourceTypeOptInPreference?.[TYPE] ?? false,
      advanced: answer.ResourceTypeManagementPreference?.[TYPE] ?? false,
    };
  });

const OPERATION = 'DescribeGlobalSettings';

/**
 * Asks whether recovery points may go from account to account. An account outside of every organization is answered as an invalid request.
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/API_DescribeGlobalSettings.html (not verified)
 */
export const seenCrossAccount = async ({ backupIn, target }: FactParts): Promise<Known<CrossAccount>> => {
  try {
    const { GlobalSettings } = await backupIn(target.region).send(new DescribeGlobalSettingsCommand({}));
    const isOn = GlobalSettings?.isCrossAccountBackupEnabled === 'true';
    return { kind: 'found', value: { isMember: true, isOn } };
  } catch (error) {
    const { failure, name } = failureOf(OPERATION, error);
    return name === 'InvalidRequestException'
      ? { kind: 'found', value: { isMember: false, isOn: false } }
      : { kind: 'unreadable', failure };
  }
};
