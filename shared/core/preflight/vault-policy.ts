import { advise } from '../../model/advice.ts';
import { ownFailure } from '../../model/failure.ts';
import type { Policy } from '../../model/policy.ts';
import type { Target } from '../../model/target.ts';
import { parseVaultArn } from '../../model/vault-arn.ts';
import type { VaultFacts } from '../../model/vault-facts.ts';
import { listed } from '../text/words.ts';
import { denialsIn } from './access-policy.ts';
import { vaultPolicyCommand } from './commands.ts';
import { destinationsOf, homesOf } from './needs.ts';
import { joined, NOTHING, type Preflight, type Trouble, troubled, unknown } from './trouble.ts';

/** What the functions call on a vault at home, and what the role of jobs does in one that is copied to. */
const MAKES = ['backup:StartBackupJob', 'backup:ListRecoveryPointsByBackupVault'];
const EXPIRES = ['backup:DeleteRecoveryPoint', 'backup:DescribeRecoveryPoint'];
const TAKES = ['backup:CopyIntoBackupVault', 'backup:ListRecoveryPointsByBackupVault'];

const nameOf = (arn: string): string => parseVaultArn(arn)?.name ?? arn;

const denies = (
  arn: string,
  about: string,
  more: Pick<Trouble, 'fact' | 'measured' | 'promised' | 'severity'> & { readonly say: string },
): Preflight => {
  const vault = parseVaultArn(arn);
  const { say, ...said } = more;
  return troubled({
    kind: 'vault-policy-denies',
    subject: [arn, about],
    ...said,
    advice: advise(say, ...(vault === undefined ? [] : [vaultPolicyCommand(vault)])),
  });
};

interface Judged {
  readonly arn: string;
  readonly document: string;
  readonly facts: VaultFacts;
  readonly target: Target;
}

/** Only the call itself shows it: a job that is denied says so. */
const undecidedIn = (arn: string, about: string, actions: readonly string[]): Preflight => {
  const vault = parseVaultArn(arn);
  if (actions.length === 0) return NOTHING;
  const message = `its access policy denies ${listed(actions)} under a condition that cannot be judged from here`;
  return unknown({
    kind: 'vault-policy-denies',
    subject: [arn, about],
    what: `whether the vault ${nameOf(arn)} lets the jobs and functions through`,
    failure: ownFailure('depends', message),
    ...(vault !== undefined && { look: vaultPolicyCommand(vault) }),
  });
};

const deniedWork = ({ arn, document, facts, target }: Judged, actions: readonly string[], who: string) => {
  const whom = { accountId: target.accountId, roleArn: facts.jobRole.arn };
  const { denied, undecided } = denialsIn(document, actions, whom);
  if (denied.length === 0) return undecidedIn(arn, 'use', undecided);
  return denies(arn, 'use', {
    severity: 'critical',
    fact: `The access policy of the backup vault ${nameOf(arn)} denies ${listed(denied)}, which ${who}.`,
    measured: `${listed(denied)} denied`,
    promised: 'not denied',
    say: 'Take it out of the policy, or except this account. See what it says:',
  });
};

/** Where AWS Backup itself deletes by an end that it was told, nobody else has to. */
const deniedExpiry = ({ arn, document, target }: Judged, users: readonly Policy[]): Preflight => {
  const endless = users.filter(({ vault }) => vault?.deleteAfterDays === undefined).map(({ name }) => name);
  const { denied, undecided } = denialsIn(document, EXPIRES, { accountId: target.accountId });
  if (endless.length === 0) return NOTHING;
  if (denied.length === 0) return undecidedIn(arn, 'expiry', undecided);
  return denies(arn, 'expiry', {
    severity: 'info',
    fact: `The access policy of the backup vault ${nameOf(arn)} denies ${listed(denied)} to everybody. What no rule of ${listed(endless)} keeps stays there, and is paid for.`,
    measured: 'nothing can be deleted',
    promised: 'kept by the retention alone',
    say: 'If that is meant, write a deleteAfterDays in policies.yml: AWS Backup deletes by it itself. See what the policy says:',
  });
};

const judge = (judged: Judged, policies: readonly Policy[]): Preflight => {
  const makers = homesOf(policies, judged.target)
    .filter(({ arn }) => arn === judged.arn)
    .map(({ policy }) => policy);
  const takers = policies.filter((policy) => destinationsOf([policy]).includes(judged.arn));
  const actions = [...new Set([...(makers.length > 0 ? MAKES : []), ...(takers.length > 0 ? TAKES : [])])];
  const names = listed([...new Set([...makers, ...takers].map(({ name }) => name))]);
  return joined([deniedWork(judged, actions, `${names} needs`), deniedExpiry(judged, makers)]);
};

/**
 * Finds access policies of vaults that deny what a policy needs to everybody, to the account or to the role of jobs. What a condition
 * leaves open is unknown, and the policies of vaults in other accounts cannot be read from here.
 */
export const vaultPolicies = (policies: readonly Policy[], facts: VaultFacts, target: Target): Preflight =>
  joined(
    facts.policies.map(({ arn, seen }): Preflight => {
      if (seen.kind === 'missing') return NOTHING;
      if (seen.kind === 'found') return judge({ arn, document: seen.value, facts, target }, policies);
      const what = `the access policy of the vault ${nameOf(arn)}`;
      return unknown({ kind: 'vault-policy-denies', subject: [arn], what, failure: seen.failure });
    }),
  );
