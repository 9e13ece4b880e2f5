import { tableOfEvent } from '../core/hint/table-of-event.ts';
import { type Instant, isoInstant, SECOND_MS } from '../model/instant.ts';
import type { Claim, HeldClaim } from '../ports/state-store.ts';
import type { Deps } from './deps.ts';
import { type HintRequest, lookInSlices } from './hint-slices.ts';
import type { RunReport } from './reconcile.ts';
import { noteRun } from './run-notes.ts';
import { stagesOf } from './stages.ts';

/**
 * Finds the table that an event names. Logs the reason and returns undefined when it names none of
 * this target.
 */
export const hintedTable = (
  { log, target }: Pick<Deps, 'log' | 'target'>,
  event: unknown,
): Pick<HintRequest, 'table' | 'byTrail'> | undefined => {
  const hinted = tableOfEvent(event, target);
  if (hinted.kind === 'table') return { table: hinted.table, byTrail: hinted.via === 'cloudtrail' };
  log.info('nothing to look at', { reason: hinted.reason });
  return undefined;
};

/** The result of a hint: this run looked at these tables, or another run will. */
export type HintReport =
  | { readonly kind: 'left-to-another' }
  | ({
      readonly kind: 'looked';
      readonly tables: readonly string[];
      /** Tables that there was no time for: the next hint begins with them. */
      readonly left: number;
    } & RunReport);

/**
 * Hints of one window are looked at together by one run: a hundred tables tagged at once are one
 * look and one message. A topic's mail subscription that gets more than ten messages in a second is
 * suspended.
 * @see https://docs.aws.amazon.com/general/latest/gr/sns.html (checked 2026-11-22)
 */
const WINDOW_MS = 20 * SECOND_MS;

/**
 * Tags are up to date only after some seconds, and the SYSTEM backup of a deleted table appears
 * five to ten seconds after the deletion.
 */
const SETTLE_MS = 15 * SECOND_MS;

const TRY_AGAIN_MS = 5 * SECOND_MS;

/** The least that a look needs, with its message and its state. */
const RESERVE_MS = 30 * SECOND_MS;

/**
 * Two looks at once would both find the same thing new, so the second one waits. A run that was cut
 * off loses its turn at its deadline. Returns undefined when the turn did not come in time.
 */
const awaitTurn = async ({ clock, stateStore }: Deps, wanted: Claim): Promise<HeldClaim | undefined> => {
  while (clock.now() < wanted.heldUntil - RESERVE_MS) {
    const held = await stateStore.claim(wanted, clock.now());
    if (held !== undefined) return held;
    await clock.sleep(TRY_AGAIN_MS);
  }
  return undefined;
};

const lookAtNotes = async (parts: Deps, request: HintRequest, window: Instant): Promise<HintReport> => {
  const noted = await parts.hintNotes.read();
  const notes = noted.filter((note) => note.window <= window);
  if (notes.length === 0) return { kind: 'left-to-another' };
  const { report, left } = await lookInSlices(parts, notes, request);
  const isWhole = report.failures.length === 0;
  await noteRun(parts, 'hint', isWhole);
  if (notes.some(({ byTrail }) => byTrail)) await noteRun(parts, 'cloudtrail', isWhole);
  const tables = [...new Set(notes.map(({ table }) => table))].slice(0, -left || undefined).toSorted();
  return { kind: 'looked', tables, left, ...report };
};

const hintInTime = async (parts: Deps, request: HintRequest): Promise<HintReport> => {
  const { callTime, clock, hintNotes, stateStore } = parts;
  const { runId, deadline, table, byTrail = false } = request;
  const now = clock.now();
  const { saving } = stagesOf('audit', now, deadline);
  callTime.allow(deadline - RESERVE_MS);
  const window = now - (now % WINDOW_MS);
  await hintNotes.add({ table, window, byTrail });
  const first = await stateStore.claim({ id: `hint/${isoInstant(window)}`, runId, heldUntil: deadline });
  if (first === undefined) return { kind: 'left-to-another' };
  await clock.sleep(window + WINDOW_MS + SETTLE_MS - clock.now());
  const turn = await awaitTurn(parts, { id: 'hint/look', runId, heldUntil: deadline });
  if (turn === undefined)
    throw new Error(`${table} was not looked at: other hints took all the time of this run`);
  try {
    return await lookAtNotes(parts, request, window);
  } finally {
    callTime.allow(saving);
    await stateStore.release(turn);
    await stateStore.release(first);
  }
};

/**
 * Audits the table that an event names at once, as the audit does all tables: observe, plan,
 * repair, alert. The event is only a key: every fact is observed. Notes the table; the first run of
 * each window of 20 s waits for the window's end and looks at every noted table, the others end at
 * once. Notes that could not be read completely, or for which there was no time, are kept for the
 * next look, so a repeated or duplicate event does no harm. Ends before its deadline whatever the
 * services do. Throws when the state table cannot be reached.
 */
export const hint = async (parts: Deps, request: HintRequest): Promise<HintReport> => {
  try {
    return await hintInTime(parts, request);
  } finally {
    parts.callTime.allow(undefined);
  }
};
