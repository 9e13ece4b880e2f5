import type { FileSpec } from '../story/file-spec.ts';
import { MUTE_TAG, POLICY_TAG } from '../world/happen.ts';
import type { RunRecord, TableThen } from '../world/record.ts';
import { firstInstantAt } from './wall.ts';

const DAY_MS = 86_400_000;
const LONGEST_MS = 90 * DAY_MS;

/** When the day begins that the tag names; undefined where it names none. */
const beginningOf = (value: string, zone: string): number | undefined => {
  if (!/^\d{4}-\d\d-\d\d$/.test(value)) return undefined;
  const midnight = Date.parse(`${value}T00:00:00Z`);
  if (Number.isNaN(midnight) || new Date(midnight).toISOString().slice(0, 10) !== value) return undefined;
  return firstInstantAt(zone, midnight);
};

/** What the tag of a table does at that instant. */
export const muteOf = (
  { tags }: TableThen,
  { timezone }: FileSpec,
  at: number,
): 'none' | 'muted' | 'refused' => {
  const value = tags[MUTE_TAG];
  if (value === undefined) return 'none';
  const until = beginningOf(value, timezone);
  if (until === undefined) return 'refused';
  if (until <= at) return 'none';
  return until - at > LONGEST_MS ? 'refused' : 'muted';
};

/** Tables that a tag mutes for as long as the run lasts, by the run's own clock. */
export const mutedIn = ({
  before,
  endedAt,
  skewMs,
}: Pick<RunRecord, 'before' | 'endedAt' | 'skewMs'>): ReadonlySet<string> =>
  new Set(
    before.tables
      .filter(({ tags }) => POLICY_TAG in tags)
      .filter((table) =>
        [before.at, endedAt].every((at) => muteOf(table, before.file, at + skewMs) === 'muted'),
      )
      .map(({ name }) => name),
  );
