import { parseBackupArn } from '../arn.ts';
import { serviceFailure, validationFailure } from '../failure.ts';
import type { Context } from '../operation.ts';
import type { Constraint } from '../validation.ts';
import { createdTable } from './find.ts';
import type { Table } from './table.ts';

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
