import {
  DescribeExportCommand,
  type ExportDescription,
  ExportTableToPointInTimeCommand,
} from '@aws-sdk/client-dynamodb';
import { ownFailure } from '../../model/failure.ts';
import type { ExportStart, ExportState, ExportWish, TableExporter } from '../../ports/drill-export.ts';
import { type ClientOptions, createDynamoDBClient } from '../aws/clients.ts';
import { type FailedCall, failureOf } from '../aws/errors.ts';
import { readingOf, statedText } from '../aws/reading.ts';

const startOf = ({ kind, name, failure }: FailedCall): ExportStart => {
  if (kind === 'ambiguous') return { kind: 'unknown', failure };
  const isLater = kind === 'throttled' || kind === 'out-of-time' || name === 'LimitExceededException';
  return { kind: isLater ? 'deferred' : 'refused', failure };
};

const STATUS: Readonly<Record<string, ExportState['status']>> = {
  COMPLETED: 'completed',
  FAILED: 'failed',
  IN_PROGRESS: 'going-on',
};

const toState = (described: ExportDescription): ExportState | string => {
  const status = STATUS[statedText(described.ExportStatus) ?? ''];
  const [manifest, tableId] = [statedText(described.ExportManifest), statedText(described.TableId)];
  if (status === undefined) return 'the answer does not say how the export stands';
  if (status === 'completed' && manifest === undefined) return 'the answer names no manifest';
  return {
    status,
    ...(tableId !== undefined && { tableId }),
    ...(manifest !== undefined && { manifest }),
    ...(status === 'failed' && {
      failure: {
        kind: 'call' as const,
        operation: 'ExportTableToPointInTime',
        code: statedText(described.FailureCode) ?? 'UnknownError',
        message: statedText(described.FailureMessage) ?? 'AWS does not say why',
      },
    }),
  };
};

const commandOf = ({
  tableArn,
  second,
  bucket,
  prefix,
  token,
}: ExportWish): ExportTableToPointInTimeCommand =>
  new ExportTableToPointInTimeCommand({
    TableArn: tableArn,
    ExportTime: new Date(second),
    S3Bucket: bucket,
    S3Prefix: prefix,
    ClientToken: token,
    ExportFormat: 'DYNAMODB_JSON',
    S3SseAlgorithm: 'AES256',
  });

/**
 * Creates what exports tables. The call has a token, so it is repeated where its answer was lost.
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_ExportTableToPointInTime.html (not verified)
 */
export const createTableExporter = (options: ClientOptions): TableExporter => {
  const client = createDynamoDBClient(options);
  return {
    start: async (wish) => {
      try {
        const { ExportDescription } = await client.send(commandOf(wish));
        const arn = statedText(ExportDescription?.ExportArn);
        if (arn !== undefined) return { kind: 'accepted', arn };
        const operation = 'ExportTableToPointInTime';
        return {
          kind: 'unknown',
          failure: ownFailure('answer-unusable', 'the answer names no export', { operation }),
        };
      } catch (error) {
        return startOf(failureOf('ExportTableToPointInTime', error));
      }
    },
    look: (arn) =>
      readingOf('DescribeExport', async () => {
        const { ExportDescription = {} } = await client.send(new DescribeExportCommand({ ExportArn: arn }));
        return toState(ExportDescription);
      }),
  };
};
