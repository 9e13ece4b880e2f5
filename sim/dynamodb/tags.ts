import type { Tag } from '@aws-sdk/client-dynamodb';
import type { SimAccount } from '../account.ts';
import { parseBackupArn } from '../arn.ts';
import { serviceFailure, validationFailure } from '../failure.ts';
import type { Context } from '../operation.ts';
import type { Constraint } from '../validation.ts';
import { createdTable } from './find.ts';
import type { Table, Tags } from './table.ts';

const MAX_TAGS = 50;
const ALLOWED = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u;

const breachOf = (key: string, value: string): string | undefined => {
  if (key.length < 1 || key.length > 128) return 'Tag keys must have between 1 and 128 characters';
  if (value.length > 256) return 'Tag values must have at most 256 characters';
  if (/^aws:/i.test(key)) return 'Tag keys starting with aws: are reserved for system use';
  if (!ALLOWED.test(key)) return `The tag key ${key} contains invalid characters`;
  return ALLOWED.test(value) ? undefined : `The tag value ${value} contains invalid characters`;
};

/** Reads tags from the wire, by key; throws a validation failure for what no AWS tag may be. */
export const readTags = (tags: readonly Tag[]): Tags => {
  for (const { Key: key = '', Value: value = '' } of tags) {
    const breach = breachOf(key, value);
    if (breach) throw validationFailure(`One or more parameter values were invalid: ${breach}`);
  }
  return Object.fromEntries(tags.map(({ Key: key = '', Value: value = '' }) => [key, value]));
};

export const refuseTooMany = (tags: Tags): void => {
  if (Object.keys(tags).length <= MAX_TAGS) return;
  throw validationFailure(
    `One or more parameter values were invalid: Too many tags: at most ${MAX_TAGS} are allowed`,
  );
};

export const RESOURCE_ARN: Constraint = { required: true, length: [1, 1283] };

/** A table by the ARN that the tag operations take. Backups cannot bear tags. */
export const taggedTable = (context: Context, arn: string): Table => {
  const parts = parseBackupArn(arn);
  if (!parts || parts.backupId !== undefined || parts.service !== 'dynamodb') {
    throw validationFailure(`Invalid TableArn: ${arn}`);
  }
  const { accountId, region } = context.account;
  if (parts.accountId !== accountId || parts.region !== region) {
    throw serviceFailure('AccessDeniedException', `Access to the resource ${arn} is denied.`);
  }
  return createdTable(context, parts.tableName);
};

/** A change of tags locks them for a moment. */
export const lockTags = (context: Context, table: Table): void => {
  if (context.now < table.tagsLockedUntil) {
    const message = `Subscriber limit exceeded: Table tags are being updated: ${table.name}`;
    throw serviceFailure('LimitExceededException', message);
  }
  table.tagsLockedUntil = context.now + context.account.state.settings.tagLockMs;
};

const later = ({ clock, state }: SimAccount, lagMs: number, show: () => void): void => {
  if (lagMs > 0) state.at(clock.now() + lagMs, show);
  else show();
};

/** Sets all tags of a table. The tagging API learns of it that much later, DynamoDB's own list of tags sooner. */
export const changeTags = (account: SimAccount, table: Table, tags: Tags, lagMs: number): void => {
  const { state } = account;
  const wasEverTagged = Object.keys(tags).length > 0 || Object.keys(table.tags).length > 0;
  table.tags = tags;
  later(account, Math.min(lagMs, state.settings.ownTagLagMs), () => {
    table.listedTags = tags;
  });
  later(account, lagMs, () => {
    if (wasEverTagged && state.tables.get(table.name) === table)
      state.tagIndex.set(table.arn, tags, table.id);
  });
};
