import type { Dice } from './dice.ts';
import type { Forgery, Happening, Principals, StoryEvent } from './event.ts';
import { POLICY_NAMES } from './file-choice.ts';
import { TABLES } from './happenings.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 1_440 * MINUTE_MS;

/** How often each principal appears without options on the command line: in one seed of so many. Every sixteenth has both. */
export const ONE_IN = { forger: 4, tagger: 4 };

const isOneOf = (seed: number, oneIn: number): boolean => seed % oneIn === 0;

/** Those of a seed. The second digit decides on the tagger, so that all four combinations are met. */
export const principalsOf = (seed: number): Principals => ({
  forger: isOneOf(seed, ONE_IN.forger),
  tagger: isOneOf(Math.floor(seed / ONE_IN.forger), ONE_IN.tagger),
});

const HOW: readonly [Forgery, ...Forgery[]] = [
  'off-schedule',
  'off-schedule',
  'backdated',
  'backdated',
  'future',
  'burst',
  'twin',
  'on-time',
];

const forged = (dice: Dice): Happening => ({
  kind: 'forged',
  table: dice.oneOf(TABLES),
  policy: dice.oneOf(POLICY_NAMES),
  how: dice.oneOf(HOW),
  count: dice.between(1, 8),
});

/** What someone does who no longer wants a table to be backed up, or tries what happens. */
const TAGGINGS: readonly [
  (dice: Dice, table: string) => Happening,
  ...((dice: Dice, table: string) => Happening)[],
] = [
  (_, table) => ({ kind: 'tagged', table, value: null }),
  (_, table) => ({ kind: 'tagged', table, value: null }),
  (_, table) => ({ kind: 'tagged', table, value: '' }),
  (dice, table) => ({ kind: 'tagged', table, value: dice.oneOf(['Gold', 'GOLD', 'goId', 'gold,silver']) }),
  (_, table) => ({ kind: 'tagged', table, value: 'none' }),
  (dice, table) => ({ kind: 'tagged', table, value: dice.oneOf(POLICY_NAMES) }),
  (dice, table) => ({ kind: 'tagged', table, value: dice.oneOf(['gold', 'gold+silver', 'gold+bronze']) }),
  (dice, table) => ({
    kind: 'tag-key-changed',
    table,
    key: dice.oneOf(['Backup:Policy', 'backup:policy ', 'backup-policy']),
  }),
  (dice, table) => ({
    kind: 'held',
    table,
    value: dice.oneOf<string | null>(['true', 'yes', '', null, null]),
  }),
  (dice, table) => ({ kind: 'muted', table, until: dice.oneOf([30, 89, 90]) }),
];

/** The actions of both over a story, in no order. */
export const principalEvents = (
  dice: Dice,
  { forger, tagger }: Principals,
  { startAt, endAt }: { readonly startAt: number; readonly endAt: number },
): readonly StoryEvent[] => {
  const momentIn = (): number =>
    startAt + dice.between(1, Math.floor((endAt - startAt) / MINUTE_MS)) * MINUTE_MS;
  const deeds = Math.max(4, Math.round((40 * (endAt - startAt)) / (365 * DAY_MS)));
  const times = (is: boolean, deed: () => Happening): readonly StoryEvent[] =>
    is ? Array.from({ length: deeds }, () => ({ at: momentIn(), ...deed() })) : [];
  return [
    ...times(forger, () => forged(dice)),
    ...times(tagger, () => dice.oneOf(TAGGINGS)(dice, dice.oneOf(TABLES))),
  ];
};
