import type { TableStatus } from '../../shared/core/explain/status.ts';
import type { Status } from '../../shared/run/status.ts';
import { worstFirst } from '../view/findings-text.ts';
import { isSomebodyAlerted } from '../view/status-text.ts';
import { deployedFields } from './deployed-document.ts';
import { findingFields, headFields, instantField, provedFields } from './fields.ts';
import { tablesFields } from './plan-document.ts';

const costFields = (cost: TableStatus['ifLost']['cost']) =>
  cost.kind === 'unknown'
    ? undefined
    : { usd: cost.usd, priceRegion: cost.priceRegion, sizeBytes: cost.sizeBytes };

const timeFields = (expected: TableStatus['ifLost']['expected']) =>
  expected.kind === 'unknown'
    ? undefined
    : {
        of: expected.kind,
        count: expected.count,
        shortestMs: expected.shortestMs,
        longestMs: expected.longestMs,
      };

const ifLostFields = ({ back, isUnread, expected, cost, proof }: TableStatus['ifLost']) => ({
  backTo: instantField(back?.to),
  from: back?.from,
  copyIn: back?.copyIn,
  asOf: instantField(back?.asOf),
  isUnread,
  expected: timeFields(expected),
  cost: costFields(cost),
  proved: provedFields(proof),
});

const tableFields = ({ verdict, policies, points, ifLost, seenAt }: TableStatus) => ({
  table: verdict.table,
  status: verdict.status,
  reason: verdict.reason,
  policies,
  recoveryPoints: points?.count ?? 0,
  oldest: instantField(points?.oldest),
  newest: instantField(points?.newest),
  ifLost: ifLostFields(ifLost),
  seenAt: instantField(seenAt),
});

const runFields = ({ functions, runs = [] }: Status) =>
  functions.map(({ name, status, says }) => {
    const run = runs.find((one) => one.name === name);
    return { name, status, at: instantField(run?.at), complete: run?.whole, says };
  });

/** Builds the document of a status. */
export const statusDocument = (status: Status, instance: string) => ({
  ...headFields('status', instance, { target: status.target, plannedAt: status.now }),
  seenBy: status.origin.kind,
  seenAt: 'at' in status.origin ? instantField(status.origin.at) : undefined,
  complete: status.complete,
  alerted: isSomebodyAlerted(status),
  subscribers: status.subscribers.items.map(({ protocol, endpoint, confirmed }) => ({
    ...{ protocol, endpoint, confirmed },
  })),
  runs: runFields(status),
  tables: tablesFields(status.tables.map(({ verdict }) => verdict)),
  verdicts: status.tables.map(tableFields),
  legalHolds: status.legalHolds,
  findings: worstFirst(status.findings).map(findingFields),
  deployedPolicies: deployedFields(status.deployed),
});
