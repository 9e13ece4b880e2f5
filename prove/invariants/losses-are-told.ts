import { namesIn, policiesOf } from '../truth/all-series.ts';
import { isPlain, type RunRecord, type TableThen } from '../world/record.ts';
import type { Invariant } from './invariant.ts';
import type { Life } from './life.ts';

/** The kinds that report a table that a policy no longer governs. */
const KINDS: readonly string[] = ['no-longer-protected', 'protection-changed', 'unknown-policy'];

const isSure = (run: RunRecord): boolean =>
  run.mode === 'audit' && run.report !== undefined && isPlain(run) && !run.tagsMoved;

/** Of the policies that governed a table at the last sure audit, those that are still in the file and govern it no longer. */
const lostBy = (table: TableThen, run: RunRecord, { governedBy }: Life): readonly string[] => {
  const now = policiesOf(table, run.before.file).map(({ name }) => name);
  const inFile = new Set(run.before.file.policies.map(({ name }) => name));
  return (governedBy.get(table.id) ?? []).filter((name) => inFile.has(name) && !now.includes(name));
};

const isMeant = (table: TableThen): boolean => namesIn(table).includes('none');

const isToldBy = ({ told }: RunRecord, { name }: TableThen): boolean =>
  told.some(({ alert }) =>
    [...alert.opened, ...alert.worsened, ...alert.reminders].some(
      ({ kind, fact }) => KINDS.includes(kind) && fact.includes(name),
    ),
  );

const isTold = (run: RunRecord, table: TableThen): boolean =>
  (run.report?.openFindings ?? []).some(
    ({ kind, table: name }) => KINDS.includes(kind) && name === table.name,
  ) || isToldBy(run, table);

/**
 * A table that a policy governed and governs no longer is known to a person after the first audit that could see it, table by table. It stays so
 * while nothing governs the table, unless it opted out.
 */
export const lossesAreTold: Invariant = (run, life) => {
  if (!isSure(run)) return [];
  return run.before.tables.flatMap((table) => {
    const lost = lostBy(table, run, life);
    const isStillOut =
      life.out.has(table.id) && policiesOf(table, run.before.file).length === 0 && !isMeant(table);
    const isKnown = isTold(run, table) || (!isStillOut && life.lossTold.has(table.name));
    if ((lost.length === 0 && !isStillOut) || isKnown) return [];
    return [
      `${table.name} is governed by ${lost.length === 0 ? 'nothing' : `${lost.join()} no longer`}, and nobody is told`,
    ];
  });
};

/** Records what a sure audit has seen, and which losses are reported before the next one. */
export const watchGovernance = (life: Life, run: RunRecord): void => {
  for (const table of run.before.tables) if (isToldBy(run, table)) life.lossTold.add(table.name);
  // An opt-out that was reported, by any run, is known; what becomes of the tag after that is no loss.
  for (const table of run.before.tables) {
    if (!isMeant(table) || !life.lossTold.has(table.name)) continue;
    life.out.delete(table.id);
    life.governedBy.delete(table.id);
  }
  if (!isSure(run)) return;
  life.lossTold.clear();
  for (const table of run.before.tables) {
    const isOut = policiesOf(table, run.before.file).length === 0;
    if (!isOut || isMeant(table)) life.out.delete(table.id);
    else if (lostBy(table, run, life).length > 0) life.out.add(table.id);
    life.governedBy.set(
      table.id,
      policiesOf(table, run.before.file).map(({ name }) => name),
    );
  }
};
