import type { Drill, DrillPhase, DrillState } from '../../model/drill.ts';
import type { Failure } from '../../model/failure.ts';
import { DAY_MS, HOUR_MS, type Instant } from '../../model/instant.ts';
import { isOfEmptied, lastDrill } from './proof.ts';
import { dueDrills, MOST_AT_ONCE, type WantedDrill } from './wanted.ts';

/** What a drill that is due waits for, as far as an audit can see it. */
export type DrillWait =
  /** The function was seen to run long ago, or never. */
  | { readonly kind: 'function'; readonly ranAt?: Instant }
  /** Its bucket is missing, or there is nothing to restore from. */
  | { readonly kind: 'no-bucket' | 'nothing-to-restore' }
  | { readonly kind: 'cap'; readonly usd: number; readonly spentUsd: number; readonly capUsd: number }
  /** AWS puts the restore off, as it does with more than its quota allows. */
  | { readonly kind: 'put-off'; readonly since: Instant; readonly failure: Failure }
  /** This drill, or another one of the table. */
  | {
      readonly kind: 'under-way';
      readonly since: Instant;
      readonly phase: DrillPhase;
      readonly policy: string;
    }
  | { readonly kind: 'deletion'; readonly since: Instant; readonly failure: Failure }
  /** The last one proved nothing, and the next is made a day later. */
  | { readonly kind: 'failed' | 'emptied'; readonly at: Instant }
  /** Others are first: that many are due before it, and that many are under way. */
  | { readonly kind: 'turn'; readonly before: number; readonly underWay: number };

/** What is known where the wait is looked for. */
export interface DrillSight {
  readonly wanted: readonly WantedDrill[];
  readonly states: readonly DrillState[];
  /** When the function of drills last noted a run: null where it never did, absent where nobody could read that. */
  readonly ranAt?: Instant | null | undefined;
  readonly now: Instant;
}

/** It runs every 15 minutes; one that an hour was lost of may still run. */
const SILENT_MS = 2 * HOUR_MS;

/** A refusal that lasts is noted again each day. */
const REPEATED_MS = 2 * DAY_MS;

const ofFunction = ({ ranAt, now }: DrillSight): DrillWait | undefined => {
  if (ranAt === undefined) return undefined;
  if (ranAt === null) return { kind: 'function' };
  return now - ranAt > SILENT_MS ? { kind: 'function', ranAt } : undefined;
};

const ofCurrent = ({ phase, plannedAt, policy, putOff, deletionFailing }: Drill): DrillWait => {
  if (deletionFailing !== undefined) return { kind: 'deletion', ...deletionFailing };
  if (putOff !== undefined) return { kind: 'put-off', since: plannedAt, failure: putOff };
  return { kind: 'under-way', since: plannedAt, phase, policy };
};

const ofRefusal = (state: DrillState | undefined, policy: string, now: Instant): DrillWait | undefined => {
  const { refused } = state ?? {};
  if (refused === undefined || refused.policy !== policy || now - refused.at > REPEATED_MS) return undefined;
  const { reason, usd, spentUsd, capUsd } = refused;
  return reason === 'cap' ? { kind: 'cap', usd, spentUsd, capUsd } : { kind: reason };
};

const ofLast = (state: DrillState | undefined, policy: string): DrillWait | undefined => {
  const last = lastDrill(state, policy);
  if (last?.result !== 'failed') return undefined;
  return { kind: isOfEmptied(last) ? 'emptied' : 'failed', at: last.endedAt ?? last.plannedAt };
};

/** Returns what a drill waits for, the first of what keeps it: without the function nothing moves, and a table has one at a time. */
export const waitOf = ({ table, policy }: WantedDrill, sight: DrillSight): DrillWait => {
  const { wanted, states, now } = sight;
  const state = states.find((one) => one.table === table);
  const due = dueDrills(wanted, states, now);
  const before = due.findIndex((one) => one.table === table);
  const underWay = states.filter(({ current }) => current !== undefined).length;
  return (
    ofFunction(sight) ??
    (state?.current === undefined ? undefined : ofCurrent(state.current)) ??
    ofRefusal(state, policy, now) ??
    ofLast(state, policy) ?? {
      kind: 'turn',
      before: before === -1 ? due.length : before,
      underWay: Math.min(underWay, MOST_AT_ONCE),
    }
  );
};
