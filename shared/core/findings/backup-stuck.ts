import { advise } from '../../model/advice.ts';
import { findingId } from '../../model/finding.ts';
import { HOUR_MS } from '../../model/instant.ts';
import { type OwnRecoveryPoint, unavailableIn } from '../scene/own-points.ts';
import { describeTableCommand, listBackupsCommand } from '../text/commands.ts';
import { ageText, utcText } from '../text/time.ts';
import { counted } from '../text/words.ts';
import { advisedFor } from './advised.ts';
import type { Finder, KindTraits } from './kind.ts';

/**
 * How long a recovery point may be in the making, in milliseconds. AWS documents minutes and large tables were not
 * measured, so six hours leave ample time and are still a quarter of the shortest common promise, a day.
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_CreateBackup.html (checked 2026-11-22)
 */
export const STUCK_AFTER_MS = 6 * HOUR_MS;

declare module '../../model/finding.ts' {
  interface FindingKinds {
    readonly 'backup-stuck': true;
  }
}

const seriesOf = ({ recoveryPoint, origin }: OwnRecoveryPoint): string =>
  `${recoveryPoint.tableName}/${origin.policy}`;

/** What is known of it wherever it is open. */
export const backupStuck: KindTraits<'backup-stuck'> = {
  kind: 'backup-stuck',
  title: 'backup stuck',
  about: 'recovery-points',
  facets: ['recovery-points'],
};

/**
 * Finds recovery points owned by this instance that have been in the making for too long, one finding per table and
 * policy. Exactly the threshold is not yet too long, and one that the service has deleted is not stuck.
 */
export const backupStuckFinder: Finder<'backup-stuck'> = {
  kind: 'backup-stuck',
  occasion: 'unavailable-points',
  find: ({ own, now, observation: { target } }) => {
    const stuck = unavailableIn(own)
      .filter(({ recoveryPoint }) => recoveryPoint.status === 'creating')
      .filter(({ recoveryPoint }) => now - recoveryPoint.createdAt > STUCK_AFTER_MS)
      .toSorted((a, b) => a.recoveryPoint.createdAt - b.recoveryPoint.createdAt);
    return [...Map.groupBy(stuck, seriesOf).values()].flatMap((points) => {
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
