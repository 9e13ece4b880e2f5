import { seconds } from '../table-shape.ts';
import type { Export } from './exports.ts';

/** An export as DescribeExport shows it: how much it was of is said once it has ended. */
export const exportShape = async (one: Export): Promise<object> => ({
  ExportArn: one.arn,
  ExportStatus: one.status,
  StartTime: seconds(one.startedAt),
  TableArn: one.tableArn,
  TableId: one.tableId,
  ExportTime: seconds(one.exportTime),
  ...(one.token !== undefined && { ClientToken: one.token }),
  S3Bucket: one.bucket,
  ...(one.prefix !== undefined && { S3Prefix: one.prefix }),
  S3SseAlgorithm: 'AES256',
  ExportFormat: one.format,
  ExportType: 'FULL_EXPORT',
  ...(one.endedAt !== undefined && { EndTime: seconds(one.endedAt) }),
  ...(one.failure !== undefined && { FailureCode: one.failure.code, FailureMessage: one.failure.message }),
  ...(one.manifestKey !== undefined && {
    ExportManifest: one.manifestKey,
    BilledSizeBytes: one.sizeBytes,
    ItemCount: await one.itemCount,
  }),
});
