import type { Input } from '../../call.ts';
import { type ServiceFailure, serviceFailure, validationFailure } from '../../failure.ts';
import type { Context } from '../../operation.ts';
import { validated } from '../../validation.ts';
import { restorableTable } from '../find.ts';
import { windowOf } from '../pitr.ts';
import type { Table } from '../table.ts';

const CONSTRAINTS = {
  TableArn: { required: true, length: [1, 1024] },
  S3Bucket: { required: true, length: [0, 255], pattern: /[a-z0-9A-Z]+[.\-\w]*[a-z0-9A-Z]+/ },
  S3Prefix: { length: [0, 1024] },
  ExportFormat: { oneOf: ['DYNAMODB_JSON', 'ION'] },
  ExportType: { oneOf: ['FULL_EXPORT', 'INCREMENTAL_EXPORT'] },
  S3SseAlgorithm: { oneOf: ['AES256', 'KMS'] },
} as const;

/** What an export reads only some items by, in the words of a scan or of a query. */
interface FilterSpecification {
  readonly FilterExpression?: string;
  readonly KeyConditionExpression?: string;
  readonly ProjectionExpression?: string;
  readonly ExpressionAttributeNames?: Input;
  readonly ExpressionAttributeValues?: Input;
}

export interface ExportInput {
  readonly TableArn: string;
  /** Seconds. */
  readonly ExportTime?: number;
  readonly S3Bucket: string;
  readonly S3Prefix?: string;
  readonly ClientToken?: string;
  readonly ExportFormat?: string;
  readonly ExportType?: string;
  readonly FilterSpecification?: FilterSpecification;
}

/** What an export is of. */
export interface ExportSource {
  readonly input: ExportInput;
  readonly table: Table;
  readonly exportTime: number;
}

const invalidTime = (message: string): ServiceFailure =>
  serviceFailure('InvalidExportTimeException', message);

const exportTimeOf = ({ pitr, pitrLagMs, name }: Table, input: ExportInput, now: number): number => {
  if (pitr === undefined) {
    const message = `Point in time recovery is not enabled for table '${name}'`;
    throw serviceFailure('PointInTimeRecoveryUnavailableException', message);
  }
  const { earliest, latest } = windowOf(pitr, now, pitrLagMs);
  const asked = input.ExportTime === undefined ? latest : Math.round(input.ExportTime * 1000);
  if (asked >= earliest && asked <= now) return asked;
  throw invalidTime('The export time is outside of the point in time recovery window');
};

/** Reads a request for an export. Point-in-time recovery is looked at before the bucket; incremental ones are not simulated. */
export const exportSourceIn = (context: Context, raw: Input): ExportSource => {
  const input = validated<ExportInput>(raw, CONSTRAINTS);
  if (input.ExportType === 'INCREMENTAL_EXPORT')
    throw validationFailure('The simulated account makes no incremental exports');
  const table = restorableTable(context, input.TableArn);
  return { input, table, exportTime: exportTimeOf(table, input, context.now) };
};
