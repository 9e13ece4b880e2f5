import type { Target } from '../../model/target.ts';

/** The command that switches PITR on with a period, because switching on alone sets the period to 35 days. */
export const switchPitrOn = (table: string, days: number, { region }: Target): string =>
  `aws dynamodb update-continuous-backups --region ${region} --table-name ${table} ` +
  `--point-in-time-recovery-specification PointInTimeRecoveryEnabled=true,RecoveryPeriodInDays=${days}`;

/** The command that lists who changed a table lately, as CloudTrail has it. */
export const whoChanged = (table: string, { region }: Target): string =>
  `aws cloudtrail lookup-events --region ${region} --lookup-attributes AttributeKey=ResourceName,AttributeValue=${table}`;

/** The command that lists who called an operation lately, on whatever table, as CloudTrail has it. */
export const whoCalled = (operation: string, { region }: Target): string =>
  `aws cloudtrail lookup-events --region ${region} --lookup-attributes AttributeKey=EventName,AttributeValue=${operation}`;

/** The command that shows all that is known of a table. */
export const explain = (table: string): string => `tablekeeper explain ${table}`;

/** The command that shows a table's status and key. */
export const describeTable = (table: string, { region }: Target): string =>
  `aws dynamodb describe-table --region ${region} --table-name ${table}`;

/** China and GovCloud have ARNs of their own. */
const partitionOf = (region: string): string => {
  if (region.startsWith('cn-')) return 'aws-cn';
  return region.startsWith('us-gov-') ? 'aws-us-gov' : 'aws';
};

/** A tag's key may hold spaces. */
const shellWord = (text: string): string => (text.includes(' ') ? `'${text}'` : text);

const tableArn = (table: string, { accountId, region }: Target): string =>
  `arn:${partitionOf(region)}:dynamodb:${region}:${accountId}:table/${table}`;

/** The command that sets a table's tag: the policy tag unless the value is given. */
export const tagTable = (table: string, tag: string, target: Target, value = 'POLICY'): string =>
  `aws dynamodb tag-resource --region ${target.region} --resource-arn ${tableArn(table, target)} ` +
  `--tags ${shellWord(`Key=${tag},Value=${value}`)}`;

/** The command that takes a tag from a table. */
export const untagTable = (table: string, tag: string, target: Target): string =>
  `aws dynamodb untag-resource --region ${target.region} --resource-arn ${tableArn(table, target)} ` +
  `--tag-keys ${shellWord(tag)}`;

/** The command that lists a table's recovery points. */
export const listBackups = (table: string, { region }: Target): string =>
  `aws dynamodb list-backups --region ${region} --table-name ${table} --backup-type USER`;

/** The command that lists what DynamoDB itself made of a table that was deleted. */
export const listSystemBackups = (table: string, { region }: Target): string =>
  `aws dynamodb list-backups --region ${region} --table-name ${table} --backup-type SYSTEM`;

/** The command that restores a table under a name from one backup. */
export const restoreTable = (table: string, backupArn: string, { region }: Target): string =>
  `aws dynamodb restore-table-from-backup --region ${region} --target-table-name ${table} --backup-arn ${backupArn}`;

/** The command that deletes one recovery point. */
export const deleteBackup = ({ region }: Target): string =>
  `aws dynamodb delete-backup --region ${region} --backup-arn ARN`;
