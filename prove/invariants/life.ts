import { toldBy } from '../truth/told.ts';
import type { Made, RunRecord } from '../world/record.ts';

/** What the invariants know of a life so far. Each run is added once they were checked on it. */
export interface Life {
  /** Every recovery point that Tablekeeper made, by incarnation and name. */
  readonly made: Map<string, Made[]>;
  /** ARNs of those that a person deleted. */
  readonly takenAway: Set<string>;
  /** ARNs of those that Tablekeeper deleted. */
  readonly expired: Set<string>;
  /** Ids of the findings that people were told of and not yet told the end of. */
  readonly toldOpen: Set<string>;
  /** Ids, or whole kinds, of findings of which people may have heard without Tablekeeper knowing that they did. */
  readonly maybeTold: Set<string>;
  /** When a clock was last wrong, as far ahead as it went: claims made under it last until then. */
  skewedUntil: number;
}

export const createLife = (): Life => ({
  made: new Map(),
  takenAway: new Set(),
  expired: new Set(),
  toldOpen: new Set(),
  maybeTold: new Set(),
  skewedUntil: Number.NEGATIVE_INFINITY,
});

const HOLD_MS = 17 * 60_000;

export const slotKey = ({ tableId, name }: Pick<Made, 'tableId' | 'name'>): string => `${tableId} ${name}`;

const hear = (life: Life, run: RunRecord): void => {
  const { opened, again, resolved, unclear } = toldBy(run, life.toldOpen);
  for (const id of [...opened, ...again]) life.toldOpen.add(id);
  for (const id of resolved) life.toldOpen.delete(id);
  for (const kind of unclear) life.maybeTold.add(kind);
  if (run.end === 'whole' && !run.overlapped) return;
  for (const id of [...opened, ...resolved]) life.maybeTold.add(id);
};

/** The run is past: what it did belongs to the life. */
export const remember = (life: Life, run: RunRecord): void => {
  for (const made of run.made) life.made.set(slotKey(made), [...(life.made.get(slotKey(made)) ?? []), made]);
  for (const { arn } of run.deleted) life.expired.add(arn);
  hear(life, run);
  if (run.skewMs !== 0) {
    life.skewedUntil = Math.max(life.skewedUntil, run.before.at + Math.max(0, run.skewMs) + HOLD_MS);
  }
};
