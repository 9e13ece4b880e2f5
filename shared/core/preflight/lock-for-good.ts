import { advise } from '../../model/advice.ts';
import type { Instant } from '../../model/instant.ts';
import type { Policy } from '../../model/policy.ts';
import type { Target } from '../../model/target.ts';
import { parseVaultArn } from '../../model/vault-arn.ts';
import type { SeenLock, VaultFacts } from '../../model/vault-facts.ts';
import { longestReach } from '../policy/reach-days.ts';
import { copyDaysOf, copyReaches } from '../scene/copy-terms.ts';
import { daysText, utcText } from '../text/time.ts';
import { describeVaultCommand, putLockCommand, takeLockCommand } from './commands.ts';
import { homesOf } from './needs.ts';
import { joined, NOTHING, type Preflight, troubled } from './trouble.ts';

interface Locked {
  readonly arn: string;
  readonly lock: SeenLock;
  readonly finalAt: Instant;
}

/** For how long policies ask anything to be kept in a vault, in days. */
const longestAsked = (arn: string, policies: readonly Policy[], target: Target): number => {
  const homes = homesOf(policies, target)
    .filter((home) => home.arn === arn)
    .map(({ policy }) => policy.vault?.deleteAfterDays ?? longestReach(policy.retention, policy)?.days ?? 0);
  const copies = policies.flatMap((policy) =>
    (policy.vault?.copyTo ?? [])
      .filter(({ vaultArn }) => vaultArn === arn)
      .flatMap((destination) =>
        copyReaches(policy, destination).map((reach) => copyDaysOf(reach, destination.coldAfterDays)),
      ),
  );
  return Math.max(0, ...homes, ...copies);
};

const madeLock = ({ arn }: Locked, { made }: VaultFacts, target: Target) => {
  const { name, target: there } = parseVaultArn(arn) ?? {};
  if (made === undefined || made === 'none' || there?.region !== target.region) return undefined;
  return made.name === name ? made : undefined;
};

const rangeText = ({ maxDays, minDays = 0 }: SeenLock): string =>
  `keeps every recovery point for at least ${daysText(minDays)}${maxDays === undefined ? '' : ` and lets none in that is kept for more than ${daysText(maxDays)}`}`;

const troubleOf = (
  locked: Locked,
  policies: readonly Policy[],
  facts: VaultFacts,
  target: Target,
  now: Instant,
): Preflight => {
  const { arn, finalAt, lock } = locked;
  const { minDays = 0 } = lock;
  const vault = parseVaultArn(arn) ?? { name: arn, target };
  const own = madeLock(locked, facts, target);
  const asked = own?.lock?.mode === 'compliance' ? (own.lock.minDays ?? 0) : undefined;
  if (asked !== undefined && minDays <= asked) return NOTHING;
  const longest = longestAsked(arn, policies, target);
  const isLonger = minDays > longest;
  const who =
    own === undefined
      ? ''
      : asked === undefined
        ? ' The deployment, which made the vault, asked for no such lock.'
        : ` The deployment, which made the vault, asked for ${daysText(asked)}.`;
  const policy = ` What policies ask to be kept there the longest is kept for ${daysText(longest)}.`;
  const isFinal = finalAt <= now;
  return troubled({
    kind: 'vault-locked-for-good',
    subject: [arn],
    severity: isFinal ? 'info' : own !== undefined || isLonger ? 'critical' : 'warning',
    fact: `The lock of the backup vault ${vault.name} in ${vault.target.region} is in compliance mode, ${rangeText(lock)}, and ${isFinal ? `is final since ${utcText(finalAt)}: nobody can take it back` : `is final from ${utcText(finalAt)} on: after that nobody can take it back, not even AWS`}.${who}${policy}`,
    measured: `compliance, at least ${daysText(minDays)}`,
    promised: asked === undefined ? 'no lock for good' : `compliance, at least ${daysText(asked)}`,
    advice: isFinal
      ? advise('Everything in it is kept and paid for until then. See what it says:', describeVaultCommand(vault))
      : advise(
          `If nobody meant it, take it back before ${utcText(finalAt)}, and see in CloudTrail who did it (PutBackupVaultLockConfiguration). If it is meant, nothing has to be done:`,
          takeLockCommand(vault),
          ...(own?.lock === undefined ? [] : [putLockCommand(vault, own.lock)]),
        ),
  });
};

/** Finds locks that nobody can take back any more from some day on, and that the deployment was not asked for, or not for so long. Once that is over only people who ask are told. */
export const locksForGood = (
  policies: readonly Policy[],
  facts: VaultFacts,
  target: Target,
  now: Instant,
): Preflight =>
  joined(
    facts.vaults.map(({ arn, seen }): Preflight => {
      const lock = seen.kind === 'found' ? seen.value.lock : undefined;
      return lock?.finalAt === undefined
        ? NOTHING
        : troubleOf({ arn, lock, finalAt: lock.finalAt }, policies, facts, target, now);
    }),
  );
