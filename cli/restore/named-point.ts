import type { AskedMoment } from '../../shared/core/restore/asked.ts';
import { restoreCommand } from '../../shared/core/text/commands.ts';
import { advise } from '../../shared/model/advice.ts';
import { UserError } from '../../shared/model/errors.ts';
import { failureText } from '../../shared/model/failure.ts';
import { parsePointArn } from '../../shared/model/point-arn.ts';
import { isKeptByAwsBackup } from '../../shared/model/vault-arn.ts';
import type { RestoreParts } from '../../shared/run/compose-restore.ts';
import type { VaultWish } from '../../shared/run/restore/look-in-vaults.ts';

/** Where a recovery point is that a person named, and of which table. */
export interface NamedPoint {
  readonly table?: string;
  readonly wish: VaultWish;
}

const notFound = (id: string, region: string, why: string | undefined): UserError =>
  new UserError({
    code: why === undefined ? 'unknown-point' : 'point-unread',
    what:
      why === undefined
        ? `No backup vault in ${region} has ${id}.`
        : `Which table ${id} is of could not be read: ${why}.`,
    fix:
      why === undefined
        ? 'Check the ARN and the account; a copy has an ARN of its own.'
        : advise(
            'Allow backup:ListBackupVaults and backup:DescribeRecoveryPoint, or name the table:',
            restoreCommand('TABLE', '--recovery-point', id),
          ),
    facts: { id, region },
  });

/**
 * Finds the vault and the table of a recovery point whose ARN does not say them. Where the table is named as well, what could not be read is left to
 * the choice. Throws a `UserError` for one that is nowhere.
 */
export const namedPoint = async (
  { pointFinder, parts }: Pick<RestoreParts, 'pointFinder' | 'parts'>,
  moment: AskedMoment,
  tables: readonly string[],
): Promise<NamedPoint> => {
  if (moment.kind !== 'recovery-point') return { wish: {} };
  const { id, table } = moment;
  const arn = parsePointArn(id);
  const isOwn = arn?.target.accountId === parts.target.accountId;
  if (!isKeptByAwsBackup(id) || arn === undefined || !isOwn)
    return { wish: { named: id }, ...(table !== undefined && { table }) };
  const found = await pointFinder.find(id);
  if (found.kind === 'found')
    return { table: found.value.table, wish: { named: id, vaults: [found.value.vault] } };
  if (tables.length > 0) return { wish: { named: id } };
  const why = found.kind === 'unreadable' ? failureText(found.failure) : undefined;
  throw notFound(id, arn.target.region, why);
};
