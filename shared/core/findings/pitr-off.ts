import { advise } from '../../model/advice.ts';
import { findingId } from '../../model/finding.ts';
import { promisedTables } from '../scene/pitr.ts';
import { switchPitrOnCommand, whoChangedCommand } from '../text/commands.ts';
import { daysText, utcText } from '../text/time.ts';
import { advisedFor } from './advised.ts';
import type { ObservedKind } from './kind.ts';

declare module '../../model/finding.ts' {
  interface FindingKinds {
    readonly 'pitr-off': true;
  }
}

const SWITCHED_ON = 'nothing, this run switches it on again';

/**
 * Finds tables whose policy promises point-in-time recovery but which have it switched off. `since` is when it was
 * first found, because the service discards the window with the switch.
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_PointInTimeRecoveryDescription.html (checked 2026-11-22)
 */
export const pitrOff: ObservedKind<'pitr-off'> = {
  kind: 'pitr-off',
  title: 'PITR off',
  about: 'pitr',
  repairedBy: 'enable-pitr',
  facets: ['tags', 'details', 'pitr'],
  findsFrom: ['pitr'],
  find: ({ governed, now, observation: { target }, openFindings, plannedRepairs }) => {
    const repaired = new Set(plannedRepairs.map(({ table }) => table));
    return promisedTables(governed)
      .filter(({ pitr }) => !pitr.enabled)
      .map(({ name, promise }) => {
        const days = promise.recoveryPeriodDays;
        const isRepaired = repaired.has(name);
        const id = findingId('pitr-off', name);
        const repairedAt = openFindings.find((open) => open.id === id)?.repairedAt;
        const again =
          repairedAt === undefined ? '' : ` again: a run switched it on at ${utcText(repairedAt)}`;
        return {
          id,
          kind: 'pitr-off',
          severity: 'critical',
          table: name,
          fact: `Point-in-time recovery of ${name} is off${again}; ${promise.promisedBy} ${daysText(days)}.`,
          measured: 'off',
          promised: `on, ${daysText(days)}`,
          since: now,
          ...advisedFor(
            name,
            (table) =>
              isRepaired
                ? advise(
                    'This run switches it on again. See who switched it off:',
                    whoChangedCommand(table, target),
                  )
                : advise(
                    'Switch it on and see who switched it off:',
                    switchPitrOnCommand(table, days, target),
                    whoChangedCommand(table, target),
                  ),
            isRepaired ? SWITCHED_ON : daysText(days),
          ),
        };
      });
  },
};
