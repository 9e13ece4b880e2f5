import type { FileSpec } from '../story/file-spec.ts';
import { MUTE_TAG, POLICY_TAG } from '../world/happen.ts';
import type { RunRecord, TableThen } from '../world/record.ts';
import { firstInstantAt, wallOf } from './wall.ts';

const DAY_MS = 86_400_000;
const LONGEST_MS = 90 * DAY_MS;

/** When the day or the minute begins that the tag names; undefined where it names none. */
const beginningOf = (value: string, zone: string): number | undefined => {
  const [, date, time = '00:00'] = /^(\d{4}-\d\d-\d\d)(?:T(\d\d:\d\d))?$/.exec(value) ?? [];
  const wall = Date.parse(`${date}T${time}Z`);
  if (Number.isNaN(wall) || new Date(wall).toISOString().slice(0, 10) !== date) return undefined;
  return firstInstantAt(zone, wall);
};

/** Ninety days of the clock or of the calendar, whichever are longer. */
const isTooFar = (until: number, at: number, zone: string): boolean =>
  until - at > LONGEST_MS && wallOf(zone, until) - wallOf(zone, at) > LONGEST_MS;

/** When a mute ends that says so, seen from that instant; undefined where it mutes nothing, or nothing any more. */
export const muteEndOf = (value: string, zone: string, at: number): number | undefined => {
  const until = beginningOf(value, zone);
  return until === undefined || until <= at || isTooFar(until, at, zone) ? undefined : until;
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
  return isTooFar(until, at, timezone) ? 'refused' : 'muted';
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
