import type { Caller } from './caller-identity.ts';
import type { ClientOptions } from './clients.ts';
import { statedText } from './reading.ts';

/**
 * Reads whose credentials these are. Throws a `UserError` with what to do when there are no credentials or they are not accepted. The STS client is
 * loaded only here: functions know their account and never ask.
 */
export const readCaller = async (options: ClientOptions): Promise<Caller> => {
  const { readCallerIdentity } = await import('./caller-identity.ts');
  return await readCallerIdentity(options);
};

/** What a table's ARN says. */
export interface TableArn {
  readonly region: string;
  readonly accountId: string;
  readonly table: string;
}

const PATTERN = /^arn:aws[a-z-]*:dynamodb:([a-z0-9-]+):(\d{12}):table\/([a-zA-Z0-9_.-]{3,255})(\/.+)?$/;

/** Parses the table in an ARN. Returns `part` for what belongs to a table (an index, a stream, a backup), undefined for everything else. */
export const parseTableArn = (arn: string): TableArn | 'part' | undefined => {
  const [, region, accountId, table, rest] = PATTERN.exec(arn) ?? [];
  if (region === undefined || accountId === undefined || table === undefined) return undefined;
  return rest === undefined ? { region, accountId, table } : 'part';
};

/** A table as the service names it in many places. */
interface NamedTable {
  readonly TableId?: string | undefined;
  readonly TableName?: string | undefined;
}

/**
 * Returns the id of a table's incarnation. A service that states no id (some emulators) leaves the name as the only identity; undefined without
 * either.
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TableDescription.html (checked 2026-11-22)
 */
export const incarnationOf = ({ TableId, TableName }: NamedTable): string | undefined =>
  statedText(TableId) ?? statedText(TableName);
