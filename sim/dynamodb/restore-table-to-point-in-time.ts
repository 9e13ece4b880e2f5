import type { RestoreTableToPointInTimeInput } from '@aws-sdk/client-dynamodb';
import { serviceFailure, validationFailure } from '../failure.ts';
import type { Operation } from '../operation.ts';
import { NEW_NAME, validated } from '../validation.ts';
import { restorableTable } from './find.ts';
import { windowOf } from './pitr.ts';
import { refuseTarget, restoredDefinition, startRestore } from './restore.ts';
import type { Table } from './table.ts';
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

/** The settings of the source as they are now, its items as they were then. */
export const restoreTableToPointInTime: Operation = (context, raw) => {
  const { account, now } = context;
  const input = validated<WireInput>(raw, CONSTRAINTS);
  const sourceName = sourceOf(input);
  const asked = instantOf(input);
  const source = restorableTable(context, sourceName);
  const restoreAt = restoreInstant(source, asked, now);
  const targetName = input.TargetTableName ?? '';
  const { RestoreDateTime: _time, ...overrides } = input;
  const definition = restoredDefinition(source.definition, overrides);
  refuseTarget(context, targetName);
  const items = account.state.items.copyAsOf(source, restoreAt);
  const { sizeBytes, itemCount, arn: sourceTableArn } = source;
  const origin = { sourceTableArn, restoreAt };
  const table = startRestore(context, { targetName, definition, origin, sizeBytes, itemCount, items });
  return { TableDescription: tableShape(table, now) };
};
