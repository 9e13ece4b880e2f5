import type { Mode } from '../../shared/model/plan.ts';
import { type Dice, diceOf } from './dice.ts';
import { drillEvents, hasDrills, withDrills } from './drills.ts';
import type { Story, StoryEvent } from './event.ts';
import { chooseFile, editFile, type Pace } from './file-choice.ts';
import type { FileSpec } from './file-spec.ts';
import { withEndsOfGone } from './gone-choice.ts';
import { chooseHappening, firstTables, recreatedTable } from './happenings.ts';
import { principalEvents, principalsOf } from './principals.ts';
import { RESTORES_ONE_IN, restoreEvents } from './restores.ts';
import { chooseHintTrouble, chooseLastingTrouble, chooseTickTrouble } from './troubles.ts';
import { hasVaults, inVaults } from './vault-choice.ts';
import { vaultEvents } from './vault-happenings.ts';
import { vaultRestores } from './vault-restores.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** Coarser than the schedules of production by the same factor for all three functions, so that a year costs what weeks do. */
const ROUND_HOURS: Readonly<Record<Pace, readonly [number, ...number[]]>> = {
  daily: [24, 36, 48],
  weekly: [84, 168, 168, 168],
  monthly: [168, 240, 360],
};

/** In the order of production. What a job has made is copied by the next run, and expires later. */
const MODES: readonly Mode[] = ['protect', 'expire', 'audit'];
const MODES_OF_VAULTS: readonly Mode[] = ['protect', 'expire', 'protect', 'audit'];

interface Plot {
  readonly modes: readonly Mode[];
  readonly hasVaults: boolean;
  readonly dice: Dice;
  readonly pace: Pace;
  readonly startAt: number;
  readonly endAt: number;
}

/** One round: backups, then expiry, then the audit, as in production; now and then a tick never comes. */
const roundAt = ({ dice, modes, hasVaults: ofVaults }: Plot, at: number): readonly StoryEvent[] =>
  modes.flatMap((mode, index) => {
    const tick = { at: at + index * (ofVaults ? 90 : 33) * MINUTE_MS, kind: 'tick' as const, mode };
    if (dice.happens(0.03)) return [];
    return dice.happens(0.15) ? [{ ...tick, trouble: chooseTickTrouble(dice, mode, ofVaults) }] : [tick];
  });

const ticksOf = (plot: Plot): readonly StoryEvent[] => {
  const everyMs = plot.dice.oneOf(ROUND_HOURS[plot.pace]) * HOUR_MS;
  const first = plot.startAt + plot.dice.between(60, 300) * MINUTE_MS;
  const rounds = Math.floor((plot.endAt - first) / everyMs);
  return Array.from({ length: rounds }, (_, round) => roundAt(plot, first + round * everyMs)).flat();
};

const momentIn = ({ dice, startAt, endAt }: Plot): number =>
  startAt + dice.between(1, Math.floor((endAt - startAt) / MINUTE_MS)) * MINUTE_MS;

const perYear = ({ startAt, endAt }: Plot, count: number): number =>
  Math.max(1, Math.round((count * (endAt - startAt)) / (365 * DAY_MS)));

const happeningsOf = (plot: Plot): readonly StoryEvent[] =>
  Array.from({ length: perYear(plot, plot.dice.between(20, 80)) }, () => ({
    at: momentIn(plot),
    ...chooseHappening(plot.dice),
  }));

/** An event reports much that happens to a table within seconds; some come late, and some without any change. */
const hintsOf = ({ dice, endAt }: Plot, happened: readonly StoryEvent[]): readonly StoryEvent[] =>
  happened.flatMap((event) => {
    if (!('table' in event) || event.at >= endAt || dice.happens(0.4)) return [];
    const tables = dice.happens(0.15) ? [event.table, event.table, 'no-such-table'] : [event.table];
    const at = event.at + dice.oneOf([1_000, 1_000, 7_000, 60_000, 2 * HOUR_MS]);
    const hint = { at, kind: 'hint' as const, tables, byTrail: dice.happens(0.5) };
    return dice.happens(0.2) ? [{ ...hint, trouble: chooseHintTrouble(dice) }] : [hint];
  });

/** What happens just before the end meets nothing but the last four runs. */
const lastHappenings = ({ dice, endAt }: Plot): readonly StoryEvent[] =>
  Array.from({ length: dice.between(0, 6) }, () => ({
    at: endAt - dice.between(0, 72 * 60) * MINUTE_MS,
    ...(dice.happens(0.4) ? recreatedTable(dice) : chooseHappening(dice)),
  }));

const troublesOf = (plot: Plot): readonly StoryEvent[] =>
  Array.from({ length: perYear(plot, plot.dice.between(0, 12)) }, () => ({
    at: momentIn(plot),
    kind: 'trouble' as const,
    lastsMs: plot.dice.oneOf([1, 6, 30, 100, 200]) * HOUR_MS,
    trouble: chooseLastingTrouble(plot.dice, plot.hasVaults),
  }));

const editsOf = (plot: Plot, file: FileSpec): readonly StoryEvent[] => {
  let edited = file;
  const moments = Array.from({ length: perYear(plot, plot.dice.between(0, 6)) }, () => momentIn(plot));
  return moments
    .toSorted((a, b) => a - b)
    .map((at) => {
      edited = editFile(plot.dice, edited, plot.pace);
      return { at, kind: 'policies-edited' as const, file: edited };
    });
};

/** Generates the story of one account over a number of days. The same seed gives the same story. */
export const tellStory = (seed: number, days: number, principals = principalsOf(seed)): Story => {
  const dice = diceOf(seed);
  const isOfVaults = hasVaults(seed);
  const chosen: Pace = dice.happens(0.04) ? 'daily' : dice.oneOf(['weekly', 'monthly']);
  // A year of nights with jobs, points and copies of each costs what thirty others do.
  const pace: Pace = isOfVaults && chosen === 'daily' ? 'weekly' : chosen;
  const startAt = Date.UTC(2026, dice.between(0, 11), dice.between(1, 28), dice.between(0, 23));
  const modes = isOfVaults ? MODES_OF_VAULTS : MODES;
  const plot = { dice, pace, startAt, endAt: startAt + days * DAY_MS, modes, hasVaults: isOfVaults };
  const plain = chooseFile(dice, pace);
  const settings = {
    latencyMs: dice.oneOf([0, 0, 0, 20]),
    shortPages: dice.oneOf([0, 0, 0, 0, 0.4]),
    backupListLagMs: dice.oneOf([0, 0, 2_000, 60_000]),
    tagLagMs: dice.oneOf([0, 0, 0, 20_000, 5 * MINUTE_MS]),
    ...((seed % RESTORES_ONE_IN === 0 || isOfVaults) && { disputed: seed }),
  };
  // Separate dice, so that with other principals the rest of the story is the same.
  const deeds = principalEvents(diceOf(seed ^ 0x2f0e), principals, plot);
  const happened = [...happeningsOf(plot), ...lastHappenings(plot)];
  const ofVaults = diceOf(seed ^ 0x5eed);
  const edited = editsOf(plot, plain);
  const stored = isOfVaults ? inVaults(ofVaults, plain, edited) : { edits: edited, file: plain };
  const { more, ...ended } = withEndsOfGone(seed, plot, stored.file, stored.edits);
  const isDrilled = hasDrills(seed);
  const { edits, file } = isDrilled ? withDrills(seed, ended.file, ended.edits) : ended;
  const events = [
    ...firstTables(dice).map((one) => ({ at: startAt, ...one })),
    ...ticksOf(plot),
    ...happened,
    ...hintsOf(plot, happened),
    ...troublesOf(plot),
    ...edits,
    ...more,
    ...deeds,
    ...restoreEvents(seed, plot),
    ...(isOfVaults ? [...vaultEvents(ofVaults, plot), ...vaultRestores(seed, plot)] : []),
    ...(isDrilled ? drillEvents(seed, plot) : []),
  ].toSorted((a, b) => a.at - b.at);
  const isAlone = !(principals.forger || principals.tagger);
  return {
    seed,
    ...(!isAlone && { principals }),
    ...(isOfVaults && { vaults: true }),
    ...(isDrilled && { drills: true }),
    startAt,
    endAt: plot.endAt,
    file,
    settings,
    events,
  };
};
