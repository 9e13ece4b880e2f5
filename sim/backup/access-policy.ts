import type { SimAccount } from '../account.ts';
import { serviceFailure } from '../failure.ts';
import type { Operation } from '../operation.ts';
import { invalidParameter, notFound } from './failures.ts';
import { existingVault } from './find.ts';
import { requiredText } from './input.ts';
import { parsePolicy, type Statement } from './policy-document.ts';

const COPY_INTO = 'backup:copyintobackupvault';

const isOwn = ({ accountId }: SimAccount, principal: string): boolean =>
  principal === accountId ||
  principal.startsWith(`arn:aws:iam::${accountId}:`) ||
  /^[\w-]+\.amazonaws\.com$/.test(principal);

const isOfOrganization = ({ conditions }: Statement): boolean =>
  Object.values(conditions).some((keys) =>
    Object.keys(keys).some((key) => /^aws:Principal(OrgID|OrgPaths|Account)$/i.test(key)),
  );

/** Others may be allowed to copy into the vault, and nothing else; and not everybody. */
const isTooOpen = (account: SimAccount, statement: Statement): boolean => {
  if (statement.effect === 'Deny') return false;
  const others = statement.principals.filter((principal) => !isOwn(account, principal));
  if (others.length === 0 && statement.notPrincipals.length === 0) return false;
  const isCopyOnly = statement.actions.every((action) => action.toLowerCase() === COPY_INTO);
  const isAnybody = others.includes('*') || statement.notPrincipals.length > 0;
  return !isCopyOnly || (isAnybody && !isOfOrganization(statement));
};

export const putBackupVaultAccessPolicy: Operation = ({ account }, input) => {
  const vault = existingVault(account, input);
  const text = requiredText(input, 'Policy');
  const statements = parsePolicy(text);
  if (!statements) throw invalidParameter('Policy is not a valid policy document');
  if (statements.some(({ actions }) => actions.some((action) => action.includes('*')))) {
    throw invalidParameter('Wildcards are not supported in the Action of a backup vault access policy');
  }
  if (statements.some((statement) => isTooOpen(account, statement))) {
    throw serviceFailure(
      'AccessDeniedException',
      "The specified policy cannot be added to the vault due to cross-account sharing restrictions. Amend the policy or the vault's settings, then retry request",
      403,
    );
  }
  vault.policy = text;
  return {};
};

export const getBackupVaultAccessPolicy: Operation = ({ account }, input) => {
  const { arn, name, policy } = existingVault(account, input);
  if (policy === undefined) throw notFound(`Backup vault ${name} has no access policy`);
  return { BackupVaultName: name, BackupVaultArn: arn, Policy: policy };
};

export const deleteBackupVaultAccessPolicy: Operation = ({ account }, input) => {
  existingVault(account, input).policy = undefined;
  return {};
};
