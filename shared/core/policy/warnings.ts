import { DAY_MS, MINUTE_MS } from '../../model/instant.ts';
import type { Policies, Policy } from '../../model/policy.ts';
import { namesBothDays } from '../calendar/cron-fields.ts';
import { daysNamed, shortestIntervalMs } from '../calendar/intervals.ts';
import { listed } from '../text/words.ts';
import { shown } from './mistake.ts';
import { ruleReaches } from './reach-days.ts';
import { COLD_DAYS } from './vault-mistakes.ts';

/** Something in a policy file that is valid, and probably not intended. */
export interface PolicyWarning {
  /** Where it stands: `guardrail.maxShare`, `policies.archive.schedule`. */
  readonly path: string;
  readonly says: string;
}

const isLeapDay = (midnight: number): boolean => {
  const day = new Date(midnight);
  return day.getUTCMonth() === 1 && day.getUTCDate() === 29;
};

/** A schedule of nothing but 29 February lets four years pass between two slots, and eight around 2100. */
const leapWarning = (path: string, schedule: string, what: string): readonly PolicyWarning[] =>
  daysNamed(schedule).every(isLeapDay)
    ? [
        {
          path,
          says: `The schedule ${shown(schedule)} comes on 29 February alone: ${what} every four years. "0 3 28 2 *" comes every year.`,
        },
      ]
    : [];

/** How often a deployment looks by default; its parameter is backupRate. */
const LOOKS_EVERY_MS = 30 * MINUTE_MS;

/** A run makes the latest slot only: of two slots between two runs, the first is never met. When runs come is a parameter. */
const unmetWarning = ({ name, schedule }: Pick<Policy, 'name' | 'schedule'>): readonly PolicyWarning[] => {
  const shortestMs = shortestIntervalMs({ schedule });
  if (shortestMs >= LOOKS_EVERY_MS) return [];
  return [
    {
      path: `policies.${name}.schedule`,
      says: `The schedule ${shown(schedule)} has slots ${shortestMs / MINUTE_MS} minutes apart, and a deployment looks every 30 minutes and makes only the latest: some slots may never be met. Write 30 minutes or more, such as "*/30 * * * *", or deploy with a backupRate that looks more often.`,
    },
  ];
};

/** In some crons a day has to be both. A policy says so among its clauses; a digest has none. */
const bothDaysWarning = (path: string, schedule: string): readonly PolicyWarning[] =>
  namesBothDays(schedule)
    ? [
        {
          path,
          says: `The schedule ${shown(schedule)} sets day of month and day of week: a day that is either is enough, so that it comes on each of those days of the month and on each of those days of the week. Write * in one of them for the other alone.`,
        },
      ]
    : [];

/** AWS advises so many warm days at the least; what is cold cannot be copied any more. */
const WARM_DAYS = 7;

const coldCopyWarning = ({ name, vault }: Policy): readonly PolicyWarning[] => {
  const { coldAfterDays, copyTo = [] } = vault ?? {};
  if (coldAfterDays === undefined || coldAfterDays >= WARM_DAYS || copyTo.length === 0) return [];
  return [
    {
      path: `policies.${name}.coldAfterDays`,
      says: `Nothing in cold storage can be copied: a copy that is held up for ${coldAfterDays} days is never made. ${WARM_DAYS} days or more leave time.`,
    },
  ];
};

/** Each destination has its own coldAfterDays: the home vault's does not reach copies, and most of a bill may be theirs. */
const warmCopyWarning = ({ name, vault }: Policy): readonly PolicyWarning[] => {
  const { coldAfterDays, copyTo = [] } = vault ?? {};
  const warm = copyTo.filter((one) => one.coldAfterDays === undefined);
  if (coldAfterDays === undefined || warm.length === 0) return [];
  return [
    {
      path: `policies.${name}.copyTo`,
      says: `Copies in ${listed(warm.map(({ vaultArn }) => vaultArn))} stay warm: coldAfterDays is for the vault at home alone. A destination has its own: { vault: ARN, coldAfterDays: ${Math.max(WARM_DAYS, coldAfterDays)} }.`,
    },
  ];
};

/** A rule that ends between the move to cold storage and the end of its 90 days pays for days that nobody uses. */
const coldEndWarning = ({ name, vault, retention, schedule, timezone }: Policy): readonly PolicyWarning[] => {
  const cold = vault?.coldAfterDays;
  if (cold === undefined) return [];
  const until = cold + COLD_DAYS;
  return ruleReaches(retention, { schedule, timezone })
    .filter(({ days }) => days > cold && days < until)
    .map(({ rule, days }) => ({
      path: `policies.${name}.retention.${rule}`,
      says: `What ${rule} keeps expires after ${days} days and is in cold storage since day ${cold}: it is paid until day ${until} (${cold} + ${COLD_DAYS}).`,
    }));
};

const capWarning = ({ drillCapUsd, policies }: Policies): readonly PolicyWarning[] =>
  drillCapUsd === 0 && policies.some(({ drill }) => drill?.level === 'restored')
    ? [
        {
          path: 'drills.maxMonthlyUsd',
          says: 'Drills that restore may cost 0 US dollars a month: none of a table with any data is ever begun, and each is reported as put off. Leave drill out, or write level: described.',
        },
      ]
    : [];

/** AWS Backup deletes by the end that it was given, whatever is kept after a deletion. */
const endBeforeWarning = ({ afterDeletion, name, vault }: Policy): readonly PolicyWarning[] => {
  const { deleteAfterDays } = vault ?? {};
  if (afterDeletion === undefined || deleteAfterDays === undefined) return [];
  const keepDays = Math.round(afterDeletion.keepMs / DAY_MS);
  if (keepDays < deleteAfterDays) return [];
  return [
    {
      path: `policies.${name}.afterDeletion.keep`,
      says: `AWS Backup deletes each recovery point of this policy by itself ${deleteAfterDays} days after it was made (deleteAfterDays), and no keep of ${keepDays} days holds that up: of a deleted table all may be gone before. Leave deleteAfterDays out, or make it longer.`,
    },
  ];
};

/** AWS exports a table by the second only. */
const sampleWarning = ({ name, drill, pitr }: Policy): readonly PolicyWarning[] =>
  drill?.level === 'sampled' && pitr === undefined
    ? [
        {
          path: `policies.${name}.drill.level`,
          says: 'The level sampled exports from point-in-time recovery, which this policy does not promise: of a table without it nothing is read, and its backup is only described. Add pitr: { required: true }, or write level: restored.',
        },
      ]
    : [];

/** Lists what a person should check again, in the order of the file. None of it is refused. */
export const policyWarnings = (file: Policies): readonly PolicyWarning[] => {
  const { digest, guardrail, policies } = file;
  return [
    ...(guardrail.maxShare < 1
      ? []
      : [
          {
            path: 'guardrail.maxShare',
            says: 'A maxShare of 1 lets a plan take all that a table has but its newest recovery point: the guardrail asks nobody about anything. 0.5 asks about more than half.',
          },
        ]),
    ...(digest === undefined
      ? []
      : [
          ...leapWarning('digest.schedule', digest.schedule, 'a digest is sent'),
          ...bothDaysWarning('digest.schedule', digest.schedule),
        ]),
    ...capWarning(file),
    ...policies.flatMap((policy) => [
      ...leapWarning(`policies.${policy.name}.schedule`, policy.schedule, 'a recovery point is made'),
      ...unmetWarning(policy),
      ...coldCopyWarning(policy),
      ...warmCopyWarning(policy),
      ...coldEndWarning(policy),
      ...endBeforeWarning(policy),
      ...sampleWarning(policy),
    ]),
  ];
};
