import { isDrillName } from './drill.ts';

const RESTORE_TEST_PREFIX = 'awsbackup-restore-test-';

/**
 * Whether restore testing of AWS Backup or a drill made a table: such tables are created and deleted
 * automatically, and no policy governs them.
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/restore-testing.html (checked 2026-11-22)
 */
export const isPassingTable = (name: string): boolean =>
  name.startsWith(RESTORE_TEST_PREFIX) || isDrillName(name);
