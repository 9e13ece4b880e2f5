import { advise } from '../../model/advice.ts';
import { findingId } from '../../model/finding.ts';
import { MINUTE_MS } from '../../model/instant.ts';
import { describeTableCommand } from '../text/commands.ts';
import { ageText, utcText } from '../text/time.ts';
import { advisedFor } from './advised.ts';
import type { Finder, KindTraits } from './kind.ts';

declare module '../../model/finding.ts' {
  interface FindingKinds {
    readonly 'restorable-lag': true;
  }
}

/**
 * How far the latest restorable time may lag behind now. Five minutes are typical; three times that is no coincidence.
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_PointInTimeRecoveryDescription.html (checked 2026-11-22)
 */
export const MAX_LAG_MS = 15 * MINUTE_MS;

/** What is known of it wherever it is open. */
export const restorableLag: KindTraits<'restorable-lag'> = {
  kind: 'restorable-lag',
  title: 'restorable time lags',
  about: 'pitr',
  facets: ['tags', 'details', 'pitr'],
};

/** Finds tables whose point-in-time recovery is on but lags: what was written since could not be restored. */
export const restorableLagFinder: Finder<'restorable-lag'> = {
  kind: 'restorable-lag',
  findsFrom: ['pitr'],
  occasion: 'late-windows',
  find: ({ now, observation: { target }, promisedTables }) =>
    promisedTables.flatMap(({ name, pitr }) => {
      const latest = pitr.latestRestorableAt;
      if (!pitr.enabled || latest === undefined || now - latest <= MAX_LAG_MS) return [];
      const lagText = ageText(now - latest);
      const finding = {
        id: findingId('restorable-lag', name),
        kind: 'restorable-lag' as const,
        severity: 'warning' as const,
        table: name,
        fact: `${name} can be restored up to ${utcText(latest)}, which is ${lagText} behind; 5 min are usual.`,
        measured: lagText,
        promised: ageText(MAX_LAG_MS),
        since: latest,
        ...advisedFor(name, (table) =>
          advise(
            'Look at the state of the table and its key, and at the AWS Health Dashboard; open a case if it lasts.',
            describeTableCommand(table, target),
          ),
        ),
      };
      return [finding];
    }),
};
