import { statedText } from './stated.ts';

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
