import { DescribeTableCommand } from '@aws-sdk/client-dynamodb';
import type { CutoverOutcome, CutoverRecord, CutoverStep, StreamReader } from '../../model/cutover.ts';
import { assertNever } from '../../model/errors.ts';
import { ownFailure } from '../../model/failure.ts';
import type { AccountStep, CutoverWriter } from '../../ports/cutover.ts';
import { type ClientOptions, createDynamoDBClient, createOnceClient } from '../aws/clients.ts';
import { readingOf } from '../aws/reading.ts';
import { createAttachmentClients } from '../restore/settings-clients.ts';
import { deleteOldTable, liftProtection, nameIsFree } from './delete-table.ts';
import { makeFinalPoint, readFinalPoint } from './final-points.ts';
import { makeAlarm } from './make-alarm.ts';
import { deleteMapping, makeMapping, switchMapping } from './mappings.ts';
import { readWriteUnits } from './metrics.ts';
import { deletePipe, makePipe, switchPipe } from './pipes.ts';
import { drained, writersOff } from './quiet.ts';

/** What steps before have made, found in the record. */
export interface MadeBefore {
  successorOf(record: CutoverRecord, id: string): string | undefined;
  finalPointOf(record: CutoverRecord, table: string): string | undefined;
}

const clientsOf = (options: ClientOptions) => ({
  ...createAttachmentClients(options),
  dynamodb: createDynamoDBClient(options),
  once: createOnceClient(options),
  clock: options.clock,
});

type Clients = ReturnType<typeof clientsOf>;
type Step<Kind extends CutoverStep['kind']> = Extract<CutoverStep, { readonly kind: Kind }>;

const makeReader = async (
  { dynamodb, lambda, pipes }: Clients,
  { of, table, name, content }: Step<'make-reader'>,
): Promise<CutoverOutcome> => {
  const stream = await readingOf('DescribeTable', async () => {
    const { Table } = await dynamodb.send(new DescribeTableCommand({ TableName: table }));
    const isOn = Table?.StreamSpecification?.StreamEnabled === true;
    return isOn && Table?.LatestStreamArn !== undefined
      ? { arn: Table.LatestStreamArn }
      : 'the table has no stream: switch one on as the old table has it';
  });
  if (stream.kind !== 'found') {
    const failure =
      stream.kind === 'unreadable'
        ? stream.failure
        : ownFailure('not-there', `there is no table ${table}`, { operation: 'DescribeTable' });
    return { kind: 'failed', failure };
  }
  return of.kind === 'pipe'
    ? await makePipe(pipes, name, content, stream.value.arn)
    : await makeMapping(lambda, of.id, content, stream.value.arn);
};

const switched = ({ lambda, pipes }: Clients, { kind }: StreamReader, id: string, on: boolean) =>
  kind === 'pipe' ? switchPipe(pipes, id, on) : switchMapping(lambda, id, on);

const nothingMade = (id: string): CutoverOutcome => ({
  kind: 'failed',
  failure: ownFailure('not-there', `nothing was made for ${id}`),
});

const applied = async (
  clients: Clients,
  before: MadeBefore,
  step: AccountStep,
  record: CutoverRecord,
): Promise<CutoverOutcome> => {
  const now = clients.clock.now();
  switch (step.kind) {
    case 'make-alarm':
      return await makeAlarm(clients.cloudwatch, step.name, step.content, step.from);
    case 'make-reader':
      return await makeReader(clients, step);
    case 'writers-off':
      return await writersOff(clients.cloudwatch, step.tables, now);
    case 'drain':
      return await drained(clients, step, now);
    case 'stop-reader':
      return await switched(clients, step.of, step.of.id, false);
    case 'start-reader': {
      const made = before.successorOf(record, step.of.id);
      return made === undefined ? nothingMade(step.of.id) : await switched(clients, step.of, made, true);
    }
    case 'delete-reader': {
      const made = before.successorOf(record, step.of.id);
      return step.of.kind === 'pipe'
        ? await deletePipe(clients.pipes, step.of.id, made)
        : await deleteMapping(clients.lambda, step.of.id, made);
    }
    case 'final-point':
      return await makeFinalPoint(clients, step);
    case 'protection-off':
      return await liftProtection(clients, step);
    case 'delete-table': {
      const old = before.finalPointOf(record, record.table);
      const restored = before.finalPointOf(record, record.restored);
      return await deleteOldTable(clients, step, record, { old, restored });
    }
    case 'name-free':
      return await nameIsFree(clients, step, before.finalPointOf(record, record.table));
    default:
      return assertNever(step);
  }
};

/** Creates what carries out the steps of cut-overs in one account and Region. */
export const createCutoverWriter = (options: ClientOptions, before: MadeBefore): CutoverWriter => {
  const clients = clientsOf(options);
  return {
    apply: (step, record) => applied(clients, before, step, record),
    writeUnits: (table, since, until) => readWriteUnits(clients.cloudwatch, table, since, until),
    readPoint: (arn) => readFinalPoint(clients.dynamodb, arn),
  };
};
