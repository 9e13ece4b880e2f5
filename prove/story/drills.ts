import { type Dice, diceOf } from './dice.ts';
import type { DrillTrouble, StoryEvent } from './event.ts';
import type { FileSpec } from './file-spec.ts';
import { TABLES } from './happenings.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** Drills are in some of the seeds in which nobody restores a table: in half of those with vaults, and in all with neither. */
export const hasDrills = (seed: number): boolean => seed % 3 === 2 || seed % 6 === 1;

/** When the function is looked at in a year, and when it runs each time, in hours: drills take some runs, and exports, jobs and second tries longer. */
const A_YEAR = 4;
const RUNS_AT = [0, 1, 2, 3, 8, 26, 27, 51] as const;

const OPERATIONS: readonly [string, ...string[]] = [
  '*',
  'DeleteTable',
  'DeleteTable',
  'DescribeExport',
  'DescribeRestoreJob',
  'DescribeTable',
  'DescribeTable',
  'ExportTableToPointInTime',
  'GetResources',
  'ListBackups',
  'PutItem',
  'PutItem',
  'Query',
  'RestoreTableFromBackup',
  'RestoreTableFromBackup',
  'RestoreTableToPointInTime',
  'Scan',
  'StartRestoreJob',
  'TagResource',
];

const FAULTS = [
  'access-denied',
  'connection-reset',
  'connection-reset-after-effect',
  'internal-error',
  'slow',
  'throttle',
  'timeout',
  'timeout-after-effect',
] as const;

const wireOf = (dice: Dice): DrillTrouble => ({
  wire: {
    operation: dice.oneOf(OPERATIONS),
    fault: dice.oneOf(FAULTS),
    after: dice.oneOf([0, 0, 0, 1, 2, 5]),
    times: dice.oneOf([1, 1, 4, 20]),
    delayMs: dice.oneOf([100, 5_000, 30_000]),
    chance: dice.seed(),
  },
});

const killOf = (dice: Dice): DrillTrouble => ({
  kill: { call: dice.between(1, 60), when: dice.oneOf(['before', 'after']) },
});

const CHOICES: readonly ((dice: Dice) => DrillTrouble)[] = [
  wireOf,
  wireOf,
  killOf,
  killOf,
  (dice) => ({ twice: true, ...(dice.happens(0.5) && wireOf(dice)) }),
];

const troubleOf = (dice: Dice): { readonly trouble?: DrillTrouble } =>
  dice.happens(0.4) ? { trouble: (CHOICES[dice.between(0, CHOICES.length - 1)] ?? wireOf)(dice) } : {};

/** Somebody deletes the table of a drill, and may make another one under its name. */
const meddling = (dice: Dice, at: number): readonly StoryEvent[] =>
  dice.happens(0.1)
    ? [{ at: at + 30 * MINUTE_MS, kind: 'drill-table-taken', isReplaced: dice.happens(0.6) }]
    : [];

/** Draws the runs of drills of a story. */
export const drillEvents = (
  seed: number,
  { startAt, endAt }: { readonly startAt: number; readonly endAt: number },
): readonly StoryEvent[] => {
  // Dice of their own, so that the rest of the story is the same without them.
  const dice = diceOf(seed ^ 0xd211);
  const everyMs = (endAt - startAt) / A_YEAR;
  return Array.from({ length: A_YEAR }, (_, nth) => startAt + nth * everyMs + dice.between(2, 40) * DAY_MS)
    .filter((at) => at + 3 * DAY_MS < endAt)
    .flatMap((start) =>
      RUNS_AT.flatMap((hours): readonly StoryEvent[] => {
        const at = start + hours * HOUR_MS + 20 * MINUTE_MS;
        return [{ at, kind: 'drill', ...troubleOf(dice) }, ...meddling(dice, at)];
      }),
    );
};

/** A table of the bench is of twenty or forty megabytes, which to restore is estimated at a third or two thirds of a cent. */
const CAPS = [0, 0.005, 0.01, 0.02, 20] as const;

/** Gives policies of a story's first file and of each edit their drills; the cap is the same throughout. */
export const withDrills = (
  seed: number,
  file: FileSpec,
  edits: readonly StoryEvent[],
): { readonly file: FileSpec; readonly edits: readonly StoryEvent[] } => {
  const dice = diceOf(seed ^ 0xd212);
  const drillCapUsd = dice.oneOf(CAPS);
  const drilled = (one: FileSpec): FileSpec => ({
    ...one,
    drillCapUsd,
    policies: one.policies.map((policy) =>
      dice.happens(0.7)
        ? {
            ...policy,
            drill: {
              everyDays: dice.oneOf([1, 20, 60]),
              level: dice.oneOf(['restored', 'restored', 'restored', 'sampled', 'described', 'listed']),
              sample: dice.between(1, TABLES.length),
            },
          }
        : policy,
    ),
  });
  return {
    file: drilled(file),
    edits: edits.map((event) =>
      event.kind === 'policies-edited' ? { ...event, file: drilled(event.file) } : event,
    ),
  };
};
