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

/** What is called of AWS Backup, where policies keep recovery points in vaults. */
const OF_VAULTS: Operations = [
  'ListBackupJobs',
  'ListBackupJobs',
  'ListCopyJobs',
  'ListBackupVaults',
  'ListRecoveryPointsByBackupVault',
  'ListRecoveryPointsByBackupVault',
  'ListTags',
  'StartBackupJob',
  'StartBackupJob',
  'StartCopyJob',
  'DescribeRecoveryPoint',
  'DeleteRecoveryPoint',
];

const VAULTS_CALLED_IN: Readonly<Record<Mode, Operations>> = {
  protect: [
    'ListBackupJobs',
    'ListCopyJobs',
    'ListTags',
    'StartBackupJob',
    'StartBackupJob',
    'StartCopyJob',
    'ListRecoveryPointsByBackupVault',
  ],
  expire: [
    'ListRecoveryPointsByBackupVault',
    'ListTags',
    'DescribeRecoveryPoint',
    'DeleteRecoveryPoint',
    'DeleteRecoveryPoint',
    'ListBackupJobs',
  ],
  audit: [
    'ListBackupVaults',
    'ListBackupJobs',
    'ListCopyJobs',
    'ListTags',
    'ListRecoveryPointsByBackupVault',
  ],
};

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

const operationOf = (dice: Dice, mode: Mode | 'hint', hasVaults: boolean): string => {
  if (dice.happens(0.1)) return '*';
  const isOfVaults = hasVaults && mode !== 'hint' && dice.happens(0.5);
  return dice.oneOf(isOfVaults ? VAULTS_CALLED_IN[mode] : CALLED_IN[mode]);
};

/** Something that goes wrong at some calls of one run. Four times in a row is what no retry outlasts. */
const wireTrouble = (dice: Dice, mode: Mode | 'hint', hasVaults = false): Trouble => ({
  operation: operationOf(dice, mode, hasVaults),
  fault: dice.oneOf([...FAULTS, 'access-denied']),
  after: dice.oneOf([0, 0, 0, 1, 2, 5]),
  times: dice.oneOf([1, 2, 4, 5, 20, 20]),
  delayMs: dice.oneOf([100, 5_000, 30_000]),
  chance: dice.seed(),
});

/** Something that goes wrong for hours or days, at every call or at some. */
export const chooseLastingTrouble = (dice: Dice, hasVaults = false): Trouble => ({
  operation: hasVaults && dice.happens(0.5) ? dice.oneOf(OF_VAULTS) : dice.oneOf(OPERATIONS),
  fault: dice.oneOf([...FAULTS, 'access-denied', 'access-denied']),
  probability: dice.oneOf([0.2, 0.5, 1, 1]),
  delayMs: dice.oneOf([100, 5_000]),
  chance: dice.seed(),
});

const SKEWS = [MINUTE_MS, 4 * MINUTE_MS, 6 * MINUTE_MS, HOUR_MS, DAY_MS, 40 * DAY_MS] as const;

const MODES: readonly [Mode, ...Mode[]] = ['protect', 'expire', 'audit'];

const killOf = (dice: Dice, _mode?: Mode, hasVaults = false): TickTrouble => ({
  kill: { call: dice.between(1, hasVaults ? 30 : 14), when: dice.oneOf(['before', 'after']) },
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

const VAULT_SLEEPS: Readonly<Record<Mode, readonly [Sleep, ...Sleep[]]>> = {
  protect: [
    { operation: 'ListBackupJobs', when: 'after', ms: 0 },
    { operation: 'ListRecoveryPointsByBackupVault', when: 'after', ms: 0 },
    { operation: 'StartBackupJob', when: 'before', ms: 4 * MINUTE_MS },
    { operation: 'StartBackupJob', when: 'after', ms: 0 },
    { operation: 'StartCopyJob', when: 'after', ms: 0 },
  ],
  expire: [
    { operation: 'ListRecoveryPointsByBackupVault', when: 'after', ms: 0 },
    { operation: 'DescribeRecoveryPoint', when: 'after', ms: 0 },
    { operation: 'DeleteRecoveryPoint', when: 'before', ms: 4 * MINUTE_MS },
  ],
  audit: [{ operation: 'ListRecoveryPointsByBackupVault', when: 'after', ms: 0 }],
};

const sleepOf = (dice: Dice, mode: Mode, hasVaults: boolean): Sleep => {
  const sleep = dice.oneOf((hasVaults && dice.happens(0.5) ? VAULT_SLEEPS : SLEEPS)[mode]);
  const minutes = dice.oneOf([3, 7, 7, 12, 14, 14, 20, 45]);
  return sleep.ms > 0 ? sleep : { ...sleep, ms: minutes * MINUTE_MS };
};

const meanwhileOf = (dice: Dice, mode: Mode, hasVaults: boolean): TickTrouble['meanwhile'] => ({
  afterMs: dice.oneOf([1, 5, 10, 10, 14, 20, 30]) * MINUTE_MS,
  ...(dice.happens(0.6) && { asleep: sleepOf(dice, mode, hasVaults) }),
});

const asleepOf = (dice: Dice, mode: Mode, hasVaults: boolean): TickTrouble => {
  const meanwhile = dice.happens(0.75) ? meanwhileOf(dice, mode, hasVaults) : undefined;
  return { asleep: sleepOf(dice, mode, hasVaults), ...(meanwhile !== undefined && { meanwhile }) };
};

const CHOICES: readonly ((dice: Dice, mode: Mode, hasVaults: boolean) => TickTrouble)[] = [
  (dice, mode, vaults) => ({ wire: wireTrouble(dice, mode, vaults) }),
  (dice, mode, vaults) => ({ wire: wireTrouble(dice, mode, vaults) }),
  (dice, mode, vaults) => ({ wire: wireTrouble(dice, mode, vaults) }),
  (dice, mode, vaults) => ({
    wire: wireTrouble(dice, mode, vaults),
    againAfterMs: dice.oneOf([1_000, MINUTE_MS]),
  }),
  (dice, mode, vaults) => ({ ...killOf(dice, mode, vaults), againAfterMs: MINUTE_MS }),
  killOf,
  (dice, mode, vaults) => ({ ...killOf(dice, mode, vaults), wire: wireTrouble(dice, mode, vaults) }),
  () => ({ twice: true }),
  (dice, mode, vaults) => ({ twice: true, wire: wireTrouble(dice, mode, vaults) }),
  (dice) => ({ beside: dice.oneOf(MODES) }),
  (dice, mode, vaults) => ({ beside: dice.oneOf(MODES), wire: wireTrouble(dice, mode, vaults) }),
  (dice) => ({ skewMs: dice.oneOf(SKEWS) * dice.oneOf([-1, 1]) }),
  (dice) => ({ eventAheadMs: dice.oneOf([MINUTE_MS, HOUR_MS, 400 * DAY_MS]) }),
  asleepOf,
  asleepOf,
  asleepOf,
];

/** Something that goes wrong with one tick of that mode. */
export const chooseTickTrouble = (dice: Dice, mode: Mode, hasVaults = false): TickTrouble =>
  (CHOICES[dice.between(0, CHOICES.length - 1)] ?? killOf)(dice, mode, hasVaults);

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
