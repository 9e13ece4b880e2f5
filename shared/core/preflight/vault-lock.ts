import { advise } from '../../model/advice.ts';
import type { CopyDestination, Policy, VaultRules } from '../../model/policy.ts';
import type { Target } from '../../model/target.ts';
import { parseVaultArn } from '../../model/vault-arn.ts';
import type { LockRange, VaultFacts } from '../../model/vault-facts.ts';
import { longestReach, type RuleReach, ruleReaches } from '../policy/reach-days.ts';
import { copyDaysOf, copyReaches } from '../scene/copy-terms.ts';
import { counted, listed } from '../text/words.ts';
import { describeVaultCommand } from './commands.ts';
import { type Home, homesOf } from './needs.ts';
import { joined, NOTHING, type Preflight, type Trouble, troubled } from './trouble.ts';

const isInside = (days: number, { minDays = 0, maxDays = Number.POSITIVE_INFINITY }: LockRange): boolean =>
  days >= minDays && days <= maxDays;

const daysText = (days: number): string => counted(days, 'day');

const rangeText = ({ minDays, maxDays }: LockRange): string => {
  if (minDays === undefined) return `at most ${daysText(maxDays ?? 0)}`;
  return maxDays === undefined ? `at least ${daysText(minDays)}` : `${minDays} to ${daysText(maxDays)}`;
};

const reachText = ({ days, rule }: RuleReach): string => `${rule} for ${daysText(days)}`;

interface Locked {
  readonly arn: string;
  readonly policy: Policy;
  readonly lock: LockRange;
}

const refuses = (
  { arn, lock, policy }: Locked,
  more: Pick<Trouble, 'fact' | 'measured' | 'advice' | 'severity'>,
): Preflight =>
  troubled({
    kind: 'vault-lock-refuses',
    subject: [arn, policy.name],
    promised: rangeText(lock),
    ...more,
  });

const nameOf = (arn: string): string => parseVaultArn(arn)?.name ?? arn;

const seeLock = (arn: string) => {
  const vault = parseVaultArn(arn);
  return vault === undefined ? [] : [describeVaultCommand(vault)];
};

const END_IN_IT =
  'Write a deleteAfterDays in policies.yml that the lock allows and that is longer than what the retention keeps, or a shorter retention. A lock in governance mode can be changed by people with the right to it, one in compliance mode by nobody. See what it says:';

/** What AWS Backup is told of the end of each recovery point has to be inside; where a lock has a longest retention, one without an end is refused. */
const refusedJobs = (locked: Locked, { deleteAfterDays }: VaultRules): Preflight => {
  const { arn, lock, policy } = locked;
  const longest = longestReach(policy.retention, policy);
  const keeps = longest === undefined ? '' : ` Its retention keeps ${reachText(longest)}.`;
  const vault = `the lock of the backup vault ${nameOf(arn)} allows ${rangeText(lock)}`;
  if (deleteAfterDays === undefined)
    return lock.maxDays === undefined
      ? NOTHING
      : refuses(locked, {
          severity: 'critical',
          fact: `Every backup job of ${policy.name} fails: it sets no end to its recovery points, and ${vault}.${keeps}`,
          measured: 'no end',
          advice: advise(END_IN_IT, ...seeLock(arn)),
        });
  return isInside(deleteAfterDays, lock)
    ? NOTHING
    : refuses(locked, {
        severity: 'critical',
        fact: `Every backup job of ${policy.name} fails: deleteAfterDays is ${deleteAfterDays}, and ${vault}.${keeps}`,
        measured: daysText(deleteAfterDays),
        advice: advise(END_IN_IT, ...seeLock(arn)),
      });
};

/** What expires later than the rules say is paid for, and nothing else. */
const keptLonger = (locked: Locked): Preflight => {
  const { arn, lock, policy } = locked;
  const { minDays = 0 } = lock;
  const shorter = ruleReaches(policy.retention, policy).filter(({ days }) => days < minDays);
  return shorter.length === 0
    ? NOTHING
    : refuses(locked, {
        severity: 'info',
        fact: `The lock of the backup vault ${nameOf(arn)} keeps every recovery point for ${daysText(minDays)}, longer than ${policy.name} asks for: ${listed(shorter.map(reachText))}.`,
        measured: daysText(Math.min(...shorter.map(({ days }) => days))),
        advice: advise(
          'Nothing is lost: they are paid for until then. Keep what is needed for a shorter time with the engine dynamodb, or accept it. See what the lock says:',
          ...seeLock(arn),
        ),
      });
};

const homeLock = ({ arn, policy }: Home, lock: LockRange): Preflight => {
  const locked = { arn, policy, lock };
  if (policy.vault === undefined) return NOTHING;
  const refused = refusedJobs(locked, policy.vault);
  return refused.troubles.length > 0 ? refused : keptLonger(locked);
};

/** Each rule takes its own copies, so that one rung of the ladder may be refused while all others arrive. */
const copyLock = (policy: Policy, destination: CopyDestination, lock: LockRange): Preflight => {
  const arn = destination.vaultArn;
  const reaches = copyReaches(policy, destination);
  const outside = reaches
    .map((reach) => ({ rule: reach.rule, days: copyDaysOf(reach, destination.coldAfterDays) }))
    .filter(({ days }) => !isInside(days, lock));
  if (outside.length === 0) return NOTHING;
  const all = outside.length === reaches.length;
  return refuses(
    { arn, policy, lock },
    {
      severity: all ? 'critical' : 'warning',
      fact: `${all ? 'Every copy' : 'Copies'} of ${policy.name} to the backup vault ${nameOf(arn)} ${all ? 'fails' : 'fail'}: its lock allows ${rangeText(lock)}, and what is kept by ${listed(outside.map(reachText))} is outside of that.`,
      measured: listed(outside.map(({ days }) => daysText(days))),
      advice: advise(
        'Write a retention for this destination in policies.yml that the lock allows. A lock in governance mode can be changed by people with the right to it, one in compliance mode by nobody. See what it says:',
        ...seeLock(arn),
      ),
    },
  );
};

/**
 * Finds policies whose retention the lock of a vault does not allow: jobs and copies that will fail, rule by rule, and what stays longer than the policy
 * says. A vault that could not be read says nothing.
 */
export const vaultLocks = (
  policies: readonly Policy[],
  { vaults }: Pick<VaultFacts, 'vaults'>,
  target: Target,
): Preflight => {
  const locks = new Map(
    vaults.flatMap(({ arn, seen }) =>
      seen.kind === 'found' && seen.value.lock !== undefined ? [[arn, seen.value.lock] as const] : [],
    ),
  );
  const lockOf = (arn: string): LockRange | undefined => locks.get(arn);
  const homes = homesOf(policies, target).map((home) => {
    const lock = lockOf(home.arn);
    return lock === undefined ? NOTHING : homeLock(home, lock);
  });
  const copies = policies.flatMap((policy) =>
    (policy.vault?.copyTo ?? []).map((destination) => {
      const lock = lockOf(destination.vaultArn);
      return lock === undefined ? NOTHING : copyLock(policy, destination, lock);
    }),
  );
  return joined([...homes, ...copies]);
};
