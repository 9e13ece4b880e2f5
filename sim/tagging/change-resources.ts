import type { SimAccount } from '../account.ts';
import { parseBackupArn } from '../arn.ts';
import { statusOf, type Table, type Tags } from '../dynamodb/table.ts';
import { changeTags } from '../dynamodb/tags.ts';
import type { Context, Operation } from '../operation.ts';
import { invalidParameter } from './filters.ts';

interface ChangeInput {
  readonly ResourceARNList?: readonly string[];
  readonly Tags?: Readonly<Record<string, string>>;
  readonly TagKeys?: readonly string[];
}

const MAX_RESOURCES = 20;

const tableByArn = (account: SimAccount, arn: string, now: number): Table | undefined => {
  const parts = parseBackupArn(arn);
  const table = parts && parts.backupId === undefined ? account.state.tables.get(parts.tableName) : undefined;
  return table && table.arn === arn && statusOf(table, now) !== 'CREATING' ? table : undefined;
};

const notFound = (arn: string) => ({
  StatusCode: 400,
  ErrorCode: 'InvalidParameterException',
  ErrorMessage: `Requested resource not found: ${arn}`,
});

/** Resources that could not be changed are named in the answer; the call itself goes well. */
const changeAll = (
  { account, now }: Context,
  arns: readonly string[],
  change: (tags: Tags) => Tags,
): object => {
  if (arns.length < 1 || arns.length > MAX_RESOURCES) {
    throw invalidParameter(`ResourceARNList must hold between 1 and ${MAX_RESOURCES} ARNs`);
  }
  const failed: [string, object][] = [];
  for (const arn of arns) {
    const table = tableByArn(account, arn, now);
    if (table) changeTags(account, table, change(table.tags), account.state.settings.tagLagMs);
    else failed.push([arn, notFound(arn)]);
  }
  return { FailedResourcesMap: Object.fromEntries(failed) };
};

export const tagResources: Operation = (context, raw) => {
  const input = raw as ChangeInput;
  return changeAll(context, input.ResourceARNList ?? [], (tags) => ({ ...tags, ...input.Tags }));
};

export const untagResources: Operation = (context, raw) => {
  const input = raw as ChangeInput;
  const removed = new Set(input.TagKeys);
  return changeAll(context, input.ResourceARNList ?? [], (tags) =>
    Object.fromEntries(Object.entries(tags).filter(([key]) => !removed.has(key))),
  );
};
