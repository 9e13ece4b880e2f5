import { restoreRole } from '../../core/preflight/restore-role.ts';
import type { Unknown } from '../../core/preflight/trouble.ts';
import { isFromVault } from '../../core/restore/vault-terms.ts';
import { followedBy, stepsOf } from '../../model/advice.ts';
import { UserError } from '../../model/errors.ts';
import type { RestoreSource } from '../../model/restore.ts';
import type { RestoreDeps } from './deps.ts';

/** One restore, and the role that its job is given. */
interface Job {
  readonly source: RestoreSource;
  readonly targetTable: string;
  readonly roleArn: string;
}

/**
 * Asks, before anything starts, whether AWS Backup can restore under the role that it will be given. Returns what could not be seen, which keeps nobody
 * from restoring. Throws a `UserError` where it cannot. Asks nothing for what DynamoDB itself restores.
 */
export const checkRole = async (
  { restoreRoles }: Pick<RestoreDeps, 'restoreRoles'>,
  { roleArn, source, targetTable }: Job,
): Promise<readonly Unknown[]> => {
  if (restoreRoles === undefined || !isFromVault(source)) return [];
  const { troubles, unknowns } = restoreRole(
    await restoreRoles.read({ roleArn, table: targetTable, pointArn: source.id }),
  );
  const [first, ...rest] = troubles.map(({ advice }) => advice);
  if (first === undefined) return unknowns;
  throw new UserError({
    code: 'restore-role',
    what: troubles.map(({ fact }) => fact).join(' '),
    fix: followedBy(first, ...rest.flatMap(stepsOf)),
    facts: { roleArn },
  });
};
