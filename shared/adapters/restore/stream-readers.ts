import {
  type EventSourceMappingConfiguration,
  type LambdaClient,
  ListEventSourceMappingsCommand,
} from '@aws-sdk/client-lambda';
import { DescribePipeCommand, ListPipesCommand, type PipesClient } from '@aws-sdk/client-pipes';
import type { Attachment } from '../../model/table-settings.ts';
import { type Target, tableArn } from '../../model/target.ts';
import type { Listing, Reading } from '../../ports/inventory.ts';
import { pageWithout, readPages } from '../aws/paginate.ts';
import { readingOf, statedList } from '../aws/reading.ts';
import { statedMembers } from './stated-json.ts';

/** What a mapping consists of; its state, times and last result change by themselves. */
export const MAPPING_MEMBERS = [
  'BatchSize',
  'BisectBatchOnFunctionError',
  'DestinationConfig',
  'EventSourceArn',
  'FilterCriteria',
  'FunctionArn',
  'FunctionResponseTypes',
  'KMSKeyArn',
  'LoggingConfig',
  'MaximumBatchingWindowInSeconds',
  'MaximumRecordAgeInSeconds',
  'MaximumRetryAttempts',
  'MetricsConfig',
  'ParallelizationFactor',
  'ProvisionedPollerConfig',
  'ScalingConfig',
  'StartingPosition',
  'StartingPositionTimestamp',
  'TumblingWindowInSeconds',
];

/** What a pipe consists of. */
export const PIPE_MEMBERS = [
  'Arn',
  'Description',
  'DesiredState',
  'Enrichment',
  'EnrichmentParameters',
  'KmsKeyIdentifier',
  'LogConfiguration',
  'RoleArn',
  'Source',
  'SourceParameters',
  'Tags',
  'Target',
  'TargetParameters',
];

/** What reads the stream with that ARN. */
export interface StreamReader {
  readonly attachment: Attachment;
  readonly streamArn: string;
}

/** Whether a mapping is on is all that stays of its state. */
const enabledOf = (state: string | undefined) => {
  if (state === undefined) return {};
  return { Enabled: state !== 'Disabled' && state !== 'Disabling' };
};

const toMapping = (mapping: Partial<EventSourceMappingConfiguration>): StreamReader[] => {
  const { UUID: id, EventSourceArn: streamArn, State } = mapping;
  if (id === undefined || streamArn === undefined) return [];
  const content = { ...statedMembers(mapping, MAPPING_MEMBERS), ...enabledOf(State) };
  return [{ attachment: { kind: 'event-source-mapping', id, content }, streamArn }];
};

/**
 * Lists all event source mappings of the account and Region: the service filters by the ARN of one stream only, and every stream of a table has
 * another.
 * @see https://docs.aws.amazon.com/lambda/latest/api/API_ListEventSourceMappings.html (checked 2026-11-28)
 */
export const listMappings = (client: LambdaClient): Promise<Listing<StreamReader>> =>
  readPages('ListEventSourceMappings', async (token) => {
    const answer = await client.send(
      new ListEventSourceMappingsCommand({ MaxItems: 100, ...(token !== undefined && { Marker: token }) }),
    );
    const mappings = statedList(answer.EventSourceMappings);
    if (mappings === undefined) return pageWithout('EventSourceMappings');
    return { items: mappings.flatMap(toMapping), token: answer.NextMarker };
  });

/** A pipe whose source is the stream of a table. */
export interface PipeSource {
  readonly name: string;
  readonly streamArn: string;
}

/**
 * Lists the pipes whose source is a table's stream.
 * @see https://docs.aws.amazon.com/eventbridge/latest/pipes-reference/API_ListPipes.html (checked 2026-11-28)
 */
export const listPipes = (client: PipesClient, target: Target): Promise<Listing<PipeSource>> =>
  readPages('ListPipes', async (token) => {
    const SourcePrefix = tableArn('', target);
    const answer = await client.send(
      new ListPipesCommand({ SourcePrefix, Limit: 100, ...(token !== undefined && { NextToken: token }) }),
    );
    const pipes = statedList(answer.Pipes);
    if (pipes === undefined) return pageWithout('Pipes');
    const items = pipes.flatMap(({ Name: name, Source: streamArn }) =>
      name !== undefined && streamArn !== undefined ? [{ name, streamArn }] : [],
    );
    return { items, token: answer.NextToken };
  });

/**
 * Reads one pipe.
 * @see https://docs.aws.amazon.com/eventbridge/latest/pipes-reference/API_DescribePipe.html (checked 2026-11-28)
 */
export const readPipe = (client: PipesClient, name: string): Promise<Reading<Attachment>> =>
  readingOf('DescribePipe', async () => {
    const pipe = await client.send(new DescribePipeCommand({ Name: name }));
    return { kind: 'pipe', id: name, content: statedMembers(pipe, PIPE_MEMBERS) };
  });

/** Says whether a stream is one of the table, of whichever incarnation. */
export const isStreamOf = (streamArn: string, table: string): boolean =>
  streamArn.includes(`:table/${table}/stream/`);
