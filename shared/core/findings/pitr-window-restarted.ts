import { advise } from '../../model/advice.ts';
import { findingId } from '../../model/finding.ts';
import { whoChangedCommand } from '../text/commands.ts';
import { ageText, daysText, utcText } from '../text/time.ts';
import { advisedFor } from './advised.ts';
import type { Finder, KindTraits } from './kind.ts';

declare module '../../model/finding.ts' {
  interface FindingKinds {
    readonly 'pitr-window-restarted': true;
  }
}

/** What is known of it wherever it is open. */
export const pitrWindowRestarted: KindTraits<'pitr-window-restarted'> = {
  kind: 'pitr-window-restarted',
  title: 'PITR window restarted',
  about: 'pitr',
  facets: ['tags', 'details', 'pitr', 'memory'],
};

/**
 * Finds restorable windows that start later than they should: point-in-time recovery was switched off and on again, or
 * its period was set shorter and back, and everything before is lost, although the service shows it as on. Stays until
 * the window has grown back to the promise. A table that is seen for the first time has nothing to compare with.
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/PointInTimeRecovery_Howitworks.html (checked 2026-11-22)
 */
export const pitrWindowRestartedFinder: Finder<'pitr-window-restarted'> = {
  kind: 'pitr-window-restarted',
  findsFrom: ['pitr'],
  occasion: 'restarted-windows',
  find: ({ now, observation: { target }, pitrBaselines, promisedTables }) =>
    promisedTables.flatMap((table) => {
      const { name, pitr, promise } = table;
      const earliest = pitr.earliestRestorableAt;
      if (!pitr.enabled || earliest === undefined || pitrBaselines.get(name)?.restartedAt === undefined)
        return [];
      const lengthText = ageText(now - earliest);
      const promised = daysText(promise.recoveryPeriodDays);
      const finding = {
        id: findingId('pitr-window-restarted', name),
        kind: 'pitr-window-restarted' as const,
        severity: 'warning' as const,
        table: name,
        fact:
          `${name} can be restored no further back than ${utcText(earliest)} (${lengthText} ago): point-in-time recovery was switched ` +
          `off and on again, or kept for fewer days for a while; ${promise.promisedBy} ${promised}.`,
        measured: lengthText,
        promised,
        since: earliest,
        ...advisedFor(name, (one) =>
          advise(
            'What lay before is lost to PITR; keep older recovery points until the window has grown back. See who did it:',
            whoChangedCommand(one, target),
          ),
        ),
      };
      return [finding];
    }),
};
