import type { Command } from '../../model/advice.ts';
import { DAY_MS, type Instant } from '../../model/instant.ts';
import type { RecoveryPoint } from '../../model/recovery-point.ts';
import type { RestoreRecord } from '../../model/restore.ts';
import { type Target, tableArn } from '../../model/target.ts';
import { isKeptByAwsBackup, type Vault } from '../../model/vault-arn.ts';
import { POINT_TAG } from '../../model/vault-tag.ts';
import { throughGuard } from './vault-guard.ts';

/** A table may be called `-x`, which a program would take for an option of its own. */
const option = (name: string, value: string): Command =>
  value.startsWith('-') ? [`${name}=${value}`] : [name, value];

const argument = (table: string): Command => (table.startsWith('-') ? ['--', table] : [table]);

const dynamodb = (operation: string, { region }: Target, ...options: readonly Command[]): Command => [
  ...['aws', 'dynamodb', operation, '--region', region],
  ...options.flat(),
];

const lookupEvents = (attribute: string, value: string, { region }: Target): Command => [
  ...['aws', 'cloudtrail', 'lookup-events', '--region', region],
  ...['--lookup-attributes', `AttributeKey=${attribute},AttributeValue=${value}`],
];

/** Switches PITR on with a period, for switching on alone sets the period to 35 days. */
export const switchPitrOnCommand = (table: string, days: number, target: Target): Command =>
  dynamodb('update-continuous-backups', target, option('--table-name', table), [
    '--point-in-time-recovery-specification',
    `PointInTimeRecoveryEnabled=true,RecoveryPeriodInDays=${days}`,
  ]);

/** Lists who changed a table lately, as CloudTrail has it. */
export const whoChangedCommand = (table: string, target: Target): Command =>
  lookupEvents('ResourceName', table, target);

/** Lists who called an operation lately, on whatever table, as CloudTrail has it. */
export const whoCalledCommand = (operation: string, target: Target): Command =>
  lookupEvents('EventName', operation, target);

/** Shows all that is known of a table. */
export const explainCommand = (table: string): Command => [...['tablekeeper', 'explain'], ...argument(table)];

/** Shows what of a table can be restored, or restores it as options say. */
export const restoreCommand = (table: string, ...options: Command): Command => [
  ...['tablekeeper', 'restore'],
  ...(table.startsWith('-') ? [...options, '--', table] : [table, ...options]),
];

/** What restores themselves are asked, without a table to begin with: `--resume`, `--list`. */
export const restoresCommand = (...options: Command): Command => ['tablekeeper', 'restore', ...options];

/** Does something about one restore: `--give-up`, `--adopt`, `--indexes`. One that is made in another Region than its records are in has to be named with it. */
export const restoreOfCommand = (
  name: string,
  { targetRegion, targetTable }: Pick<RestoreRecord, 'targetRegion' | 'targetTable'>,
  home?: string,
): Command =>
  restoresCommand(
    ...option(name, targetTable),
    ...(targetRegion === home ? [] : ['--to-region', targetRegion]),
  );

/** Moves what points at a table to its restored copy, or does what options say about cut-overs. */
export const cutoverCommand = (...words: Command): Command => ['tablekeeper', 'cutover', ...words];

/** Shows how every table stands. */
export const statusCommand = (...options: Command): Command => ['tablekeeper', 'status', ...options];

/** Shows what recovery points cost. */
export const costCommand = (...options: Command): Command => ['tablekeeper', 'cost', ...options];

/** Keeps what is left of a deleted table, whatever its policy says. */
export const keepDeletedCommand = (table: string): Command => [
  ...['tablekeeper', 'keep'],
  ...argument(table),
];

/** Lets a policy end again what is left of a deleted table. */
export const releaseDeletedCommand = (table: string): Command => [
  ...['tablekeeper', 'keep', '--release'],
  ...argument(table),
];

/** Shows a table's status and key. */
export const describeTableCommand = (table: string, target: Target): Command =>
  dynamodb('describe-table', target, option('--table-name', table));

/** Deletes a table. */
export const deleteTableCommand = (table: string, target: Target): Command =>
  dynamodb('delete-table', target, option('--table-name', table));

/** Adds a replica of a table of one Region in another one, with the key that it is encrypted with there. */
export const addReplicaCommand = (
  table: string,
  standing: Target,
  region: string,
  keyArn?: string,
): Command =>
  dynamodb('update-table', standing, option('--table-name', table), [
    '--replica-updates',
    JSON.stringify([
      { Create: { RegionName: region, ...(keyArn !== undefined && { KMSMasterKeyId: keyArn }) } },
    ]),
  ]);

/** Switches the deletion protection of a table off. */
export const unprotectTableCommand = (table: string, target: Target): Command =>
  dynamodb('update-table', target, option('--table-name', table), ['--no-deletion-protection-enabled']);

/** Sets a table's tag: the policy tag unless the value is given. */
export const tagTableCommand = (table: string, tag: string, target: Target, value = 'POLICY'): Command =>
  dynamodb(
    'tag-resource',
    target,
    ['--resource-arn', tableArn(table, target)],
    ['--tags', `Key=${tag},Value=${value}`],
  );

/** Takes a tag from a table. */
export const untagTableCommand = (table: string, tag: string, target: Target): Command =>
  dynamodb('untag-resource', target, ['--resource-arn', tableArn(table, target)], option('--tag-keys', tag));

const listCommand = (table: string, type: 'USER' | 'SYSTEM', target: Target): Command =>
  dynamodb('list-backups', target, option('--table-name', table), ['--backup-type', type]);

/** Lists a table's recovery points. */
export const listBackupsCommand = (table: string, target: Target): Command =>
  listCommand(table, 'USER', target);

/** Lists what DynamoDB itself made of a table that was deleted. */
export const listSystemBackupsCommand = (table: string, target: Target): Command =>
  listCommand(table, 'SYSTEM', target);

/** DynamoDB cannot read what AWS Backup keeps. */
const restoreVaultPointCommand = (table: string, arn: string): Command => [
  ...['tablekeeper', 'restore', '--recovery-point', arn],
  ...option('--target', table),
];

/** Restores a table under a name from one backup, or from a recovery point that AWS Backup keeps. */
export const restoreTableCommand = (table: string, backupArn: string, target: Target): Command =>
  isKeptByAwsBackup(backupArn)
    ? restoreVaultPointCommand(table, backupArn)
    : dynamodb('restore-table-from-backup', target, option('--target-table-name', table), [
        '--backup-arn',
        backupArn,
      ]);

const deleteBackupCommand = (target: Target): Command =>
  dynamodb('delete-backup', target, ['--backup-arn', 'ARN']);

/** Deletes one recovery point of a vault, which its access policy may deny. */
export const deleteVaultPointCommands = (vault: string, target: Target): readonly Command[] =>
  throughGuard({ name: vault, target }, [
    ...['aws', 'backup', 'delete-recovery-point', '--region', target.region],
    ...['--backup-vault-name', vault, '--recovery-point-arn', 'ARN'],
  ]);

/** As long as AWS Backup keeps anything. */
const FOREVER_DAYS = 36_500;

const keepPointCommand = (
  { name, target }: Vault,
  id: string,
  coldAfterDays: number | undefined,
): Command => [
  ...['aws', 'backup', 'update-recovery-point-lifecycle', '--region', target.region],
  ...['--backup-vault-name', name, '--recovery-point-arn', id, '--lifecycle'],
  `DeleteAfterDays=${FOREVER_DAYS}${coldAfterDays === undefined ? '' : `,MoveToColdStorageAfterDays=${coldAfterDays}`}`,
];

/** Keeps recovery points of a vault for good, which its access policy may deny. What is left out of a lifecycle is taken away. */
export const keepPointCommands = (
  vault: Vault,
  ids: readonly string[],
  coldAfterDays: number | undefined,
): readonly Command[] => throughGuard(vault, ...ids.map((id) => keepPointCommand(vault, id, coldAfterDays)));

/** Gives a recovery point in a vault the tag that says whose it is. */
export const tagPointCommand = (recoveryPointArn: string, mark: string, { region }: Target): Command => [
  ...['aws', 'backup', 'tag-resource', '--region', region],
  ...['--resource-arn', recoveryPointArn, '--tags', `${POINT_TAG}=${mark}`],
];

/** Deletes one of some recovery points: the commands for each place that they are in. `guardedText` says what stands around those of vaults. */
export const deletePointCommands = (
  points: readonly Pick<RecoveryPoint, 'location'>[],
  target: Target,
): readonly Command[] => {
  const vaults = new Set(points.map(({ location }) => location.vault));
  return [...vaults]
    .toSorted()
    .flatMap((vault) =>
      vault === undefined ? [deleteBackupCommand(target)] : deleteVaultPointCommands(vault, target),
    );
};

/** Deploys, from the folder of the repository. */
export const DEPLOY_COMMAND: Command = ['npm', 'run', 'deploy'];

/** Shows what a function logged within a day. */
export const logCommand = (functionName: string): Command => [
  ...['aws', 'logs', 'tail', `/aws/lambda/${functionName}`],
  ...['--since', '1d'],
];

/** Shows what a function logged in the days in UTC from that of the first instant to that of the last. */
export const logOfDaysCommand = (functionName: string, from: Instant, to: Instant): Command => [
  ...['aws', 'logs', 'filter-log-events', '--log-group-name', `/aws/lambda/${functionName}`],
  ...['--start-time', String(Math.floor(from / DAY_MS) * DAY_MS)],
  ...['--end-time', String((Math.floor(to / DAY_MS) + 1) * DAY_MS)],
  ...['--query', 'events[].message', '--output', 'text'],
];

/** Shows what would be done, and all that is wrong. */
export const PLAN_COMMAND: Command = ['tablekeeper', 'plan'];

/** Makes a list of prices. */
export const PRICES_COMMAND: Command = ['npx', 'tablekeeper', 'prices', 'OFFER'];

/** Shows what a kind of finding means. */
export const FINDING_COMMAND: Command = ['npx', 'tablekeeper', 'finding', 'KIND'];

/** Lists all kinds of finding. */
export const FINDINGS_COMMAND: Command = ['tablekeeper', 'finding'];

/** Writes one page of all tables. */
export const REPORT_COMMAND: Command = ['tablekeeper', 'report'];

/** Shows what the deployment lacks. */
export const DOCTOR_COMMAND: Command = ['tablekeeper', 'doctor'];

/** Does by hand what a function does on its schedule. */
export const runCommand = (name: 'audit' | 'backup' | 'prune', ...options: Command): Command => [
  ...['tablekeeper', 'run', name],
  ...options,
];

/** Lists the latest jobs of AWS Backup for a table. */
export const listJobsCommand = (
  table: string,
  target: Target,
  kind: 'backup' | 'copy' = 'backup',
): Command => [
  ...['aws', 'backup', `list-${kind}-jobs`, '--region', target.region],
  ...['--by-resource-arn', tableArn(table, target)],
];

/** Lists what a vault holds of a table. */
export const listVaultCommand = (table: string, vault: string, target: Target, home = target): Command => [
  ...['aws', 'backup', 'list-recovery-points-by-backup-vault', '--region', target.region],
  ...['--backup-vault-name', vault, '--by-resource-arn', tableArn(table, home)],
];

/** Shows which features of AWS Backup are on for DynamoDB in the Region. */
export const regionSettingsCommand = (target: Target): Command => [
  ...['aws', 'backup', 'describe-region-settings', '--region', target.region],
];
