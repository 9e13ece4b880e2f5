import type { Dice } from './dice.ts';
import type { FileSpec, PolicySpec } from './file-spec.ts';

/** How often the policies of a story want a recovery point. */
export type Pace = 'daily' | 'weekly' | 'monthly';

const ZONES = [
  'UTC',
  'Europe/Berlin',
  'America/New_York',
  'Asia/Seoul',
  'Australia/Lord_Howe',
  'America/Sao_Paulo',
  'Africa/Cairo',
  'Pacific/Chatham',
] as const;

const HOURS_OF: Readonly<Record<Pace, number>> = { daily: 24, weekly: 24 * 7, monthly: 24 * 31 };

const rhythmOf = (dice: Dice, pace: Pace): PolicySpec['rhythm'] => ({
  minute: dice.oneOf([0, 15, 30, 59]),
  // Clocks change between midnight and three.
  hour: dice.oneOf([0, 1, 2, 2, 3, 12, 23]),
  ...(pace === 'weekly' && { weekday: dice.oneOf([0, 0, 1, 3, 6]) }),
  ...(pace === 'monthly' && { dayOfMonth: dice.between(1, 28) }),
});

const retentionOf = (dice: Dice): Pick<PolicySpec, 'retention' | 'withinHours'> => {
  const rules = [
    { last: dice.between(1, 5) },
    { daily: dice.between(1, 8) },
    { weekly: dice.between(1, 6) },
    { monthly: dice.between(1, 6) },
    { yearly: dice.between(1, 2) },
    { hourly: dice.between(1, 6) },
  ];
  const chosen = rules.filter(() => dice.happens(0.4));
  const retention = Object.assign({}, ...(chosen.length === 0 ? [{ last: dice.between(1, 3) }] : chosen));
  return { retention, ...(dice.happens(0.3) && { withinHours: dice.between(1, 24 * 60) }) };
};

const pitrOf = (dice: Dice): Pick<PolicySpec, 'pitr'> =>
  dice.happens(0.6)
    ? { pitr: { days: dice.oneOf([1, 7, 35]), onDrift: dice.oneOf(['alert', 'repair']) } }
    : {};

const policyOf = (dice: Dice, name: string, pace: Pace): PolicySpec => ({
  name,
  rhythm: rhythmOf(dice, pace),
  ...retentionOf(dice),
  rpoHours: HOURS_OF[pace] + dice.oneOf([2, 12, 48]),
  ...pitrOf(dice),
});

export const POLICY_NAMES = ['gold', 'silver', 'bronze'] as const;

/** A policy file of one to three policies at about that pace. */
export const chooseFile = (dice: Dice, pace: Pace): FileSpec => {
  const names = POLICY_NAMES.filter((_, index) => index === 0 || dice.happens(0.6));
  const slower: Pace = pace === 'daily' ? 'weekly' : 'monthly';
  return {
    timezone: dice.oneOf(ZONES),
    ...(dice.happens(0.3) && { digest: { minute: 0, hour: 8, weekday: dice.oneOf([0, 1, 5]) } }),
    guardrail: { maxShare: dice.oneOf([0.2, 0.5, 0.5, 0.9]), floor: dice.oneOf([1, 5, 5, 20]) },
    policies: names.map((name, index) => policyOf(dice, name, index === 0 ? pace : slower)),
  };
};

/** The same file after an edit: another retention, another zone or hour, a policy more or fewer. */
export const editFile = (dice: Dice, file: FileSpec, pace: Pace): FileSpec => {
  const fresh = chooseFile(dice, pace);
  if (dice.happens(0.3)) return fresh;
  if (dice.happens(0.2)) return { ...file, timezone: fresh.timezone };
  const policies = file.policies.map((policy) =>
    dice.happens(0.5) ? policy : { ...policy, ...retentionOf(dice), ...(dice.happens(0.3) && pitrOf(dice)) },
  );
  return { ...file, policies };
};
