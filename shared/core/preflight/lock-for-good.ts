import { type Advice, advise } from '../../model/advice.ts';
import type { Severity } from '../../model/finding.ts';
import type { Instant } from '../../model/instant.ts';
import type { Policy } from '../../model/policy.ts';
import type { Target } from '../../model/target.ts';
import { parseVaultArn, type Vault } from '../../model/vault-arn.ts';
import type { MadeVault, SeenLock, VaultFacts } from '../../model/vault-facts.ts';
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

/** What is known of one lock, besides what it says. */
interface Judged extends Locked {
  readonly vault: Vault;
  /** What the deployment made of the vault; absent where another made it. */
  readonly own: MadeVault | undefined;
  /** The days that the deployment was asked for; absent where it was asked for no lock for good. */
  readonly asked: number | undefined;
  /** The longest that policies ask for. */
  readonly longest: number;
  readonly isFinal: boolean;
}

const whoText = ({ asked, own }: Judged): string => {
  if (own === undefined) return '';
  const what = asked === undefined ? 'asked for no such lock' : `asked for ${daysText(asked)}`;
  return ` The deployment, which made the vault, ${what}.`;
};

const severityOf = ({ isFinal, lock, longest, own }: Judged): Severity => {
  if (isFinal) return 'info';
  return own !== undefined || (lock.minDays ?? 0) > longest ? 'critical' : 'warning';
};

const finalText = ({ finalAt, isFinal }: Judged): string =>
  isFinal
    ? `is final since ${utcText(finalAt)}: nobody can take it back`
    : `is final from ${utcText(finalAt)} on: after that nobody can take it back, not even AWS`;

const adviceOf = ({ finalAt, isFinal, own, vault }: Judged): Advice =>
  isFinal
    ? advise(
        'Everything in it is kept and paid for until then. See what it says:',
        describeVaultCommand(vault),
      )
    : advise(
        `If nobody meant it, take it back before ${utcText(finalAt)}, and see in CloudTrail who did it (PutBackupVaultLockConfiguration). If it is meant, nothing has to be done:`,
        takeLockCommand(vault),
        ...(own?.lock === undefined ? [] : [putLockCommand(vault, own.lock)]),
      );

const troubleOf = (judged: Judged): Preflight => {
  const { arn, asked, lock, longest, vault } = judged;
  const lasts = `compliance, at least ${daysText(lock.minDays ?? 0)}`;
  return troubled({
    kind: 'vault-locked-for-good',
    subject: [arn],
    severity: severityOf(judged),
    fact:
      `The lock of the backup vault ${vault.name} in ${vault.target.region} is in compliance mode, ${rangeText(lock)}, and ${finalText(judged)}.${whoText(judged)} ` +
      `What policies ask to be kept there the longest is kept for ${daysText(longest)}.`,
    measured: lasts,
    promised: asked === undefined ? 'no lock for good' : `compliance, at least ${daysText(asked)}`,
    advice: adviceOf(judged),
  });
};

const judge = (
  locked: Locked,
  policies: readonly Policy[],
  facts: VaultFacts,
  target: Target,
  now: Instant,
): Judged => {
  const own = madeLock(locked, facts, target);
  return {
    ...locked,
    vault: parseVaultArn(locked.arn) ?? { name: locked.arn, target },
    own,
    asked: own?.lock?.mode === 'compliance' ? (own.lock.minDays ?? 0) : undefined,
    longest: longestAsked(locked.arn, policies, target),
    isFinal: locked.finalAt <= now,
  };
};

const isAsked = ({ asked, lock: { minDays = 0 } }: Judged): boolean =>
  asked !== undefined && minDays <= asked;

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
      if (lock?.finalAt === undefined) return NOTHING;
      const judged = judge({ arn, lock, finalAt: lock.finalAt }, policies, facts, target, now);
      return isAsked(judged) ? NOTHING : troubleOf(judged);
    }),
  );
