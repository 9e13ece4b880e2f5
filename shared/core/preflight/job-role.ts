import { advise } from '../../model/advice.ts';
import type { VaultFacts } from '../../model/vault-facts.ts';
import { DEPLOY_COMMAND } from '../text/commands.ts';
import { counted, listed } from '../text/words.ts';
import { roleCommand, rolePoliciesCommand } from './commands.ts';
import { joined, NOTHING, type Preflight, type Trouble, troubled, unknown } from './trouble.ts';

const roleTrouble = (
  arn: string,
  { about, ...more }: Pick<Trouble, 'fact' | 'measured' | 'promised' | 'advice'> & { readonly about: string },
): Preflight =>
  troubled({ kind: 'vault-role-unusable', subject: [arn, about], severity: 'critical', ...more });

const POINTS_NAME_IT =
  'AWS Backup deletes each recovery point with the role that made it, so give the same role back and no other.';

const takenOn = ({ arn, seen }: VaultFacts['jobRole']): Preflight => {
  const subject = [arn, 'trust'];
  const what = `the role of jobs ${arn}`;
  if (seen.kind === 'unreadable')
    return unknown({ kind: 'vault-role-unusable', subject, what, failure: seen.failure });
  if (seen.kind === 'missing')
    return roleTrouble(arn, {
      about: 'trust',
      fact: `There is no role ${arn}, which jobs of AWS Backup have to have: none begins, and what was made with it does not expire.`,
      measured: 'no such role',
      promised: 'a role that AWS Backup takes on',
      advice: advise(
        `Make it again under its name, or deploy with vault or vaultRoleArn where none was deployed yet. ${POINTS_NAME_IT}`,
        DEPLOY_COMMAND,
      ),
    });
  return seen.value.trustsBackup
    ? NOTHING
    : roleTrouble(arn, {
        about: 'trust',
        fact: `AWS Backup cannot take on the role ${arn}: its trust policy does not name backup.amazonaws.com. No job begins.`,
        measured: 'not trusted',
        promised: 'a role that AWS Backup takes on',
        advice: advise(
          'Let backup.amazonaws.com assume it (sts:AssumeRole) in its trust policy. See what that says:',
          roleCommand(arn),
        ),
      });
};

const allowedAll = ({ jobRole: { arn }, lacking }: VaultFacts): Preflight => {
  if (lacking === undefined || lacking.kind === 'missing') return NOTHING;
  if (lacking.kind === 'unreadable')
    return unknown({
      kind: 'vault-role-unusable',
      subject: [arn, 'rights'],
      what: 'what the role of jobs may do',
      failure: lacking.failure,
    });
  const actions = lacking.value;
  return actions.length === 0
    ? NOTHING
    : roleTrouble(arn, {
        about: 'rights',
        fact: `The role ${arn} lacks what jobs need: ${listed(actions)}.`,
        measured: `${counted(actions.length, 'action')} not allowed`,
        promised: 'all allowed',
        advice: advise(
          'Allow them in a policy of the role; where a policy of the organization or a permissions boundary denies them, there. See what it has:',
          rolePoliciesCommand(arn),
        ),
      });
};

/** Finds what is wrong with the role of jobs: gone, not trusting AWS Backup, and, where that was asked, without rights that jobs need. */
export const jobRole = (facts: VaultFacts): Preflight => joined([takenOn(facts.jobRole), allowedAll(facts)]);
