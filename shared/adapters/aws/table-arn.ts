import type { Target } from '../../model/target.ts';
import { partitionOf } from './partition.ts';

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
