import { type Dice, diceOf } from './dice.ts';
import type { Asking, RestoreEvent, SessionTrouble, SettingChanged, StoryEvent, Trouble } from './event.ts';
import { TABLES } from './happenings.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 1_440 * MINUTE_MS;

/** In one seed of so many tables are restored: each restore takes as many calls as a round of the functions. */
export const RESTORES_ONE_IN = 3;

const ASKED: readonly [Asking['of'], ...Asking['of'][]] = [
  'window',
  'window',
  'window',
  'end-of-window',
  'point',
  'after-point',
  'after-point',
  'latest',
  'latest',
  'before-all',
  'not-yet',
  'future',
  'named',
  'named',
];

const CALLED: readonly [string, ...string[]] = [
  '*',
  '*',
  'RestoreTableFromBackup',
  'RestoreTableFromBackup',
  'RestoreTableFromBackup',
  'RestoreTableToPointInTime',
  'RestoreTableToPointInTime',
  'RestoreTableToPointInTime',
  'DescribeTable',
  'DescribeTable',
  'DescribeContinuousBackups',
  'ListBackups',
  'PutItem',
  'PutItem',
  'Query',
  'TagResource',
  'UpdateTable',
  'UpdateTable',
  'UpdateContinuousBackups',
  'UpdateTimeToLive',
  'PutResourcePolicy',
  'Scan',
];

const wireTrouble = (dice: Dice): Trouble => ({
  operation: dice.oneOf(CALLED),
  fault: dice.oneOf([
    'throttle',
    'internal-error',
    'timeout',
    'timeout-after-effect',
    'timeout-after-effect',
    'connection-reset',
    'connection-reset-after-effect',
    'connection-reset-after-effect',
    'access-denied',
    'slow',
  ]),
  after: dice.oneOf([0, 0, 0, 1, 3]),
  times: dice.oneOf([1, 2, 5, 40]),
  probability: dice.oneOf([0.3, 1, 1]),
  delayMs: dice.oneOf([100, 5_000, 30_000]),
  chance: dice.seed(),
});

const killOf = (dice: Dice): SessionTrouble => ({
  kill: { call: dice.between(1, dice.oneOf([40, 120])), when: dice.oneOf(['before', 'after']) },
});

/** The one call is sent and its answer is lost: with what it does, or before it does anything. */
const lostAnswer = (dice: Dice, fault: Trouble['fault']): SessionTrouble => ({
  wire: {
    operation: dice.oneOf(['RestoreTableFromBackup', 'RestoreTableToPointInTime']),
    fault,
    times: 1,
    chance: dice.seed(),
  },
});

/** The machine dies as the one call is sent, or before its answer is written down. */
const killedAtTheCall = (dice: Dice): SessionTrouble => ({
  kill: {
    operation: dice.oneOf(['RestoreTableFromBackup', 'RestoreTableToPointInTime']),
    call: 1,
    when: dice.oneOf(['before', 'after']),
  },
});

const SESSIONS: readonly ((dice: Dice) => SessionTrouble)[] = [
  killOf,
  killOf,
  killedAtTheCall,
  (dice) => lostAnswer(dice, dice.oneOf(['timeout-after-effect', 'connection-reset-after-effect'])),
  (dice) => lostAnswer(dice, 'connection-reset'),
  (dice) => ({ wire: wireTrouble(dice) }),
  (dice) => ({ wire: wireTrouble(dice) }),
  (dice) => ({ ...killOf(dice), wire: wireTrouble(dice) }),
  (dice) => ({ twice: true, ...(dice.happens(0.5) && { wire: wireTrouble(dice) }) }),
  (dice) => ({
    asleep: {
      operation: dice.oneOf(['DescribeTable', 'PutItem', 'ListBackups', 'UpdateTable']),
      when: dice.oneOf(['before', 'after']),
      ms: dice.oneOf([4, 30, 300]) * MINUTE_MS,
    },
  }),
  () => ({ shared: true }),
];

const sessionsOf = (dice: Dice): readonly SessionTrouble[] =>
  Array.from({ length: dice.oneOf([0, 0, 1, 1, 2, 3]) }, () =>
    (SESSIONS[dice.between(0, SESSIONS.length - 1)] ?? killOf)(dice),
  );

/** Somebody takes the name of a table that was asked for and is not made. */
const takenMeanwhile = (dice: Dice): Pick<RestoreEvent, 'sessions' | 'squatAfterMs'> => ({
  sessions: [lostAnswer(dice, 'connection-reset'), ...sessionsOf(dice)],
  squatAfterMs: dice.oneOf([10, 90]) * MINUTE_MS,
});

const restoreOf = (dice: Dice): RestoreEvent => ({
  kind: 'restore',
  table: dice.happens(0.03) ? 'no-such-table' : dice.oneOf(TABLES),
  asking: { of: dice.oneOf(ASKED), share: dice.between(0, 999) / 1000 },
  isLost: dice.happens(0.3),
  ...(dice.happens(0.15) && { target: dice.oneOf(['Orders-copy', 'carts', 'Zaehler']) }),
  asReplacement: dice.happens(0.4),
  ttl: dice.oneOf(['later', 'later', 'on']),
  sessions: sessionsOf(dice),
  ...(dice.happens(0.12) && takenMeanwhile(dice)),
});

const EVERYONE = JSON.stringify({
  Version: '2012-10-17',
  Statement: [
    {
      Effect: 'Allow',
      Principal: { AWS: 'arn:aws:iam::111122223333:root' },
      Action: 'dynamodb:GetItem',
      Resource: 'arn:aws:dynamodb:us-east-1:111122223333:table/TABLE',
    },
  ],
});

type Change = Pick<SettingChanged, 'operation' | 'input'>;

const stream = (StreamViewType?: string): Change => ({
  operation: 'UpdateTable',
  input: {
    StreamSpecification: {
      StreamEnabled: StreamViewType !== undefined,
      ...(StreamViewType !== undefined && { StreamViewType }),
    },
  },
});

const maximum = (reads: number, writes: number): Change => ({
  operation: 'UpdateTable',
  input: { OnDemandThroughput: { MaxReadRequestUnits: reads, MaxWriteRequestUnits: writes } },
});

const ttl = (Enabled: boolean): Change => ({
  operation: 'UpdateTimeToLive',
  input: { TimeToLiveSpecification: { AttributeName: 'expires', Enabled } },
});

const insights = (ContributorInsightsAction: string, more = {}): Change => ({
  operation: 'UpdateContributorInsights',
  input: { ContributorInsightsAction, ...more },
});

const team = (Value: string): Change => ({
  operation: 'TagResource',
  input: { Tags: [{ Key: 'team', Value }] },
});

/** What changes, often enough that the manifests of a table differ. */
const CHANGES: readonly [Change, ...Change[]] = [
  stream('NEW_AND_OLD_IMAGES'),
  stream('KEYS_ONLY'),
  stream(),
  maximum(9_000, 3_000),
  maximum(500, -1),
  maximum(-1, -1),
  ttl(true),
  ttl(true),
  ttl(false),
  insights('ENABLE', { ContributorInsightsMode: 'THROTTLED_KEYS' }),
  insights('ENABLE', { ContributorInsightsMode: 'ACCESSED_AND_THROTTLED_KEYS' }),
  insights('DISABLE'),
  team('shop'),
  team('billing'),
  { operation: 'UpdateTable', input: { TableClass: 'STANDARD_INFREQUENT_ACCESS' } },
  { operation: 'UpdateTable', input: { TableClass: 'STANDARD' } },
  { operation: 'UpdateTable', input: { DeletionProtectionEnabled: true } },
  { operation: 'UpdateTable', input: { DeletionProtectionEnabled: false } },
  { operation: 'PutResourcePolicy', input: { Policy: EVERYONE } },
  { operation: 'DeleteResourcePolicy', input: {} },
];

const changeOf = (dice: Dice): SettingChanged => ({
  kind: 'setting-changed',
  table: dice.oneOf(TABLES),
  ...dice.oneOf(CHANGES),
});

/** The restores of a story, and what makes the settings of its tables differ from day to day; none in most seeds. */
export const restoreEvents = (
  seed: number,
  { startAt, endAt }: { readonly startAt: number; readonly endAt: number },
): readonly StoryEvent[] => {
  if (seed % RESTORES_ONE_IN !== 0) return [];
  // Dice of their own, so that the rest of the story is the same without them.
  const dice = diceOf(seed ^ 0x6b1d);
  const inAYear = (count: number): number =>
    Math.max(1, Math.round((count * (endAt - startAt)) / (365 * DAY_MS)));
  const momentIn = (): number =>
    startAt + dice.between(1, Math.floor((endAt - startAt) / MINUTE_MS)) * MINUTE_MS;
  const times = <One>(count: number, make: () => One) =>
    Array.from({ length: inAYear(count) }, () => ({ at: momentIn(), ...make() }));
  return [...times(24, () => changeOf(dice)), ...times(6, () => restoreOf(dice))];
};
