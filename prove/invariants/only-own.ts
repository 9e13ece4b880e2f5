import { policiesOf } from '../truth/all-series.ts';
import { holdOf } from '../truth/holds.ts';
import { originOf } from '../truth/names.ts';
import type { Deleted, RunRecord } from '../world/record.ts';
import type { Invariant } from './invariant.ts';

const wrongWith = (
  { name, tableName, tableId, type }: Deleted,
  { before, tagsMoved }: RunRecord,
): string | undefined => {
  const origin = originOf(name);
  if (type !== 'USER') return `it is of type ${type}`;
  if (origin === undefined) return 'its name is not one of this deployment';
  const table = before.tables.find((one) => one.name === tableName);
  if (
    table === undefined &&
    before.file.policies.some(
      ({ afterDeletionDays, name: one }) => one === origin.policy && afterDeletionDays !== undefined,
    )
  )
    return undefined;
  if (table?.id !== tableId) return 'its table is gone';
  if (tagsMoved) return undefined;
  if (holdOf(table) !== 'none') return 'its table is on hold';
  const isGoverned = policiesOf(table, before.file).some((policy) => policy.name === origin.policy);
  return isGoverned ? undefined : 'its policy does not govern its table';
};

/** 2. Only recovery points of this deployment are deleted, by the function that may, of tables that are there and not on hold. */
export const onlyOwn: Invariant = (run) => [
  ...run.deleted.flatMap((entry) => {
    const wrong = wrongWith(entry, run);
    return wrong === undefined ? [] : [`${entry.name} of ${entry.tableName} was deleted, and ${wrong}`];
  }),
  ...(run.mode !== 'expire' && run.deleted.length > 0 ? [`a ${run.mode} run deleted`] : []),
  ...(run.mode !== 'protect' && run.begun.length + run.copied.length > 0
    ? [`a ${run.mode} run had AWS Backup begin jobs`]
    : []),
  ...(run.mode !== 'protect' && run.made.length > 0 ? [`a ${run.mode} run made recovery points`] : []),
  ...(run.mode !== 'audit' && run.mode !== 'hint' && run.pitrChanged.length > 0
    ? [`a ${run.mode} run switched PITR`]
    : []),
];
