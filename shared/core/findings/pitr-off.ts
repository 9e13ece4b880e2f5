import { type Advice, advise } from '../../model/advice.ts';
import { findingId } from '../../model/finding.ts';
import type { Target } from '../../model/target.ts';
import type { PromisedTable } from '../scene/pitr.ts';
import { switchPitrOnCommand, whoChangedCommand } from '../text/commands.ts';
import { daysText, utcText } from '../text/time.ts';
import { advisedFor } from './advised.ts';
import type { CheckContext } from './context.ts';
import type { Finder, KindTraits } from './kind.ts';

declare module '../../model/finding.ts' {
  interface FindingKinds {
    readonly 'pitr-off': true;
  }
}

const idOf = (table: string): string => findingId('pitr-off', table);

const SWITCHED_ON = 'nothing, this run switches it on again';

/**
 * Checks whether no run has seen it on for this incarnation of the table, as for a new or newly tagged one: then nobody
 * switched it off. Without the memory that is not known.
 */
const neverSeenOn = (
  { name, details }: PromisedTable,
  { memory, observation, openFindings }: CheckContext,
): boolean => {
  const isRemembered = memory.pitrBaselines.some(
    ({ table, tableId }) => table === name && tableId === details.tableId,
  );
  const wasOn = openFindings.some(({ id, repairedAt }) => id === idOf(name) && repairedAt !== undefined);
  return !(isRemembered || wasOn || observation.gaps.some(({ facet }) => facet === 'memory'));
};

const adviceFor = (
  table: string,
  days: number,
  target: Target,
  { isFirst, isRepaired }: { readonly isFirst: boolean; readonly isRepaired: boolean },
): Advice => {
  const who = whoChangedCommand(table, target);
  if (isRepaired)
    return isFirst
      ? advise('No run has seen it on before, and this one switches it on.')
      : advise('This run switches it on again. See who switched it off:', who);
  return advise('Switch it on and see who switched it off:', switchPitrOnCommand(table, days, target), who);
};

/** What is known of it wherever it is open. */
export const pitrOff: KindTraits<'pitr-off'> = {
  kind: 'pitr-off',
  title: 'PITR off',
  about: 'pitr',
  repairedBy: 'enable-pitr',
  facets: ['tags', 'details', 'pitr'],
};

/**
 * Finds tables whose policy promises point-in-time recovery but which have it switched off. `since` is when it was
 * first found, because the service discards the window with the switch. Where no run has seen it on and this one switches
 * it on, it is information; if that was of no effect, the next run finds it critical.
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_PointInTimeRecoveryDescription.html (checked 2026-11-22)
 */
export const pitrOffFinder: Finder<'pitr-off'> = {
  kind: 'pitr-off',
  findsFrom: ['pitr'],
  find: (context) => {
    const { now, observation, openFindings, plannedRepairs, promisedTables } = context;
    const { target } = observation;
    const repaired = new Set(plannedRepairs.map(({ table }) => table));
    return promisedTables
      .filter(({ pitr }) => !pitr.enabled)
      .map((one) => {
        const { name, promise } = one;
        const days = promise.recoveryPeriodDays;
        const isRepaired = repaired.has(name);
        const id = idOf(name);
        const open = openFindings.find((finding) => finding.id === id);
        const repairedAt = open?.repairedAt;
        const isFirst = neverSeenOn(one, context);
        const again =
          repairedAt === undefined ? '' : ` again: a run switched it on at ${utcText(repairedAt)}`;
        return {
          id,
          kind: 'pitr-off',
          severity: isFirst && isRepaired && open === undefined ? 'info' : 'critical',
          table: name,
          fact: `Point-in-time recovery of ${name} is off${again}; ${promise.promisedBy} ${daysText(days)}.`,
          measured: 'off',
          promised: `on, ${daysText(days)}`,
          since: now,
          ...advisedFor(
            name,
            (table) => adviceFor(table, days, target, { isFirst, isRepaired }),
            isRepaired ? SWITCHED_ON : daysText(days),
          ),
        };
      });
  },
};
