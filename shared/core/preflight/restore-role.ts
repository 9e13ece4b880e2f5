import { advise } from '../../model/advice.ts';
import type { Failure } from '../../model/failure.ts';
import type { RestoreRoleFacts } from '../../model/vault-facts.ts';
import { DEPLOY_COMMAND } from '../text/commands.ts';
import { counted, listed } from '../text/words.ts';
import { roleCommand, rolePoliciesCommand } from './commands.ts';
import { joined, NOTHING, type Preflight, type Trouble, troubled, unknown } from './trouble.ts';

const restoreTrouble = (
  arn: string,
  { about, ...more }: Pick<Trouble, 'fact' | 'measured' | 'promised' | 'advice'> & { readonly about: string },
): Preflight =>
  troubled({ kind: 'vault-role-unusable', subject: [arn, about], severity: 'warning', ...more });

const unseen = (
  arn: string,
  about: string,
  what: string,
  { failure }: { readonly failure: Failure },
): Preflight => unknown({ kind: 'vault-role-unusable', subject: [arn, about], what, failure });

const takenOn = ({ arn, seen }: RestoreRoleFacts): Preflight => {
  if (seen.kind === 'unreadable') return unseen(arn, 'restore-trust', `the role of restores ${arn}`, seen);
  if (seen.kind === 'missing')
    return restoreTrouble(arn, {
      about: 'restore-trust',
      fact: `There is no role ${arn}, under which AWS Backup restores: nothing in a vault can be restored with it.`,
      measured: 'no such role',
      promised: 'a role that AWS Backup takes on',
      advice: advise(
        'A deployment with vault makes it again under its name; docs/vaults.md says what it needs. Or name another one with --restore-role when you restore.',
        DEPLOY_COMMAND,
      ),
    });
  return seen.value.trustsBackup
    ? NOTHING
    : restoreTrouble(arn, {
        about: 'restore-trust',
        fact: `AWS Backup cannot take on the role ${arn}: its trust policy does not name backup.amazonaws.com. Nothing in a vault can be restored with it.`,
        measured: 'not trusted',
        promised: 'a role that AWS Backup takes on',
        advice: advise(
          'Let backup.amazonaws.com assume it (sts:AssumeRole) in its trust policy. See what that says:',
          roleCommand(arn),
        ),
      });
};

/** Of a role that is not there nothing more is said. */
const allowedAll = ({ arn, lacking, seen }: RestoreRoleFacts): Preflight => {
  if (seen.kind === 'missing' || lacking.kind === 'missing') return NOTHING;
  if (lacking.kind === 'unreadable')
    return unseen(arn, 'restore-rights', 'what the role of restores may do', lacking);
  const actions = lacking.value;
  return actions.length === 0
    ? NOTHING
    : restoreTrouble(arn, {
        about: 'restore-rights',
        fact: `The role ${arn} lacks what a restore from a vault needs: ${listed(actions)}.`,
        measured: `${counted(actions.length, 'action')} not allowed`,
        promised: 'all allowed',
        advice: advise(
          'Allow them in a policy of the role; where a policy of the organization or a permissions boundary denies them, there. See what it has:',
          rolePoliciesCommand(arn),
        ),
      });
};

const mayBePassed = ({ arn, isPassable, seen }: RestoreRoleFacts): Preflight => {
  if (isPassable === undefined || seen.kind === 'missing') return NOTHING;
  const what = `whether you may pass the role ${arn} to AWS Backup`;
  if (isPassable.kind === 'missing') return NOTHING;
  if (isPassable.kind === 'unreadable') return unseen(arn, 'restore-pass', what, isPassable);
  return isPassable.value
    ? NOTHING
    : restoreTrouble(arn, {
        about: 'restore-pass',
        fact: `You may not give AWS Backup the role ${arn}: iam:PassRole on it is not allowed to you.`,
        measured: 'iam:PassRole not allowed',
        promised: 'allowed',
        advice: advise(
          'Restore with other credentials, or allow yourself iam:PassRole on that role for backup.amazonaws.com (docs/restore.md).',
        ),
      });
};

/**
 * Finds what is wrong with the role that AWS Backup restores under: gone, not trusting AWS Backup, without rights that a restore needs, or not to be
 * passed by whoever asks. SAFETY: what could not be read is unknown, so that nobody is kept from restoring by it.
 */
export const restoreRole = (facts: RestoreRoleFacts): Preflight =>
  joined([takenOn(facts), allowedAll(facts), mayBePassed(facts)]);
