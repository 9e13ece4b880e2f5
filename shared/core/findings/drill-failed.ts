import { advise } from '../../model/advice.ts';
import type { Drill } from '../../model/drill.ts';
import { type Finding, findingId } from '../../model/finding.ts';
import { drillsByTable, isOfEmptied, provedAt } from '../drill/proof.ts';
import { wantedDrills } from '../drill/wanted.ts';
import { drillFailureText, drillSourceText } from '../drill/words.ts';
import { logOfDaysCommand } from '../text/commands.ts';
import { advisedFor } from './advised.ts';
import type { CheckContext } from './context.ts';
import type { Finder, KindTraits } from './kind.ts';

declare module '../../model/finding.ts' {
  interface FindingKinds {
    readonly 'drill-failed': true;
  }
}

/** What was restored and is wrong is worse than what could not be tried. */
const isWrong = ({ checks }: Drill): boolean => checks.some(({ verdict }) => verdict === 'failed');

const findingOf = (drill: Drill, { instance }: CheckContext): Finding => {
  const { table, policy } = drill;
  const why = drillFailureText(drill);
  return {
    id: findingId('drill-failed', table, policy),
    kind: 'drill-failed',
    severity: isWrong(drill) ? 'critical' : 'warning',
    table,
    policy,
    fact: `A drill of ${table} (policy ${policy}) from ${drillSourceText(drill)} failed: ${why}.`,
    measured: isWrong(drill) ? 'not as it was' : 'not tried to the end',
    promised: 'a restore that can be used',
    since: provedAt(drill),
    ...advisedFor(table, () =>
      advise(
        'It is tried again the next day; if it fails again, restore the table by hand to another name and look at it. Read what the drill did:',
        logOfDaysCommand(`tablekeeper-${instance}-drill`, drill.plannedAt, provedAt(drill)),
      ),
    ),
  };
};

/** What is known of it wherever it is open. */
export const drillFailed: KindTraits<'drill-failed'> = {
  kind: 'drill-failed',
  title: 'drill failed',
  facets: ['tags', 'drills'],
  bringsAbout: ['drill-overdue'],
};

/** Finds tables whose last drill failed: what is restored is not as it was, or the restore was refused or never ended. */
export const drillFailedFinder: Finder<'drill-failed'> = {
  kind: 'drill-failed',
  findsFrom: ['drills'],
  find: (context) => {
    const { governed, observation } = context;
    const states = drillsByTable(observation.drills ?? [], observation.tables);
    return wantedDrills(governed).flatMap(({ table, policy }) => {
      const { current, past = [] } = states.get(table) ?? {};
      const decided = [...(current === undefined ? [] : [current]), ...past].find(
        (one) => one.policy === policy && one.result !== undefined && !isOfEmptied(one),
      );
      return decided?.result === 'failed' ? [findingOf(decided, context)] : [];
    });
  },
};
