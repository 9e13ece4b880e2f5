import { advise } from '../../model/advice.ts';
import { type Finding, findingId } from '../../model/finding.ts';
import type { RecoveryPoint } from '../../model/recovery-point.ts';
import { unavailableIn } from '../scene/own-points.ts';
import { bytesOfPointsText } from '../text/bytes-sum.ts';
import { deleteVaultPointCommands } from '../text/commands.ts';
import { utcText } from '../text/time.ts';
import { guardedText } from '../text/vault-guard.ts';
import { counted } from '../text/words.ts';
import { advisedFor } from './advised.ts';
import type { CheckContext } from './context.ts';
import type { Finder, KindTraits } from './kind.ts';

declare module '../../model/finding.ts' {
  interface FindingKinds {
    readonly 'recovery-points-not-deleted': true;
  }
}

const byAge = (a: RecoveryPoint, b: RecoveryPoint): number => a.createdAt - b.createdAt;

const findingOf = (table: string, points: readonly RecoveryPoint[], context: CheckContext): Finding => {
  const { now, observation } = context;
  const [oldest] = points.toSorted(byAge);
  const bytes = bytesOfPointsText(points);
  const { target = observation.target, vault = 'VAULT' } = oldest?.location ?? {};
  return {
    id: findingId('recovery-points-not-deleted', table),
    kind: 'recovery-points-not-deleted',
    severity: 'warning',
    table,
    fact: `AWS Backup tried to delete ${counted(points.length, 'recovery point')} of ${table} and could not: ${bytes}, the oldest of ${utcText(oldest?.createdAt ?? now)}. They are EXPIRED, are paid for, and count for nothing.`,
    measured: `${points.length} EXPIRED`,
    promised: 'deleted',
    since: now,
    ...advisedFor(table, () =>
      advise(
        guardedText(
          'The role that they were made with lacks the right to delete them or is gone, or the service-linked role AWSServiceRoleForBackup is: put that right, and delete each. They may still be restored until then',
          points,
        ),
        ...deleteVaultPointCommands(vault, target),
      ),
    ),
  };
};

const find: Finder['find'] = (context) => {
  const expired = unavailableIn(context.own)
    .map(({ recoveryPoint }) => recoveryPoint)
    .filter(({ status }) => status === 'expired');
  return [...Map.groupBy(expired, ({ tableName }) => tableName)].map(([table, points]) =>
    findingOf(table, points, context),
  );
};

/** What is known of it wherever it is open. */
export const recoveryPointsNotDeleted: KindTraits<'recovery-points-not-deleted'> = {
  kind: 'recovery-points-not-deleted',
  title: 'recovery points not deleted',
  about: 'recovery-points',
  breaksPromise: false,
  facets: ['tags', 'vaults'],
};

/** Finds tables with recovery points that AWS Backup could not delete. It is not asked again on every run: what stands in its way is for a person to put right. */
export const recoveryPointsNotDeletedFinder: Finder<'recovery-points-not-deleted'> = {
  kind: 'recovery-points-not-deleted',
  findsFrom: ['vaults'],
  find,
};
