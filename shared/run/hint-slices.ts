import { nextSlice, type PointsBy, pointsBy, type Slice } from '../core/hint/slices.ts';
import type { RunLog } from '../core/messages/log-link.ts';
import { tablesToKeep } from '../core/restore/capture.ts';
import { messageOf } from '../model/errors.ts';
import type { Instant } from '../model/instant.ts';
import type { HintNote } from '../ports/notes.ts';
import { alert } from './alert.ts';
import { apply } from './apply.ts';
import type { Deps } from './deps.ts';
import { lookAtTables } from './hint-look.ts';
import { ownPointsOf, type PointsReader, sharedPoints } from './hint-sources.ts';
import type { Look } from './look.ts';
import { type RunReport, unreadableLists } from './reconcile.ts';
import { remember } from './remember.ts';
import { stagesOf } from './stages.ts';

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

/** The result of one slice; `unread` are the tables whose turn did not come. */
interface SliceReport extends RunReport {
  readonly unread: readonly string[];
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
const hintSettings = async ({ log, settingsHints, clock, policies }: Deps, { observation }: Look) => {
  const hintedAt = clock.now();
  try {
    await settingsHints.add(tablesToKeep(policies, observation).map(({ table }) => ({ table, hintedAt })));
  } catch (error) {
    log.warn('the settings could not be noted as due', { reason: messageOf(error) });
  }
};

const lookAndAlert = async (
  parts: Deps,
  slice: Slice,
  request: HintRequest,
  points: PointsReader,
): Promise<SliceReport> => {
  const { callCounter, callTime, clock } = parts;
  const startedAt = clock.now();
  const stages = stagesOf('audit', startedAt, request.deadline);
  const { seen, failures } = await lookAtTables(parts, slice, points);
  callTime.allow(stages.acting);
  const outcomes = await apply(parts, seen.plan, { ...request, startedAt });
  const { runId, deadline, log } = request;
  callTime.allow(stages.alerting);
  const told = await alert(parts, { seen, outcomes, runId, deadline, tables: slice.tables, log });
  callTime.allow(stages.saving);
  const remembered = await remember(parts, seen, { outcomes });
  await hintSettings(parts, seen);
  return {
    plan: seen.plan,
    outcomes,
    openFindings: told.openFindings,
    calls: callCounter.counts(),
    durationMs: clock.now() - startedAt,
    failures: [...unreadableLists(seen.observation.gaps), ...failures, ...told.failures, ...remembered],
    unread: seen.observation.gaps.flatMap(({ deferred, table }) =>
      deferred === true && table !== undefined ? [table] : [],
    ),
  };
};

/** Calls are counted since the first. */
const joined = (before: RunReport | undefined, { unread: _, ...next }: SliceReport): RunReport => {
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
  let report: RunReport | undefined;
  for (;;) {
    const times = { now: clock.now(), deadline: request.deadline, isFirst: report === undefined };
    const slice = nextSlice(left, by, times);
    if (report !== undefined && slice.tables.length === 0) return { report, left: left.length };
    left = left.slice(slice.tables.length);
    const looked = await lookAndAlert(parts, slice, request, points);
    report = joined(report, looked);
    const seen = slice.tables.filter((table) => !looked.unread.includes(table));
    if (looked.failures.length === 0)
      await hintNotes.remove(notes.filter(({ table }) => seen.includes(table)));
  }
};
