// Names of tables that are made and deleted again by themselves.

/**
 * What the name of every table begins with that a drill makes, whatever the instance. No other name here has a dot: it is the name of no state table.
 */
export const DRILL_PREFIX = 'tablekeeper-drill.';

/** Says whether a name is one that drills give to their tables. SAFETY: it proves nothing of who made the table. */
export const isDrillName = (name: string): boolean => name.startsWith(DRILL_PREFIX);

/** What the name of every table begins with that drills of an instance make. */
export const drillPrefixOf = (instance: string): string => `${DRILL_PREFIX}${instance}.`;

/** Says whether a name is one that drills of an instance give to their tables. SAFETY: it proves nothing of who made the table. */
export const isDrillNameOf = (instance: string, name: string): boolean =>
  name.startsWith(drillPrefixOf(instance));

const RESTORE_TEST_PREFIX = 'awsbackup-restore-test-';

/**
 * Whether restore testing of AWS Backup or a drill made a table: such tables are created and deleted
 * automatically, and no policy governs them.
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/restore-testing.html (checked 2026-11-22)
 */
export const isPassingTable = (name: string): boolean =>
  name.startsWith(RESTORE_TEST_PREFIX) || isDrillName(name);
