import { serviceFailure, validationFailure } from '../../failure.ts';
import type { Operation } from '../../operation.ts';
import { pageBy } from '../../paging.ts';
import { validated } from '../../validation.ts';
import { exportShape } from './export-shape.ts';

/** What an export is remembered for after it ended. */
const REMEMBERED_MS = 90 * 86_400_000;

export const describeExport: Operation = async ({ account, now }, raw) => {
  const { ExportArn: arn } = validated<{ readonly ExportArn: string }>(raw, {
    ExportArn: { required: true, length: [37, 1024] },
  });
  const one = account.state.exports.get(arn);
  if (one === undefined || now - (one.endedAt ?? now) > REMEMBERED_MS)
    throw serviceFailure('ExportNotFoundException', `Export not found: ${arn}`);
  return { ExportDescription: await exportShape(one) };
};

interface ListInput {
  readonly TableArn?: string;
  readonly MaxResults?: number;
  readonly NextToken?: string;
}

/** Lists the exports of a table, or of all. Of a table that is gone there are none, although each can be described. */
export const listExports: Operation = ({ account, now }, raw) => {
  const {
    TableArn,
    MaxResults = 25,
    NextToken,
  } = validated<ListInput>(raw, {
    MaxResults: { range: [1, 25] },
  });
  const arns = new Set([...account.state.tables.all()].map(({ arn }) => arn));
  const found = [...account.state.exports.values()].filter(
    ({ tableArn, endedAt = now }) =>
      arns.has(tableArn) &&
      now - endedAt <= REMEMBERED_MS &&
      (TableArn === undefined || tableArn === TableArn),
  );
  const refuse = () => validationFailure('Invalid NextToken');
  const { page, token } = pageBy(account, found, ({ arn }) => arn, {
    token: NextToken,
    size: MaxResults,
    refuse,
  });
  return {
    ExportSummaries: page.map(({ arn, status }) => ({
      ExportArn: arn,
      ExportStatus: status,
      ExportType: 'FULL_EXPORT',
    })),
    ...(token !== undefined && { NextToken: token }),
  };
};
