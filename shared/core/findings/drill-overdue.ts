import type { Drill } from '../../model/drill.ts';
import { type Finding, findingId } from '../../model/finding.ts';
import { DAY_MS, type Instant } from '../../model/instant.ts';
import { drillsByTable, lastProof, provedAt } from '../drill/proof.ts';
import { drillWaitAdvice, drillWaitCause, drillWaitText } from '../drill/wait-text.ts';
import { type DrillWait, waitOf } from '../drill/waits.ts';
import { type WantedDrill, wantedDrills } from '../drill/wanted.ts';
import { ageText, utcText } from '../text/time.ts';
import { advisedFor } from './advised.ts';
import type { CheckContext } from './context.ts';
import type { Finder, KindTraits } from './kind.ts';

declare module '../../model/finding.ts' {
  interface FindingKinds {
    readonly 'drill-overdue': true;
  }
}

/** A drill is begun within minutes and takes hours, and other tables may be before it. */
const graceMs = (everyMs: number): number => Math.min(DAY_MS, everyMs / 2);

/** Whether there is anything that a drill could restore. */
const isPossible = (table: string, { observation, allSeries }: CheckContext): boolean =>
  observation.tables.some(({ name, pitr }) => name === table && pitr?.earliestRestorableAt !== undefined) ||
  allSeries.some(
    (series) =>
      series.table === table &&
      series.points.some(({ recoveryPoint }) => recoveryPoint.status === 'available'),
  );

/**
 * From when on a drill is asked for of a table as it is. What can be restored moves on as it ages and may even go for a day, so only the policy and
 * the table count.
 */
const askedSince = ({ table, policy }: WantedDrill, { memory, now, observation }: CheckContext): Instant => {
  const protection = memory.protections?.find((one) => one.table === table);
  const since = protection?.promises.find(({ name }) => name === policy)?.drillsSince;
  const asked = since ?? memory.drillsAsked?.find((one) => one.policy === policy)?.since ?? now;
  const made = observation.tables.find(({ name }) => name === table)?.details?.createdAt ?? 0;
  return Math.max(asked, made);
};

const findingOf = (
  { table, policy, rule }: WantedDrill,
  last: Drill | undefined,
  since: Instant,
  wait: DrillWait,
  { now, instance }: CheckContext,
): Finding => {
  const proved = last === undefined ? 'it never was' : `it last was ${utcText(provedAt(last))}`;
  return {
    id: findingId('drill-overdue', table, policy),
    kind: 'drill-overdue',
    severity: 'warning',
    table,
    policy,
    fact: `${table} (policy ${policy}) should be proved to be restorable every ${ageText(rule.everyMs)}; ${proved}. ${drillWaitText(wait)}`,
    measured: ageText(now - since),
    promised: `every ${ageText(rule.everyMs)}`,
    since: since + rule.everyMs,
    cause: drillWaitCause(wait),
    ...advisedFor(table, (name) => drillWaitAdvice(wait, name, `tablekeeper-${instance}-drill`)),
  };
};

/** What is known of it wherever it is open. */
export const drillOverdue: KindTraits<'drill-overdue'> = {
  kind: 'drill-overdue',
  title: 'drill overdue',
  facets: ['tags', 'details', 'drills'],
  breaksPromise: false,
};

/** Finds tables that no drill has proved to be restorable for longer than their policy says, and a day more; half of the interval where that is less. */
export const drillOverdueFinder: Finder<'drill-overdue'> = {
  kind: 'drill-overdue',
  findsFrom: ['drills'],
  find: (context) => {
    const { governed, now, observation, openFindings } = context;
    const open = new Set(openFindings.map(({ id }) => id));
    if (observation.drills === undefined) return [];
    const states = drillsByTable(observation.drills, observation.tables);
    const all = wantedDrills(governed);
    const sight = { wanted: all, states: [...states.values()], ranAt: observation.drillsRanAt, now };
    return all.flatMap((wanted) => {
      const state = states.get(wanted.table);
      // Only a drill resolves what was found, not that there is nothing to restore for a while.
      const isOpen = open.has(findingId('drill-overdue', wanted.table, wanted.policy));
      if (!isOpen && !isPossible(wanted.table, context)) return [];
      const last = lastProof(state, wanted.policy);
      const since = Math.max(askedSince(wanted, context), last === undefined ? 0 : provedAt(last));
      const isLate = now > since + wanted.rule.everyMs + graceMs(wanted.rule.everyMs);
      return isLate ? [findingOf(wanted, last, since, waitOf(wanted, sight), context)] : [];
    });
  },
};
