const RESTORE_TEST_PREFIX = 'awsbackup-restore-test-';

/**
 * Given a table's name, returns whether AWS Backup's restore testing made it: such tables come and go by themselves.
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/restore-testing.html (checked 2026-11-22)
 */
export const isPassingTable = (name: string): boolean => name.startsWith(RESTORE_TEST_PREFIX);
