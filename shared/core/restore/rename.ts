import type { Json } from '../../model/table-settings.ts';
import type { NamedTable, RestoreNames } from './context.ts';

const TABLE_ARN = /^(arn:[^:]*:dynamodb:)([^:]*):([^:]*):table\/([^/]+)(.*)$/s;
const STREAM = /^\/stream\/[^/*?]+/;

const LABEL = /\/stream\/([^/]+)$/;

/** Returns the label in the ARN of a stream: the part that every stream has for itself. */
export const streamLabelOf = (streamArn: string): string | undefined => LABEL.exec(streamArn)?.[1];

/** `*` names the source along with others. */
const isOf = (part: string, own: string): boolean => part === own || part === '*';

const movedPart = (part: string, from: string, to: string): string => (part === from ? to : part);

/**
 * Rewrites an ARN of the source, its indexes or its stream into that of the restored table. Returns every other text as it is: ARNs of other
 * tables, of the table's replicas elsewhere, of other accounts, and patterns that do not name the table.
 */
export const renamedArn = (text: string, { from, to }: RestoreNames, streamLabel: string): string => {
  const [, head, region, accountId, table, rest] = TABLE_ARN.exec(text) ?? [];
  if (head === undefined || region === undefined || accountId === undefined || rest === undefined)
    return text;
  const isSource = isOf(region, from.region) && isOf(accountId, from.accountId) && table === from.table;
  if (!isSource) return text;
  const place = `${movedPart(region, from.region, to.region)}:${movedPart(accountId, from.accountId, to.accountId)}`;
  return `${head}${place}:table/${to.table}${rest.replace(STREAM, () => `/stream/${streamLabel}`)}`;
};

const isObject = (value: Json): value is { readonly [key: string]: Json } =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** `{ Name: 'TableName', Value: 'orders' }`: how a metric names its table. */
const isDimensionOf = (value: { readonly [key: string]: Json }, { table }: NamedTable): boolean =>
  value.Name === 'TableName' && value.Value === table;

/** Rewrites what names the source anywhere in a setting: its ARNs, and the dimensions of its metrics. Keys are not rewritten. */
export const renamed = (value: Json, names: RestoreNames, streamLabel: string): Json => {
  if (typeof value === 'string') return renamedArn(value, names, streamLabel);
  if (Array.isArray(value)) return value.map((entry: Json) => renamed(entry, names, streamLabel));
  if (!isObject(value)) return value;
  if (isDimensionOf(value, names.from)) return { ...value, Value: names.to.table };
  return Object.fromEntries(
    Object.entries(value).map(([key, entry]) => [key, renamed(entry, names, streamLabel)]),
  );
};

/** Rewrites `table/orders/index/by-day`. Returns what names another table as it is. */
export const renamedResource = (resourceId: string, { from, to }: RestoreNames): string => {
  const own = `table/${from.table}`;
  if (resourceId === own) return `table/${to.table}`;
  return resourceId.startsWith(`${own}/`) ? `table/${to.table}${resourceId.slice(own.length)}` : resourceId;
};
