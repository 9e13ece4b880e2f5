import { type CallRecord, failedCalls, type RunRecord } from '../world/record.ts';
import type { Invariant } from './invariant.ts';

/** What must have been read before anything may be deleted. */
const LISTS = ['GetResources', 'ListBackups', 'Query'];

/** What the run asks once it deletes, to report for one, decides no deletion any more. */
const beforeDeleting = ({ calls }: RunRecord): readonly CallRecord[] => {
  const first = calls.findIndex(({ operation }) => operation === 'DeleteBackup');
  return first < 0 ? calls : calls.slice(0, first);
};

/** 3. An observation with gaps never deletes: a list that broke off stops everything, a table that could not be read stops its own. */
export const gapsDeleteNothing: Invariant = (run) => {
  if (run.deleted.length === 0) return [];
  const failed = failedCalls({ calls: beforeDeleting(run) });
  const lists = failed.filter(({ operation }) => LISTS.includes(operation));
  const unread = failed.filter(({ operation }) => operation === 'DescribeTable');
  return [
    ...lists.map(({ operation, answer }) => `it deleted although ${operation} ended in ${answer}`),
    ...run.deleted
      .filter(({ tableName }) => unread.some(({ body }) => body.includes(`"${tableName}"`)))
      .map(({ name, tableName }) => `${name} was deleted although ${tableName} could not be described`),
  ];
};
