import type { SimAccount } from '../../account.ts';
import { demandMet } from '../../authorization.ts';
import type { Caller, Input } from '../../call.ts';
import { serviceFailure } from '../../failure.ts';
import type { Context, Operation } from '../../operation.ts';
import type { Item } from '../items/item-engine.ts';
import { exportFiles, summaryKeyOf } from './export-files.ts';
import { type ExportSource, exportSourceIn } from './export-input.ts';
import { filteredItems } from './export-items.ts';
import { exportShape } from './export-shape.ts';
import type { Export } from './exports.ts';

/** How long a token is remembered. */
const TOKEN_MS = 8 * 3_600_000;

/** The same for the same request, in whatever order it came. */
const textOf = (input: object): string =>
  JSON.stringify(Object.entries(input).toSorted(([a], [b]) => (a < b ? -1 : 1)));

/** The export that an earlier request with the same token began. */
const begunBefore = (
  { account, now }: Context,
  { ClientToken: token, ...input }: Input,
): Export | undefined => {
  const known = [...account.state.exports.values()].findLast(
    (one) => token !== undefined && one.token === token && now - one.startedAt < TOKEN_MS,
  );
  if (known === undefined || known.asked === textOf(input)) return known;
  throw serviceFailure(
    'ExportConflictException',
    `Export with client token ${String(token)} is already in progress with different parameters`,
  );
};

/** The bucket is looked at once the export runs, minutes after it was accepted. */
const troubleOf = (account: SimAccount, one: Export, caller: Caller): Export['failure'] => {
  if (!account.state.buckets.has(one.bucket))
    return { code: 'S3NoSuchBucket', message: `The specified bucket ${one.bucket} does not exist` };
  const resource = `arn:aws:s3:::${one.bucket}/${one.prefix ?? ''}`;
  const rights = ['s3:PutObject', 's3:AbortMultipartUpload', 's3:PutObjectAcl'];
  return rights.every((action) => demandMet(account, caller, { action, resource }))
    ? undefined
    : { code: 'S3AccessDenied', message: 'Access Denied' };
};

/** How many files the items of an export are written to. */
const DATA_FILES = 2;

const finish = (
  account: SimAccount,
  one: Export,
  items: Promise<readonly Item[]>,
  caller: Caller,
  at: number,
): void => {
  const failure = troubleOf(account, one, caller);
  one.endedAt = at;
  one.status = failure === undefined ? 'COMPLETED' : 'FAILED';
  one.failure = failure;
  if (failure !== undefined) return;
  one.manifestKey = summaryKeyOf(one);
  const names = Array.from({ length: DATA_FILES }, () => account.state.random.hex(26));
  const bucket = account.state.buckets.get(one.bucket);
  for (const [key, bytes] of exportFiles(one, items, names)) bucket?.set(key, { key, bytes, at });
};

const NO_ITEMS: Promise<readonly Item[]> = Promise.resolve([]);

const newExport = (
  { account, now }: Context,
  { input, table, exportTime }: ExportSource,
  items: Promise<readonly Item[]>,
): Export => {
  const { ClientToken: token, ...asked } = input;
  const id = `${String(now).padStart(14, '0')}-${account.state.random.hex(8)}`;
  return {
    arn: `${table.arn}/export/${id}`,
    tableArn: table.arn,
    ...{ tableId: table.id, tableName: table.name, startedAt: now, exportTime, token },
    bucket: input.S3Bucket,
    prefix: input.S3Prefix,
    asked: textOf(asked),
    format: input.ExportFormat ?? 'DYNAMODB_JSON',
    sizeBytes: table.sizeBytes,
    itemCount: items.then((all) => all.length),
    ...{ status: 'IN_PROGRESS', endedAt: undefined, manifestKey: undefined, failure: undefined },
  };
};

/** Exports a table as it was at an instant; accepted at once, and written minutes later. */
export const exportTableToPointInTime: Operation = (context, raw) => {
  const { account, caller, now } = context;
  const known = begunBefore(context, raw);
  if (known !== undefined) return exportShape(known).then((ExportDescription) => ({ ExportDescription }));
  const source = exportSourceIn(context, raw);
  const { table, exportTime, input } = source;
  const all = account.state.items.copyAsOf(table, exportTime) ?? NO_ITEMS;
  const items = account.state.items.wait(
    all.then((some) => filteredItems(table, some, input.FilterSpecification)),
  );
  const one = newExport(context, source, items);
  account.state.exports.set(one.arn, one);
  const { arn, bucket, prefix = '', tableName, tableId } = one;
  account.state.ledger.write({
    kind: 'table-exported',
    at: now,
    tableName,
    tableId,
    arn,
    bucket,
    prefix,
    by: caller,
  });
  const endsAt = now + account.state.random.between(...account.state.settings.exportMs);
  account.state.at(endsAt, (at) => finish(account, one, items, caller, at));
  return exportShape(one).then((ExportDescription) => ({ ExportDescription }));
};
