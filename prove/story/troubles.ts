import type { Mode } from '../../shared/model/plan.ts';
import type { Dice } from './dice.ts';
import type { HintTrouble, Sleep, TickTrouble, Trouble } from './event.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

const OPERATIONS = [
  '*',
  'CreateBackup',
  'CreateBackup',
  'DeleteBackup',
  'DescribeBackup',
  'DescribeContinuousBackups',
  'DescribeTable',
  'GetResources',
  'ListBackups',
  'ListBackups',
  'ListTables',
  'UpdateContinuousBackups',
  'Publish',
  'Query',
  'PutItem',
  'BatchWriteItem',
  'DeleteItem',
] as const;

const FAULTS = [
  'throttle',
  'internal-error',
  'timeout',
  'timeout-after-effect',
  'connection-reset',
  'connection-reset-after-effect',
  'access-denied',
  'slow',
] as const;

type Operations = readonly [string, ...string[]];

/** What the function of each mode calls. */
const CALLED_IN: Readonly<Record<Mode | 'hint', Operations>> = {
  hint: [
    'BatchWriteItem',
    'DescribeContinuousBackups',
    'DescribeTable',
    'DeleteItem',
    'GetResources',
    'ListBackups',
    'Publish',
    'PutItem',
    'Query',
    'UpdateContinuousBackups',
  ],
  protect: [
    'GetResources',
    'ListBackups',
    'DescribeTable',
    'CreateBackup',
    'CreateBackup',
    'Query',
    'PutItem',
    'DeleteItem',
  ],
  expire: [
    'GetResources',
    'ListBackups',
    'DescribeTable',
    'ListTagsOfResource',
    'DescribeBackup',
    'DeleteBackup',
    'Query',
    'Query',
    'PutItem',
  ],
  audit: [
    'ListTables',
    'DescribeTable',
    'DescribeContinuousBackups',
    'UpdateContinuousBackups',
    'Publish',
    'PutItem',
    'BatchWriteItem',
    'DeleteItem',
  ],
};

/** Something that goes wrong at some calls of one run. Four times in a row is what no retry outlasts. */
const wireTrouble = (dice: Dice, mode: Mode | 'hint'): Trouble => ({
  operation: dice.happens(0.1) ? '*' : dice.oneOf(CALLED_IN[mode]),
  fault: dice.oneOf([...FAULTS, 'access-denied']),
  after: dice.oneOf([0, 0, 0, 1, 2, 5]),
  times: dice.oneOf([1, 2, 4, 5, 20, 20]),
  delayMs: dice.oneOf([100, 5_000, 30_000]),
  chance: dice.seed(),
});

/** Something that goes wrong for hours or days, at every call or at some. */
export const chooseLastingTrouble = (dice: Dice): Trouble => ({
  operation: dice.oneOf(OPERATIONS),
  fault: dice.oneOf([...FAULTS, 'access-denied', 'access-denied']),
  probability: dice.oneOf([0.2, 0.5, 1, 1]),
  delayMs: dice.oneOf([100, 5_000]),
  chance: dice.seed(),
});

const SKEWS = [MINUTE_MS, 4 * MINUTE_MS, 6 * MINUTE_MS, HOUR_MS, DAY_MS, 40 * DAY_MS] as const;

const MODES: readonly [Mode, ...Mode[]] = ['protect', 'expire', 'audit'];

const killOf = (dice: Dice): TickTrouble => ({
  kill: { call: dice.between(1, 14), when: dice.oneOf(['before', 'after']) },
});

/** Where a run is caught with its hands full. A request that has left is good for five minutes only, so none sleeps longer there. */
const SLEEPS: Readonly<Record<Mode, readonly [Sleep, ...Sleep[]]>> = {
  protect: [
    { operation: 'ListBackups', when: 'after', ms: 0 },
    { operation: 'ListBackups', when: 'after', ms: 0 },
    { operation: 'PutItem', when: 'after', ms: 0 },
    { operation: 'PutItem', when: 'after', ms: 0 },
    { operation: 'PutItem', when: 'before', ms: 0 },
    { operation: 'CreateBackup', when: 'before', ms: 4 * MINUTE_MS },
    { operation: 'CreateBackup', when: 'after', ms: 0 },
  ],
  expire: [
    { operation: 'ListBackups', when: 'after', ms: 0 },
    { operation: 'DescribeBackup', when: 'after', ms: 0 },
    { operation: 'DeleteBackup', when: 'after', ms: 0 },
  ],
  audit: [
    { operation: 'ListBackups', when: 'after', ms: 0 },
    { operation: 'DescribeTable', when: 'after', ms: 0 },
    { operation: 'Publish', when: 'before', ms: 0 },
  ],
};

const sleepOf = (dice: Dice, mode: Mode): Sleep => {
  const sleep = dice.oneOf(SLEEPS[mode]);
  const minutes = dice.oneOf([3, 7, 7, 12, 14, 14, 20, 45]);
  return sleep.ms > 0 ? sleep : { ...sleep, ms: minutes * MINUTE_MS };
};

const meanwhileOf = (dice: Dice, mode: Mode): TickTrouble['meanwhile'] => ({
  afterMs: dice.oneOf([1, 5, 10, 10, 14, 20, 30]) * MINUTE_MS,
  ...(dice.happens(0.6) && { asleep: sleepOf(dice, mode) }),
});

const asleepOf = (dice: Dice, mode: Mode): TickTrouble => {
  const meanwhile = dice.happens(0.75) ? meanwhileOf(dice, mode) : undefined;
  return { asleep: sleepOf(dice, mode), ...(meanwhile !== undefined && { meanwhile }) };
};

const CHOICES: readonly ((dice: Dice, mode: Mode) => TickTrouble)[] = [
  (dice, mode) => ({ wire: wireTrouble(dice, mode) }),
  (dice, mode) => ({ wire: wireTrouble(dice, mode) }),
  (dice, mode) => ({ wire: wireTrouble(dice, mode) }),
  (dice, mode) => ({ wire: wireTrouble(dice, mode), againAfterMs: dice.oneOf([1_000, MINUTE_MS]) }),
  (dice) => ({ ...killOf(dice), againAfterMs: MINUTE_MS }),
  killOf,
  (dice, mode) => ({ ...killOf(dice), wire: wireTrouble(dice, mode) }),
  () => ({ twice: true }),
  (dice, mode) => ({ twice: true, wire: wireTrouble(dice, mode) }),
  (dice) => ({ beside: dice.oneOf(MODES) }),
  (dice, mode) => ({ beside: dice.oneOf(MODES), wire: wireTrouble(dice, mode) }),
  (dice) => ({ skewMs: dice.oneOf(SKEWS) * dice.oneOf([-1, 1]) }),
  (dice) => ({ eventAheadMs: dice.oneOf([MINUTE_MS, HOUR_MS, 400 * DAY_MS]) }),
  asleepOf,
  asleepOf,
  asleepOf,
];

/** Something that goes wrong with one tick of that mode. */
export const chooseTickTrouble = (dice: Dice, mode: Mode): TickTrouble =>
  (CHOICES[dice.between(0, CHOICES.length - 1)] ?? killOf)(dice, mode);

const HINT_CHOICES: readonly ((dice: Dice) => HintTrouble)[] = [
  (dice) => ({ wire: wireTrouble(dice, 'hint') }),
  (dice) => ({ wire: wireTrouble(dice, 'hint'), againAfterMs: dice.oneOf([1_000, MINUTE_MS]) }),
  (dice) => ({ ...killOf(dice), againAfterMs: MINUTE_MS }),
  killOf,
  (dice) => ({ skewMs: dice.oneOf(SKEWS) * dice.oneOf([-1, 1]) }),
];

/** Something that goes wrong with one hint. */
export const chooseHintTrouble = (dice: Dice): HintTrouble =>
  (HINT_CHOICES[dice.between(0, HINT_CHOICES.length - 1)] ?? killOf)(dice);
