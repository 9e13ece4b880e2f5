import { advise } from '../../model/advice.ts';
import { findingId } from '../../model/finding.ts';
import { switchPitrOnCommand } from '../text/commands.ts';
import { daysText } from '../text/time.ts';
import { advisedFor } from './advised.ts';
import type { Finder, KindTraits } from './kind.ts';

declare module '../../model/finding.ts' {
  interface FindingKinds {
    readonly 'pitr-window-short': true;
  }
}

const SET_AGAIN = 'nothing, this run sets it again';

/** What is known of it wherever it is open. */
export const pitrWindowShort: KindTraits<'pitr-window-short'> = {
  kind: 'pitr-window-short',
  title: 'PITR window short',
  about: 'pitr',
  repairedBy: 'enable-pitr',
  facets: ['tags', 'details', 'pitr'],
};

/**
 * Finds tables whose point-in-time recovery is set to keep fewer days than their policies promise. A young window that
 * is still growing towards a sufficient period is not short.
 */
export const pitrWindowShortFinder: Finder<'pitr-window-short'> = {
  kind: 'pitr-window-short',
  findsFrom: ['pitr'],
  occasion: 'short-periods',
  find: ({ now, observation: { target }, plannedRepairs, promisedTables }) => {
    const repaired = new Set(plannedRepairs.map(({ table }) => table));
    return promisedTables.flatMap(({ name, pitr, promise }) => {
      const promisedDays = promise.recoveryPeriodDays;
      const days = pitr.recoveryPeriodDays;
      if (!pitr.enabled || days === undefined || days >= promisedDays) return [];
      const finding = {
        id: findingId('pitr-window-short', name),
        kind: 'pitr-window-short' as const,
        severity: 'warning' as const,
        table: name,
        fact: `Point-in-time recovery of ${name} keeps ${daysText(days)}; ${promise.promisedBy} ${daysText(promisedDays)}.`,
        measured: daysText(days),
        promised: daysText(promisedDays),
        since: now,
        ...advisedFor(
          name,
          (table) =>
            repaired.has(name)
              ? advise('This run sets the period again; the window grows back day by day.')
              : advise('Set the period again:', switchPitrOnCommand(table, promisedDays, target)),
          repaired.has(name) ? SET_AGAIN : daysText(promisedDays),
        ),
      };
      return [finding];
    });
  },
};
