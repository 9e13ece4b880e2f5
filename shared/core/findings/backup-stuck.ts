import { advise } from '../../model/advice.ts';
import { findingId } from '../../model/finding.ts';
import type { OwnRecoveryPoint } from '../scene/own-points.ts';
import { describeTableCommand, listBackupsCommand } from '../text/commands.ts';
import { ageText, utcText } from '../text/time.ts';
import { counted } from '../text/words.ts';
import { advisedFor } from './advised.ts';
import type { ObservedKind } from './kind.ts';
import { STUCK_AFTER_MS } from './thresholds.ts';

declare module '../../model/finding.ts' {
  interface FindingKinds {
    readonly 'backup-stuck': true;
  }
}

const streamOf = ({ recoveryPoint, origin }: OwnRecoveryPoint): string =>
  `${recoveryPoint.tableName}/${origin.policy}`;

/**
 * Finds recovery points owned by this instance that have been in the making for too long, one finding per table and
 * policy. Exactly the threshold is not yet too long, and one that the service has deleted is not stuck.
 */
export const backupStuck: ObservedKind<'backup-stuck'> = {
  kind: 'backup-stuck',
  title: 'backup stuck',
  about: 'recovery-points',
  facets: ['recovery-points'],
  find: ({ ownRecoveryPoints, now, observation: { target } }) => {
    const stuck = ownRecoveryPoints
      .filter(({ recoveryPoint }) => recoveryPoint.status === 'creating')
      .filter(({ recoveryPoint }) => now - recoveryPoint.createdAt > STUCK_AFTER_MS)
      .toSorted((a, b) => a.recoveryPoint.createdAt - b.recoveryPoint.createdAt);
    return [...Map.groupBy(stuck, streamOf).values()].flatMap((points) => {
      const [oldest] = points;
      if (oldest === undefined) return [];
      const { recoveryPoint, origin } = oldest;
      const table = recoveryPoint.tableName;
      const since = recoveryPoint.createdAt;
      const age = ageText(now - since);
      const finding = {
        id: findingId('backup-stuck', table, origin.policy),
        kind: 'backup-stuck' as const,
        severity: 'warning' as const,
        table,
        policy: origin.policy,
        fact:
          `${counted(points.length, 'recovery point')} of ${table} under ${origin.policy} cannot be restored yet: in the making since ` +
          `${utcText(since)}, ${age}; minutes are usual.`,
        measured: `CREATING for ${age}`,
        promised: `made within ${ageText(STUCK_AFTER_MS)}`,
        since,
        ...advisedFor(table, (name) =>
          advise(
            'See the state of the table and of its backups; open a case with AWS if it lasts.',
            listBackupsCommand(name, target),
            describeTableCommand(name, target),
          ),
        ),
      };
      return [finding];
    });
  },
};
