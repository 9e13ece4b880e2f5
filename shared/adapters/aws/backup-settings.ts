import { BackupClient, DescribeRegionSettingsCommand } from '@aws-sdk/client-backup';
import type { BackupSettings } from '../../ports/backup-settings.ts';
import { type ClientOptions, clientConfig } from './client-options.ts';
import { paceClient } from './pace-client.ts';
import { readingOf } from './reading.ts';

const TYPE = 'DynamoDB';

/**
 * Given a person's options, returns the settings of AWS Backup in their Region. At the edge a type of resource that the answer does not name
 * is one that AWS Backup does not look after.
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/API_DescribeRegionSettings.html (checked 2026-11-25)
 */
export const createBackupSettings = (options: ClientOptions): BackupSettings => {
  const client = paceClient(new BackupClient(clientConfig(options)), options);
  return {
    read: () =>
      readingOf('DescribeRegionSettings', async () => {
        const answer = await client.send(new DescribeRegionSettingsCommand({}));
        return {
          optedIn: answer.ResourceTypeOptInPreference?.[TYPE] ?? false,
          advanced: answer.ResourceTypeManagementPreference?.[TYPE] ?? false,
        };
      }),
  };
};
