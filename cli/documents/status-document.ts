import type { TableStatus } from '../../shared/core/explain/status.ts';
import type { Status } from '../../shared/run/status.ts';
import { worstFirst } from '../view/findings-text.ts';
import { isSomebodyAlerted } from '../view/status-text.ts';
import { deployedFields } from './deployed-document.ts';
import { findingFields, headFields, instantField } from './fields.ts';
import { tablesFields } from './plan-document.ts';

const tableFields = ({ verdict, policies, points }: TableStatus) => ({
  table: verdict.table,
  status: verdict.status,
  reason: verdict.reason,
  policies,
  recoveryPoints: points?.count ?? 0,
  oldest: instantField(points?.oldest),
  newest: instantField(points?.newest),
});

const runFields = ({ functions, runs = [] }: Status) =>
  functions.map(({ name, status, says }) => {
    const run = runs.find((one) => one.name === name);
    return { name, status, at: instantField(run?.at), complete: run?.whole, says };
  });

/** Builds the document of a status. */
export const statusDocument = (status: Status, instance: string) => ({
  ...headFields('status', instance, status.look.plan),
  complete: status.look.plan.complete,
  alerted: isSomebodyAlerted(status),
  subscribers: status.subscribers.items.map(({ protocol, endpoint, confirmed }) => ({
    ...{ protocol, endpoint, confirmed },
  })),
  runs: runFields(status),
  tables: tablesFields(status.tables.map(({ verdict }) => verdict)),
  verdicts: status.tables.map(tableFields),
  findings: worstFirst(status.findings).map(findingFields),
  deployedPolicies: deployedFields(status.deployed),
});
