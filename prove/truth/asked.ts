import type { FileSpec } from '../story/file-spec.ts';
import type { Own } from './own.ts';
import { latestSlotOf } from './slots.ts';

const MINUTE_MS = 60_000;

/** A run goes on for a quarter of an hour after it took a slot for the latest, and clocks differ by five minutes. */
const AFTER_MS = 20 * MINUTE_MS;
const AHEAD_MS = 5 * MINUTE_MS;

const known = new WeakMap<object, Map<string, boolean>>();

const isOfLatest = ({ slot, backup, policy }: Own, file: FileSpec): boolean => {
  const { askedAt = backup.createdAt } = backup;
  const spec = file.policies.find(({ name }) => name === policy);
  if (spec === undefined) return false;
  const before = known.get(spec) ?? new Map<string, boolean>();
  known.set(spec, before);
  const key = `${file.timezone} ${slot} ${askedAt}`;
  const answer =
    before.get(key) ??
    [-AFTER_MS, 0, AHEAD_MS].some(
      (ms) => latestSlotOf({ ...spec.rhythm }, file.timezone, askedAt + ms) === slot,
    );
  before.set(key, answer);
  return answer;
};

const TWO_DAYS_MS = 2 * 1_440 * MINUTE_MS;

/** A job may wait for hours and is begun again a day later: it may be of a slot that was the latest two days before. */
const isOfLateJob = ({ slot, backup, policy }: Own, file: FileSpec): boolean => {
  const spec = file.policies.find(({ name }) => name === policy);
  if (backup.askedAt === undefined || spec === undefined || slot > backup.createdAt + AHEAD_MS) return false;
  const isSlot = latestSlotOf({ ...spec.rhythm }, file.timezone, slot) === slot;
  return isSlot && latestSlotOf({ ...spec.rhythm }, file.timezone, backup.createdAt - TWO_DAYS_MS) <= slot;
};

/** A recovery point counts only if it is of the slot that one of the files which were ever deployed asked for when it was made. */
export const isAsked = (own: Own, files: readonly FileSpec[]): boolean =>
  files.some((file) => isOfLatest(own, file) || isOfLateJob(own, file));
