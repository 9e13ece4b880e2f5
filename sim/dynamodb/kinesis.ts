import { serviceFailure, validationFailure } from '../failure.ts';
import type { Context, Operation } from '../operation.ts';
import { type Constraints, TABLE_NAME_OR_ARN, validated } from '../validation.ts';
import { refuseUnlessActive } from './delete-table.ts';
import { createdTable } from './find.ts';
import type { Table } from './table.ts';
import type { KinesisDestination } from './table-settings.ts';
import { countChange } from './update-limits.ts';

interface KinesisInput {
  readonly TableName: string;
  readonly StreamArn: string;
  readonly EnableKinesisStreamingConfiguration?: Precision;
  readonly UpdateKinesisStreamingConfiguration?: Precision;
}

interface Precision {
  readonly ApproximateCreationDateTimePrecision?: KinesisDestination['precision'];
}

const CONSTRAINTS: Constraints = {
  TableName: TABLE_NAME_OR_ARN,
  StreamArn: { required: true, length: [37, 1024] },
};

const statusOf = ({ status, underWay }: KinesisDestination, now: number): string =>
  now < underWay.until ? underWay.status : status;

const changeable = (
  context: Context,
  raw: object,
): { readonly table: Table; readonly input: KinesisInput } => {
  const input = validated<KinesisInput>(raw as KinesisInput & Record<string, unknown>, CONSTRAINTS);
  const table = createdTable(context, input.TableName);
  refuseUnlessActive(table, context.now);
  if (!/^arn:[^:]+:kinesis:[^:]+:\d{12}:stream\/.+$/.test(input.StreamArn)) {
    throw validationFailure(`Invalid StreamArn: ${input.StreamArn}`);
  }
  return { table, input };
};

const refuseState = (verb: 'DISABLE' | 'ENABLE' | 'UPDATE', found: string | undefined): void => {
  const allowed: Readonly<Record<typeof verb, readonly (string | undefined)[]>> = {
    ENABLE: [undefined, 'DISABLED', 'ENABLE_FAILED'],
    DISABLE: ['ACTIVE'],
    UPDATE: ['ACTIVE'],
  };
  if (allowed[verb].includes(found)) return;
  const name = { ENABLE: 'Enable', DISABLE: 'Disable', UPDATE: 'Update' }[verb];
  const wanted = verb === 'ENABLE' ? 'DISABLED or ENABLE_FAILED' : 'ACTIVE';
  throw validationFailure(
    `Table is not in a valid state to ${name.toLowerCase()} Kinesis Streaming Destination: ${name}KinesisStreamingDestination must be ${wanted} to perform ${verb} operation.`,
  );
};

const answer = (table: Table, destination: KinesisDestination, now: number, member: string): object => ({
  TableName: table.name,
  StreamArn: destination.streamArn,
  DestinationStatus: statusOf(destination, now),
  [member]: { ApproximateCreationDateTimePrecision: destination.precision },
});

/** A destination whose stream is not there ends as ENABLE_FAILED. */
export const enableKinesisStreamingDestination: Operation = (context, raw) => {
  const { table, input } = changeable(context, raw);
  const { account, now } = context;
  const found = table.settings.kinesis.get(input.StreamArn);
  refuseState('ENABLE', found && statusOf(found, now));
  const { missingStreams, kinesisMs } = account.state.settings;
  const { ApproximateCreationDateTimePrecision: precision = 'MILLISECOND' } =
    input.EnableKinesisStreamingConfiguration ?? {};
  const destination: KinesisDestination = {
    streamArn: input.StreamArn,
    precision,
    status: missingStreams.includes(input.StreamArn) ? 'ENABLE_FAILED' : 'ACTIVE',
    underWay: { status: 'ENABLING', until: now + kinesisMs },
  };
  table.settings.kinesis.set(input.StreamArn, destination);
  return answer(table, destination, now, 'EnableKinesisStreamingConfiguration');
};

const required = (table: Table, arn: string): KinesisDestination => {
  const found = table.settings.kinesis.get(arn);
  if (found) return found;
  throw serviceFailure(
    'ResourceNotFoundException',
    `Requested resource not found: Table: ${table.name} has no Kinesis streaming destination ${arn}`,
  );
};

export const disableKinesisStreamingDestination: Operation = (context, raw) => {
  const { table, input } = changeable(context, raw);
  const { account, now } = context;
  const found = required(table, input.StreamArn);
  refuseState('DISABLE', statusOf(found, now));
  const underWay = { status: 'DISABLING', until: now + account.state.settings.kinesisMs } as const;
  const destination: KinesisDestination = { ...found, status: 'DISABLED', underWay };
  table.settings.kinesis.set(input.StreamArn, destination);
  return answer(table, destination, now, 'EnableKinesisStreamingConfiguration');
};

export const updateKinesisStreamingDestination: Operation = (context, raw) => {
  const { table, input } = changeable(context, raw);
  const { account, now } = context;
  const found = required(table, input.StreamArn);
  refuseState('UPDATE', statusOf(found, now));
  const { ApproximateCreationDateTimePrecision: precision = found.precision } =
    input.UpdateKinesisStreamingConfiguration ?? {};
  if (precision === found.precision) {
    throw validationFailure(
      `Invalid Request: Precision is already set to the desired value of ${precision} for tableName: ${table.name}, streamArn: ${input.StreamArn}`,
    );
  }
  countChange(table, 'kinesis precision', now);
  const underWay = { status: 'UPDATING', until: now + account.state.settings.kinesisMs } as const;
  const destination: KinesisDestination = { ...found, precision, underWay };
  table.settings.kinesis.set(input.StreamArn, destination);
  return answer(table, destination, now, 'UpdateKinesisStreamingConfiguration');
};

export const describeKinesisStreamingDestination: Operation = (context, raw) => {
  const input = validated<KinesisInput>(raw, { TableName: TABLE_NAME_OR_ARN });
  const table = createdTable(context, input.TableName);
  return {
    TableName: table.name,
    KinesisDataStreamDestinations: [...table.settings.kinesis.values()].map((destination) => ({
      StreamArn: destination.streamArn,
      DestinationStatus: statusOf(destination, context.now),
      ApproximateCreationDateTimePrecision: destination.precision,
    })),
  };
};
