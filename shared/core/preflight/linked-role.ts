import { advise } from '../../model/advice.ts';
import { LINKED_ROLE, type VaultFacts } from '../../model/vault-facts.ts';
import { linkedRoleCommand, roleCommand } from './commands.ts';
import { NOTHING, type Preflight, troubled, unknown } from './trouble.ts';

/** Finds that the role of AWS Backup itself is not there: it makes it at its first use only for callers who may let it. */
export const linkedRole = ({ linkedRole: seen }: Pick<VaultFacts, 'linkedRole'>): Preflight => {
  if (seen === undefined || seen.kind === 'found') return NOTHING;
  if (seen.kind === 'unreadable')
    return unknown({
      kind: 'vault-role-unusable',
      subject: [LINKED_ROLE],
      what: `the role ${LINKED_ROLE}`,
      failure: seen.failure,
      look: roleCommand(LINKED_ROLE),
    });
  return troubled({
    kind: 'vault-role-unusable',
    subject: [LINKED_ROLE],
    severity: 'warning',
    fact: `The account has no role ${LINKED_ROLE}, under which AWS Backup itself deletes recovery points and copies into vaults of other Regions and accounts.`,
    measured: 'no such role',
    promised: 'there',
    advice: advise('Make it:', linkedRoleCommand),
  });
};
