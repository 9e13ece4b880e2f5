import { advise } from '../../model/advice.ts';
import { ownFailure } from '../../model/failure.ts';
import type { Policy } from '../../model/policy.ts';
import type { Target } from '../../model/target.ts';
import type { VaultFacts } from '../../model/vault-facts.ts';
import { listed } from '../text/words.ts';
import { grantsIn, type Whom } from './access-policy.ts';
import { keyPolicyCommand } from './commands.ts';
import { homesOf, otherAccounts } from './needs.ts';
import { joined, NOTHING, type Preflight, troubled, unknown } from './trouble.ts';

/**
 * What jobs, AWS Backup itself and an account that is copied into do with a key.
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/encryption.html (checked 2026-11-28)
 */
const USES = ['kms:CreateGrant', 'kms:Decrypt', 'kms:DescribeKey', 'kms:GenerateDataKey'];
const TAKES = ['kms:CreateGrant', 'kms:Decrypt', 'kms:DescribeKey'];

interface Asked {
  readonly arn: string;
  readonly document: string;
  readonly whom: Whom;
  readonly actions: readonly string[];
  /** As the subject of a sentence: `jobs of this account`. */
  readonly who: string;
}

const judged = ({ actions, arn, document, who, whom }: Asked): Preflight => {
  const { allowed, undecided } = grantsIn(document, actions, whom);
  const lacking = actions.filter((action) => ![...allowed, ...undecided].includes(action));
  const subject = [arn, 'policy', whom.accountId];
  if (lacking.length > 0)
    return troubled({
      kind: 'vault-key-unusable',
      subject,
      severity: 'warning',
      fact: `The policy of the key ${arn} does not let ${who} use it: ${listed(lacking)}.`,
      measured: `${listed(lacking)} not allowed`,
      promised: 'allowed',
      advice: advise('Allow it in the policy of the key. See what that says:', keyPolicyCommand(arn)),
    });
  if (undecided.length === 0) return NOTHING;
  const message = `its policy decides on ${listed(undecided)} under a condition that cannot be judged from here`;
  return unknown({
    kind: 'vault-key-unusable',
    subject,
    what: `whether the key ${arn} lets ${who} use it`,
    failure: ownFailure('depends', message),
    look: keyPolicyCommand(arn),
  });
};

/** The keys of vaults that recovery points leave for other accounts. */
const homeKeys = (policies: readonly Policy[], { vaults }: VaultFacts, target: Target): readonly string[] => {
  const homes = new Set(
    homesOf(policies, target)
      .filter(({ policy }) => otherAccounts([policy], target).length > 0)
      .map(({ arn }) => arn),
  );
  return vaults.flatMap(({ arn, seen }) =>
    seen.kind === 'found' && homes.has(arn) ? (seen.value.keyArn ?? []) : [],
  );
};

const accountOf = (keyArn: string): string => keyArn.split(':')[4] ?? '';

/**
 * Finds keys of vaults whose policies do not let those use them who have to: the account's own jobs, and the accounts that are copied into. SAFETY: a policy
 * that cannot be read, and a condition that cannot be judged, are unknown. Only people ask for policies of keys.
 */
export const keyPolicies = (policies: readonly Policy[], facts: VaultFacts, target: Target): Preflight => {
  const leaving = homeKeys(policies, facts, target);
  return joined(
    (facts.keyPolicies ?? []).map(({ arn, seen }): Preflight => {
      if (seen.kind === 'missing') return NOTHING;
      if (seen.kind === 'unreadable')
        return unknown({
          kind: 'vault-key-unusable',
          subject: [arn, 'policy'],
          what: `the policy of the key ${arn}`,
          failure: seen.failure,
          look: keyPolicyCommand(arn),
        });
      const of = { arn, document: seen.value };
      const whom = { accountId: target.accountId, roleArn: facts.jobRole.arn };
      const own = judged({ ...of, whom, actions: USES, who: 'jobs of this account' });
      const others = leaving.includes(arn) ? otherAccounts(policies, target) : [];
      return joined([
        own,
        ...others
          .filter((accountId) => accountId !== accountOf(arn))
          .map((accountId) =>
            judged({ ...of, whom: { accountId }, actions: TAKES, who: `account ${accountId}` }),
          ),
      ]);
    }),
  );
};
