import { nextSlice, type PointsBy, pointsBy } from '../core/hint/slices.ts';
import type { RunLog } from '../core/messages/log-link.ts';
import { tablesToKeep } from '../core/restore/capture.ts';
import { failuresText } from '../core/text/words.ts';
import { messageOf } from '../model/errors.ts';
import { failureText } from '../model/failure.ts';
import type { Instant } from '../model/instant.ts';
import type { Observation } from '../model/observation.ts';
import type { HintNote } from '../ports/notes.ts';
import type { Deps } from './deps.ts';
import { listsOfTables, ownPointsOf, sharedPoints } from './hint-lists.ts';
import { type RunReport, reconcile } from './reconcile.ts';

/** One hint: the table that an event named, and whose run it is. */
export interface HintRequest {
  readonly table: string;
  /** Whether the event came from CloudTrail. */
  readonly byTrail?: boolean;
  readonly runId: string;
  readonly deadline: Instant;
  /** Where the run's log is written; absent at a terminal. */
  readonly log?: RunLog;
}

/** The result of all slices, and how many tables are left for the next hint. */
export interface SlicesReport {
  readonly report: RunReport;
  readonly left: number;
}

/**
 * Leaves a note for the next audit, which has the role to read settings: a change that nothing hints at is found within a day, so a note that is lost
 * fails nothing.
 */
const hintSettings = async ({ log, settingsHints, clock, policies }: Deps, observation: Observation) => {
  const hintedAt = clock.now();
  try {
    await settingsHints.add(tablesToKeep(policies, observation).map(({ table }) => ({ table, hintedAt })));
  } catch (error) {
    log.warn('the settings could not be noted as due', { reason: messageOf(error) });
  }
};

/** Calls are counted since the first. */
const joined = (before: RunReport | undefined, next: RunReport): RunReport => {
  if (before === undefined) return next;
  const { plan } = next;
  return {
    ...next,
    plan: {
      ...plan,
      complete: before.plan.complete && plan.complete,
      actions: [...before.plan.actions, ...plan.actions],
      findings: [...before.plan.findings, ...plan.findings],
    },
    outcomes: [...before.outcomes, ...next.outcomes],
    openFindings: [...before.openFindings, ...next.openFindings],
    durationMs: before.durationMs + next.durationMs,
    failures: [...before.failures, ...next.failures],
  };
};

/**
 * Lists what could not be read of the tables of a scope. An audit reports such a gap and reads the
 * table again; a run with a scope would leave nothing behind, so it fails and is retried.
 */
const unreadableTables = ({ gaps, goneTables = [], systemBackups }: Observation): readonly string[] => {
  const { gap, unreadOf = [] } = systemBackups ?? {};
  const gone = goneTables.filter(({ name }) => gap !== undefined && unreadOf.includes(name));
  return [
    ...gaps.flatMap(({ deferred, facet, table, failure }) =>
      table === undefined || deferred === true
        ? []
        : [`${facet} of ${table} could not be read: ${failureText(failure)}`],
    ),
    ...gone.map(
      ({ name }) =>
        `SYSTEM backups of ${name} could not be read: ${failuresText(gap === undefined ? [] : [gap])}`,
    ),
  ];
};

/** The tables whose turn to be read did not come. */
const unreadIn = ({ gaps }: Observation): readonly (string | undefined)[] =>
  gaps.filter(({ deferred }) => deferred === true).map(({ table }) => table);

/**
 * The memory knows how many tables there are; when it cannot be read the look itself reports it.
 */
const readingOf = async ({ stateStore }: Deps, tables: number): Promise<PointsBy> => {
  if (pointsBy(tables, 0) === 'table') return 'table';
  const memory = await stateStore.readMemory();
  return pointsBy(tables, memory.coverage?.tables);
};

/**
 * Looks at the tables of the notes, oldest first and some hundreds at a time, and removes the notes
 * of those that were read completely. What there is no time for stays noted: the next hint begins
 * with it, and the audit looks at every table anyway.
 */
export const lookInSlices = async (
  parts: Deps,
  notes: readonly HintNote[],
  request: HintRequest,
): Promise<SlicesReport> => {
  const { callCounter, clock, tableReader, engines, hintNotes } = parts;
  let left: readonly string[] = [...new Set(notes.map(({ table }) => table))];
  const by = await readingOf(parts, left.length);
  const points = by === 'target' ? sharedPoints(engines) : ownPointsOf(tableReader);
  callCounter.reset();
  const { runId, deadline, log } = request;
  let report: RunReport | undefined;
  for (;;) {
    const times = { now: clock.now(), deadline, isFirst: report === undefined };
    const slice = nextSlice(left, by, times);
    if (report !== undefined && slice.tables.length === 0) return { report, left: left.length };
    left = left.slice(slice.tables.length);
    const run = await reconcile(parts, {
      runId,
      deadline,
      log,
      mode: 'audit',
      scope: { ...slice, lists: listsOfTables(parts, slice.tables, points) },
    });
    await hintSettings(parts, run.observation);
    const failures = [...run.failures, ...unreadableTables(run.observation)];
    report = joined(report, { ...run, failures });
    const unread = unreadIn(run.observation);
    const seen = slice.tables.filter((table) => !unread.includes(table));
    if (failures.length === 0) await hintNotes.remove(notes.filter(({ table }) => seen.includes(table)));
  }
};
