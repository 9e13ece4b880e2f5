import { advise } from '../../model/advice.ts';
import { type Finding, findingId } from '../../model/finding.ts';
import type { OpenFinding } from '../../model/memory.ts';
import { HOLD_TAG } from '../../model/table.ts';
import { holdOf } from '../scene/hold.ts';
import { isSeenWhole } from '../scene/reach.ts';
import { tagTableCommand } from '../text/commands.ts';
import { utcText } from '../text/time.ts';
import { counted, verb } from '../text/words.ts';
import { advisedFor } from './advised.ts';
import type { CheckContext, LiftedHold } from './context.ts';
import type { Footing, FootingScene } from './footing-scene.ts';
import type { Finder, KindTraits } from './kind.ts';

declare module '../../model/finding.ts' {
  interface FindingKinds {
    readonly 'hold-lifted': true;
  }
}

const effectText = ({ points, until }: LiftedHold): string =>
  points === 0
    ? `its recovery points expire by the rules again from ${utcText(until)} on`
    : `${counted(points, 'recovery point')} ${verb(points, 'expires', 'expire')} from ${utcText(until)} on`;

const findingOf = (table: string, lifted: LiftedHold, { observation }: CheckContext): Finding => ({
  id: findingId('hold-lifted', table),
  kind: 'hold-lifted',
  severity: 'warning',
  table,
  cause: 'no hold any more',
  fact: `The hold of ${table} is gone since ${utcText(lifted.since)}: ${effectText(lifted)}, unless it is set again.`,
  measured: `no ${HOLD_TAG}`,
  promised: `${HOLD_TAG} = true, as before`,
  since: lifted.since,
  ...advisedFor(table, (name) =>
    advise(
      `Nothing has to be done if this is meant; with ${HOLD_TAG} = false they expire at the next prune. To keep them, set the hold again:`,
      tagTableCommand(name, HOLD_TAG, observation.target, 'true'),
    ),
  ),
});

/**
 * Resolves the finding when the hold is set again. It ends silently a day after it was reported, or when somebody said
 * what is meant.
 */
const footingOf = ({ table = '' }: OpenFinding, { governed }: FootingScene): Footing => {
  const one = governed.get(table);
  return one !== undefined && holdOf(one.table).kind !== 'none' ? 'looked-at' : 'withdrawn';
};

/** What is known of it wherever it is open. */
export const holdLifted: KindTraits<'hold-lifted'> = {
  kind: 'hold-lifted',
  title: 'hold gone',
  breaksPromise: false,
  footingOf,
  facets: ['tags', 'table-names', 'recovery-points', 'details', 'memory'],
};

/**
 * Finds tables whose hold is gone without explanation: a template may have removed the tag. What the hold kept stays
 * for a day after the report. A tag that says `false` is an explanation, and a table that was not confirmed is left
 * out.
 */
export const holdLiftedFinder: Finder<'hold-lifted'> = {
  kind: 'hold-lifted',
  findsFrom: ['tags', 'recovery-points'],
  occasion: 'lifted-holds',
  find: (context) => {
    if (!isSeenWhole(context.observation, 'tags', 'recovery-points')) return [];
    const confirmed = new Set(
      context.governed.filter(({ table }) => table.details !== undefined).map(({ table }) => table.name),
    );
    const allSeries = context.allSeries.filter(({ table }) => confirmed.has(table));
    return [...Map.groupBy(allSeries, ({ table }) => table)].flatMap(([table, ofTable]) => {
      const lifted = ofTable.flatMap((series) => series.lifted ?? []);
      const [first] = lifted;
      if (first === undefined) return [];
      const points = lifted.reduce((sum, one) => sum + one.points, 0);
      return [findingOf(table, { ...first, points }, context)];
    });
  },
};
