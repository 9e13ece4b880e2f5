import { DAY_MS, HOUR_MS, type Instant } from '../shared/model/instant.ts';
import { INCIDENTS } from './incidents.ts';
import { withoutOutput } from './lambda.ts';
import { runTick } from './runs.ts';
import { type Tick, ticksOfDay } from './schedule.ts';
import { STARTS_AT, type Stage } from './stage.ts';
import { shortenWire } from './wire/short-wire.ts';
import type { Happening, Incident, Run } from './world.ts';

/** One day of the account. Days are counted from 1. */
export interface Day {
  readonly number: number;
  readonly startsAt: Instant;
  readonly runs: readonly Run[];
  readonly happenings: readonly Happening[];
}

/** How long the story is, and who listens. */
export interface Telling {
  readonly days: number;
  /** Called at the end of each day. */
  readonly onDay?: (day: Day) => void;
  /** Gets what the functions log. */
  readonly onLog?: (text: string) => void;
  /** For how many hours the functions' calls go through all of the SDK and HTTP; five unless given, in which each of them runs. */
  readonly wholeHours?: number;
}

/** Returns when an incident happens. */
export const instantOf = ({ day, time }: Pick<Incident, 'day' | 'time'>): Instant =>
  STARTS_AT + (day - 1) * DAY_MS + Date.parse(`1970-01-01T${time}:00Z`);

type Step = () => Promise<{ readonly run?: Run; readonly happenings: readonly Happening[] }>;

/** When the drill function is called while none is under way: once a day, because nothing it looks at changes from hour to hour. */
const DRILL_HOUR = 5;

const isLeftOut = ({ world }: Stage, { at, spec }: Tick): boolean =>
  spec.key === 'drill' && !world.isDrilling && new Date(at).getUTCHours() !== DRILL_HOUR;

const tickStep =
  (stage: Stage, tick: Tick): Step =>
  async () =>
    isLeftOut(stage, tick) ? { happenings: [] } : await runTick(stage, tick);

const incidentStep =
  (stage: Stage, incident: Incident): Step =>
  async () => {
    const { who, what } = incident;
    await incident.act(stage.world);
    return { happenings: [{ kind: 'incident', at: instantOf(incident), who, what }] };
  };

const stepsOf = (stage: Stage, number: number): readonly { readonly at: Instant; readonly step: Step }[] => {
  const ticks = ticksOfDay(stage.stack.functions, STARTS_AT + (number - 1) * DAY_MS);
  const incidents = INCIDENTS.filter(({ day }) => day === number);
  return [
    ...incidents.map((incident) => ({ at: instantOf(incident), step: incidentStep(stage, incident) })),
    ...ticks.map((tick) => ({ at: tick.at, step: tickStep(stage, tick) })),
  ].toSorted((a, b) => a.at - b.at);
};

const HOURS_WHOLE = 5;

const playDay = async (stage: Stage, number: number, before: (at: Instant) => void): Promise<Day> => {
  const runs: Run[] = [];
  const happenings: Happening[] = [];
  for (const { at, step } of stepsOf(stage, number)) {
    await stage.account.clock.advanceTo(at);
    before(at);
    const told = await step();
    if (told.run !== undefined) runs.push(told.run);
    happenings.push(...told.happenings);
  }
  return { number, startsAt: STARTS_AT + (number - 1) * DAY_MS, runs, happenings };
};

/**
 * Plays a number of days: the schedules of serverless.yml call the functions, and incidents happen on the way. After `wholeHours` hours the functions'
 * commands go to the account without signatures and HTTP, which are most of a day's cost.
 */
export const play = async (stage: Stage, telling: Telling): Promise<readonly Day[]> => {
  const { days, onDay, onLog, wholeHours = HOURS_WHOLE } = telling;
  const played: Day[] = [];
  let lengthenWire: (() => void) | undefined;
  const shortenInTime = (at: Instant): void => {
    if (at >= STARTS_AT + wholeHours * HOUR_MS) lengthenWire ??= shortenWire(stage.account);
  };
  try {
    for (let number = 1; number <= days; number += 1) {
      const day = await withoutOutput(
        () => playDay(stage, number, shortenInTime),
        (text) => onLog?.(text),
      );
      played.push(day);
      onDay?.(day);
    }
    return played;
  } finally {
    lengthenWire?.();
  }
};
