import { advise } from '../../model/advice.ts';
import type { DrillState } from '../../model/drill.ts';
import { type Finding, findingId } from '../../model/finding.ts';
import { DAY_MS, type Instant } from '../../model/instant.ts';
import { drillsByTable, lastProof, provedAt } from '../drill/proof.ts';
import { type WantedDrill, wantedDrills } from '../drill/wanted.ts';
import { DOCTOR_COMMAND } from '../text/commands.ts';
import { ageText, utcText } from '../text/time.ts';
import { advisedFor } from './advised.ts';
import type { CheckContext } from './context.ts';
import type { Finder, KindTraits } from './kind.ts';

declare module '../../model/finding.ts' {
  interface FindingKinds {
    readonly 'drill-overdue': true;
  }
}

/** A drill is begun within hours and takes hours; many tables take their turn. */
const graceMs = (everyMs: number): number => Math.max(2 * DAY_MS, everyMs / 2);

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

const NO_BUCKET =
  'The level sampled needs a bucket: deploy with the parameter drillBucket=on, or write another level. Then see whether the function runs:';

const findingOf = (
  { table, policy, rule }: WantedDrill,
  state: DrillState | undefined,
  since: Instant,
  now: Instant,
): Finding => {
  const last = lastProof(state, policy);
  const proved = last === undefined ? 'it never was' : `it last was ${utcText(provedAt(last))}`;
  return {
    id: findingId('drill-overdue', table, policy),
    kind: 'drill-overdue',
    severity: 'warning',
    table,
    policy,
    fact: `${table} (policy ${policy}) should be proved to be restorable every ${ageText(rule.everyMs)}; ${proved}.`,
    measured: ageText(now - since),
    promised: `every ${ageText(rule.everyMs)}`,
    since: since + rule.everyMs,
    ...advisedFor(table, () =>
      advise(
        state?.refused?.reason === 'no-bucket'
          ? NO_BUCKET
          : 'See whether the function of drills is deployed (parameter drills=on) and runs:',
        DOCTOR_COMMAND,
      ),
    ),
  };
};

/** What is known of it wherever it is open. */
export const drillOverdue: KindTraits<'drill-overdue'> = {
  kind: 'drill-overdue',
  title: 'drill overdue',
  facets: ['tags', 'details', 'drills'],
  breaksPromise: false,
};

/** Finds tables that no drill has proved to be restorable for longer than their policy says, and half as long again. */
export const drillOverdueFinder: Finder<'drill-overdue'> = {
  kind: 'drill-overdue',
  findsFrom: ['drills'],
  find: (context) => {
    const { governed, now, observation, openFindings } = context;
    const open = new Set(openFindings.map(({ id }) => id));
    if (observation.drills === undefined) return [];
    const states = drillsByTable(observation.drills ?? [], observation.tables);
    return wantedDrills(governed).flatMap((wanted) => {
      const state = states.get(wanted.table);
      // Only a drill resolves what was found, not that there is nothing to restore for a while.
      const isOpen = open.has(findingId('drill-overdue', wanted.table, wanted.policy));
      if (!isOpen && !isPossible(wanted.table, context)) return [];
      const last = lastProof(state, wanted.policy);
      const since = Math.max(askedSince(wanted, context), last === undefined ? 0 : provedAt(last));
      const isLate = now > since + wanted.rule.everyMs + graceMs(wanted.rule.everyMs);
      return isLate ? [findingOf(wanted, state, since, now)] : [];
    });
  },
};
