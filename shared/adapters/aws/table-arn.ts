import type { Target } from '../../model/target.ts';
import type { ClientOptions } from './clients.ts';
import { statedText } from './reading.ts';

/**
 * Given a Region, returns the partition that its ARNs begin with: `aws`, `aws-cn`, `aws-us-gov`.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html (checked 2026-11-22)
 */
export const partitionOf = (region: string): string => {
  if (region.startsWith('cn-')) return 'aws-cn';
  return region.startsWith('us-gov-') ? 'aws-us-gov' : 'aws';
};

/**
 * Given a run's options, returns the account its credentials belong to. At the edge a `UserError` says what to do where there are no
 * credentials or they do not count. The STS client is loaded only here: functions know their account and never ask.
 */
export const readAccountId = async (options: ClientOptions): Promise<string> => {
  const { readCallerAccount } = await import('./caller-identity.ts');
  return await readCallerAccount(options);
};

/** What a table's ARN says. */
export interface TableArn {
  readonly region: string;
  readonly accountId: string;
  readonly table: string;
}

const PATTERN = /^arn:aws[a-z-]*:dynamodb:([a-z0-9-]+):(\d{12}):table\/([a-zA-Z0-9_.-]{3,255})(\/.+)?$/;

/**
 * Given an ARN, returns the table it names. At the edge: `part` for what belongs to a table (an index, a stream, a backup), undefined for
 * everything else.
 */
export const parseTableArn = (arn: string): TableArn | 'part' | undefined => {
  const [, region, accountId, table, rest] = PATTERN.exec(arn) ?? [];
  if (region === undefined || accountId === undefined || table === undefined) return undefined;
  return rest === undefined ? { region, accountId, table } : 'part';
};

/** Given a table's name and where it is, returns its ARN. At the edge nothing is checked: the service refuses what is no name. */
export const tableArn = (table: string, { accountId, region }: Target): string =>
  `arn:${partitionOf(region)}:dynamodb:${region}:${accountId}:table/${table}`;

/** A table as the service names it in many places. */
interface NamedTable {
  readonly TableId?: string | undefined;
  readonly TableName?: string | undefined;
}

/**
 * Given what an answer says of a table, returns the id of its incarnation. At the edge a service that states no id (some emulators) leaves
 * the name as all the identity there is; undefined without either.
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TableDescription.html (checked 2026-11-22)
 */
export const incarnationOf = ({ TableId, TableName }: NamedTable): string | undefined =>
  statedText(TableId) ?? statedText(TableName);
