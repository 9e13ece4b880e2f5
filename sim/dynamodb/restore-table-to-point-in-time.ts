import type { RestoreTableToPointInTimeInput } from '@aws-sdk/client-dynamodb';
import type { SimAccount } from '../account.ts';
import { parseBackupArn } from '../arn.ts';
import { serviceFailure, validationFailure } from '../failure.ts';
import type { Operation } from '../operation.ts';
import { NEW_NAME, validated } from '../validation.ts';
import { restorableTable } from './find.ts';
import { refuseKey } from './keys.ts';
import { windowOf } from './pitr.ts';
import { refuseAcrossRegions, refuseEmptyMaximum, refuseTarget, startRestore } from './restore.ts';
import { restoredDefinition } from './restored-definition.ts';
import { type Definition, definitionAsOf, type Table } from './table.ts';
import { tableShape } from './table-shape.ts';

const CONSTRAINTS = {
  TargetTableName: NEW_NAME,
  SourceTableName: { length: [3, 255], pattern: /[a-zA-Z0-9_.-]+/ },
  SourceTableArn: { length: [1, 1024] },
  BillingModeOverride: { oneOf: ['PROVISIONED', 'PAY_PER_REQUEST'] },
} as const;

type WireInput = Omit<RestoreTableToPointInTimeInput, 'RestoreDateTime'> & {
  /** Seconds. */
  readonly RestoreDateTime?: number;
};

const sourceOf = ({ SourceTableName: name, SourceTableArn: arn }: WireInput): string => {
  if (name !== undefined && arn !== undefined) {
    throw validationFailure('Only one of SourceTableName or SourceTableArn can be specified');
  }
  const source = name ?? arn;
  if (source === undefined)
    throw validationFailure('Either SourceTableName or SourceTableArn must be specified');
  return source;
};

/** The instant asked for, or undefined for the latest. */
const instantOf = ({
  UseLatestRestorableTime: latest,
  RestoreDateTime: time,
}: WireInput): number | undefined => {
  if (latest && time !== undefined) {
    throw validationFailure('Only one of UseLatestRestorableTime or RestoreDateTime can be specified');
  }
  if (!latest && time === undefined) {
    throw validationFailure('Either UseLatestRestorableTime or RestoreDateTime must be specified');
  }
  return time === undefined ? undefined : Math.round(time * 1000);
};

const restoreInstant = (source: Table, asked: number | undefined, now: number): number => {
  if (!source.pitr) {
    const message = `Point in time recovery is not enabled for table '${source.name}'`;
    throw serviceFailure('PointInTimeRecoveryUnavailableException', message);
  }
  const { earliest, latest } = windowOf(source.pitr, now, source.pitrLagMs);
  const instant = asked ?? latest;
  if (instant >= earliest && instant <= latest) return instant;
  const bounds = [earliest, latest].map((bound) => new Date(bound).toISOString());
  const message = `The time provided for restore is outside of the restorable window: EarliestRestorableDateTime: ${bounds[0]}, LatestRestorableDateTime: ${bounds[1]}`;
  throw serviceFailure('InvalidRestoreTimeException', message);
};

/** The account in the Region where the source is. */
const homeOf = (account: SimAccount, source: string): SimAccount => {
  const parts = parseBackupArn(source);
  if (parts && parts.accountId !== account.accountId) {
    throw serviceFailure('AccessDeniedException', `Access to the resource ${source} is denied.`);
  }
  if (parts === undefined || parts.region === account.region) return account;
  return account.state.regions.get(parts.region) ?? account;
};

const LEAST = { ReadCapacityUnits: 1, WriteCapacityUnits: 1 };

/** The settings that a restore to an instant brings back: sources disagree, so the account says which. */
const recordedDefinition = (account: SimAccount, source: Table, instant: number): Definition => {
  switch (account.state.settings.pitrSettings) {
    case 'now':
      return source.definition;
    case 'then':
      return definitionAsOf(source, instant);
    case 'least-capacity':
      return source.definition.billingMode === 'PROVISIONED'
        ? { ...source.definition, provisionedThroughput: LEAST }
        : source.definition;
  }
};

/** The items of the source as they were then; its settings as the account's own say. */
export const restoreTableToPointInTime: Operation = (context, raw) => {
  const { account, now } = context;
  const input = validated<WireInput>(raw, CONSTRAINTS);
  const sourceName = sourceOf(input);
  const asked = instantOf(input);
  const home = homeOf(account, sourceName);
  const source = restorableTable({ ...context, account: home }, sourceName);
  const restoreAt = restoreInstant(source, asked, now);
  const targetName = input.TargetTableName ?? '';
  const { RestoreDateTime: _time, ...overrides } = input;
  refuseAcrossRegions(home.region, account.region, overrides);
  const definition = restoredDefinition(recordedDefinition(account, source, restoreAt), overrides);
  refuseTarget(context, targetName);
  if (home === account) refuseKey(account, source.definition.sse);
  refuseKey(account, definition.sse);
  const items = home.state.items.copyAsOf(source, restoreAt);
  const { sizeBytes, itemCount, arn: sourceTableArn } = source;
  const origin = { sourceTableArn, restoreAt };
  const { crossRegionRestoreMs, pitrRestoreMs, restoreMs } = account.state.settings;
  const durationMs = home === account ? (pitrRestoreMs ?? restoreMs) : crossRegionRestoreMs;
  const restore = { targetName, definition, origin, sizeBytes, itemCount, items, durationMs };
  const table = startRestore(context, restore);
  refuseEmptyMaximum(overrides, table);
  return { TableDescription: tableShape(table, now, account.state.settings) };
};
