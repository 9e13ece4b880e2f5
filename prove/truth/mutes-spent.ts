import { MUTE_TAG, POLICY_TAG } from '../world/happen.ts';
import { isPlain, type RunRecord, type TableThen } from '../world/record.ts';
import { muteEndOf } from './mutes.ts';

const DAY_MS = 86_400_000;
const YEAR_MS = 365 * DAY_MS;

/** Days of a year for which a table may be muted, in milliseconds. */
export const MOST_MS = 90 * DAY_MS;

interface Spell {
  readonly from: number;
  readonly until: number;
}

/** For how long a table's tag asked for silence, as far as runs saw it. */
interface Asked {
  /** As if every run had seen the tag and written that down. */
  readonly most: readonly Spell[];
  /** What lies between two runs that did for certain, with the same tag at both. */
  readonly least: readonly Spell[];
  /** By how much clocks were off while they did. */
  readonly slackMs: number;
  readonly tableId: string | undefined;
  readonly last:
    | { readonly at: number; readonly value: string | undefined; readonly until: number | undefined }
    | undefined;
  /** Until when it may be taken for muted by a run that cannot see the tag. */
  readonly mayLastUntil: number;
  readonly isSure: boolean;
  /** When a mute that lasted was last made longer. */
  readonly renewedAt: number;
}

/** What is known of the mutes of a simulation, by table. */
export type MutesAsked = Map<string, Asked>;

const NOTHING: Asked = {
  most: [],
  least: [],
  slackMs: 0,
  tableId: undefined,
  last: undefined,
  mayLastUntil: Number.NEGATIVE_INFINITY,
  isSure: false,
  renewedAt: Number.NEGATIVE_INFINITY,
};

const wishOf = (table: TableThen | undefined, { before: { file, at }, skewMs }: RunRecord) => {
  const value = table !== undefined && POLICY_TAG in table.tags ? table.tags[MUTE_TAG] : undefined;
  return { at, value, until: value === undefined ? undefined : muteEndOf(value, file.timezone, at + skewMs) };
};

/** The same by the tags as the table itself has them, where a list shows them later: a run may have read either. */
const ownWishOf = (table: TableThen | undefined, run: RunRecord) =>
  wishOf(table?.ownTags === undefined ? table : { ...table, tags: table.ownTags }, run);

const next = (asked: Asked, table: TableThen | undefined, run: RunRecord): Asked => {
  const wish = wishOf(table, run);
  const { last } = asked;
  const isSure = isPlain(run) && run.eventAheadMs === 0 && !run.tagsMoved && run.mode !== 'hint';
  // A run that could not see the tag lets a mute go on that it knows of.
  const until = Math.min(asked.mayLastUntil, wish.at);
  const since = last !== undefined && until > last.at ? [{ from: last.at, until }] : [];
  const isSame = asked.isSure && wish.value === last?.value && table?.id === asked.tableId;
  const isRenewed =
    last?.until !== undefined && last.until > wish.at && wish.until !== undefined && wish.until > last.until;
  return {
    most: [...asked.most, ...since],
    least: isSame ? [...asked.least, ...since] : asked.least,
    slackMs: asked.slackMs + Math.abs(run.skewMs),
    tableId: table?.id,
    last: wish,
    mayLastUntil: Math.max(
      isSure ? Number.NEGATIVE_INFINITY : asked.mayLastUntil,
      wish.until ?? Number.NEGATIVE_INFINITY,
      ownWishOf(table, run).until ?? Number.NEGATIVE_INFINITY,
    ),
    isSure: isSure || (isSame && run.mode === 'hint'),
    renewedAt: isRenewed ? wish.at : asked.renewedAt,
  };
};

/** A run is past, and has seen what tags ask for. */
export const watchMutes = (mutes: MutesAsked, run: RunRecord): void => {
  const tables = new Map(run.before.tables.map((table) => [table.name, table]));
  for (const name of new Set([...mutes.keys(), ...tables.keys()]))
    mutes.set(name, next(mutes.get(name) ?? NOTHING, tables.get(name), run));
};

/** The same with what one more run sees. */
export const withRun = (mutes: MutesAsked, run: RunRecord): MutesAsked => {
  const all = new Map(mutes);
  watchMutes(all, run);
  return all;
};

const sumOf = (spells: readonly Spell[], at: number): number =>
  spells.reduce(
    (sum, { from, until }) => sum + Math.max(0, Math.min(until, at) - Math.max(from, at - YEAR_MS)),
    0,
  );

/** Between which bounds the time lies for which a table was to be muted in the year before an instant. */
export const spentOf = (
  mutes: MutesAsked,
  table: string,
  at: number,
): { readonly least: number; readonly most: number } => {
  const { most, least, slackMs, last, mayLastUntil } = mutes.get(table) ?? NOTHING;
  const until = Math.min(mayLastUntil, at);
  const present = last !== undefined && until > last.at ? [{ from: last.at, until }] : [];
  return { least: sumOf(least, at), most: sumOf([...most, ...present], at) + slackMs };
};

/** A finding of a table waited when its mute was made longer: what is critical is said then. */
export const wasRenewed = (mutes: MutesAsked, table: string): boolean =>
  (mutes.get(table) ?? NOTHING).renewedAt > Number.NEGATIVE_INFINITY;
