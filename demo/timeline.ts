import { counted } from '../shared/core/text/words.ts';
import { isoInstant } from '../shared/model/instant.ts';
import { mailBox } from './mail-box.ts';
import type { Paint } from './paint.ts';
import { slackBox } from './slack-box.ts';
import type { Day } from './story.ts';
import type { Happening, Run } from './world.ts';

/** Takes day after day and returns the lines that are known by then: quiet days wait until they end. */
export interface Timeline {
  add(day: Day): readonly string[];
  /** The quiet days that are still untold. */
  end(): readonly string[];
}

const isQuiet = ({ happenings }: Day): boolean => happenings.length === 0;

const sum = (days: readonly Day[], numberOf: (run: Run) => number): number =>
  days.flatMap(({ runs }) => runs).reduce((total, run) => total + numberOf(run), 0);

const workText = (days: readonly Day[]): string => {
  const made = counted(
    sum(days, ({ made: count }) => count),
    'recovery point',
  );
  return `${made} made, ${sum(days, ({ expired }) => expired).toLocaleString('en-US')} expired`;
};

const quietLine = (days: readonly Day[], paint: Paint): readonly string[] => {
  const [first, last] = [days.at(0), days.at(-1)];
  if (first === undefined || last === undefined) return [];
  const name = first === last ? `day ${first.number}` : `days ${first.number}–${last.number}`;
  return ['', paint.deed(`${name}: ${workText(days)}, nothing wrong`)];
};

/** Pads a name to the width of all names. */
export const who = (name: string): string => name.padEnd(12);

/** When something happened: the day of the story, and the time in UTC. */
export const whenText = (number: number, { at }: Happening): string =>
  `day ${String(number).padStart(2)} ${isoInstant(at).slice(11, 16)} `;

const happeningLines = (number: number, happening: Happening, paint: Paint): readonly string[] => {
  const when = paint.faint(whenText(number, happening));
  switch (happening.kind) {
    case 'incident':
      return [`${when} ${paint.incident(`${who(happening.who)}${happening.what}`)}`];
    case 'deed':
      return [`${when} ${paint.deed(`${who('Tablekeeper')}${happening.what}`)}`];
    case 'mail':
      return [
        `${when} ${paint.deed(`${who('Tablekeeper')}writes`)}`,
        ...mailBox(happening, paint),
        ...(happening.slack === undefined ? [] : slackBox(happening.slack, paint)),
      ];
  }
};

type Deed = Extract<Happening, { readonly kind: 'deed' }>;

const mayRepeat = (happening: Happening): happening is Deed =>
  happening.kind === 'deed' && happening.isRepetitive;

/** What went the same way at every run of a day is shown at the first one, with how often. */
const withoutRepeats = (happenings: readonly Happening[]): readonly Happening[] => {
  const deeds = Map.groupBy(happenings.filter(mayRepeat), ({ what }) => what);
  return happenings.flatMap((happening): readonly Happening[] => {
    if (!mayRepeat(happening)) return [happening];
    const same = deeds.get(happening.what) ?? [];
    if (same[0] !== happening) return [];
    const times = same.length === 1 ? '' : ` (${same.length} times this day)`;
    return [{ ...happening, what: `${happening.what}${times}` }];
  });
};

const dayLines = (day: Day, paint: Paint): readonly string[] => {
  const { number, startsAt, happenings } = day;
  const date = new Date(startsAt).toUTCString().slice(0, 16);
  const told = withoutRepeats(happenings);
  return [
    '',
    paint.strong(`day ${number}, ${date}`),
    ...told.flatMap((happening) => happeningLines(number, happening, paint)),
    paint.deed(`${' '.repeat(14)}${workText([day])}`),
  ];
};

/** Creates the timeline that shows every message: quiet days in one line, all others with everything that happened. */
export const createFullTimeline = (paint: Paint): Timeline => {
  let quiet: Day[] = [];
  const end = (): readonly string[] => {
    const lines = quietLine(quiet, paint);
    quiet = [];
    return lines;
  };
  return {
    end,
    add(day) {
      if (!isQuiet(day)) return [...end(), ...dayLines(day, paint)];
      quiet.push(day);
      return [];
    },
  };
};
