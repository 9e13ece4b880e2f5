import { type Finding, findingId } from '../../model/finding.ts';
import type { OpenFinding } from '../../model/memory.ts';
import { ageText, daysText } from '../text/time.ts';
import { advisedFor } from './advised.ts';
import type { Footing, FootingScene } from './footing-scene.ts';
import type { Finder, KindTraits } from './kind.ts';
import { adviceOf, type Case, causeOf, factOf, needsOf } from './lost-protection-text.ts';

declare module '../../model/finding.ts' {
  interface FindingKinds {
    readonly 'no-longer-protected': true;
  }
}

const findingOf = (it: Case): Finding => {
  const { table, policy, rpoMs, pitrDays, until, newestAt } = it.loss;
  const { now } = it.context;
  const isLate = now - (newestAt ?? until) > rpoMs;
  const pitr = pitrDays === undefined ? '' : `, PITR of ${daysText(pitrDays)}`;
  return {
    id: findingId('no-longer-protected', table, policy),
    kind: 'no-longer-protected',
    severity: isLate ? 'critical' : 'warning',
    table,
    policy,
    cause: causeOf(it),
    fact: factOf(it),
    measured: newestAt === undefined ? 'no recovery point' : `${ageText(now - newestAt)} old, and no new one`,
    promised: `at most ${ageText(rpoMs)} old${pitr}`,
    since: until,
    ...advisedFor(table, (name) => adviceOf(it, name), needsOf(it)),
  };
};

/**
 * Resolves the finding when a policy governs the table that makes it good; an opt-out or a deletion is reported as
 * such.
 */
const footingOf = (
  { table = '', policy = '' }: OpenFinding,
  { existing, governed }: FootingScene,
): Footing => {
  const one = governed.get(table);
  const isGivenUp = one !== undefined && (one.optedOut || one.optedOutOf?.includes(policy) === true);
  return isGivenUp || !existing.has(table) ? 'withdrawn' : 'looked-at';
};

/** What is known of it wherever it is open. */
export const noLongerProtected: KindTraits<'no-longer-protected'> = {
  kind: 'no-longer-protected',
  title: 'no longer backed up',
  titleNamesTable: true,
  neverMuted: true,
  bringsAbout: ['policy-tag-unclear'],
  footingOf,
  facets: ['tags', 'table-names', 'recovery-points', 'memory'],
};

/**
 * Finds tables that a policy protected and no longer does, one finding per table and policy: the tag went, is empty,
 * names something else, or the policy left the file. A warning; critical once the newest recovery point is older than
 * the policy promised. Stays until the policy governs again, another one does that did not before, the tag says `none`,
 * or the table is gone.
 */
export const noLongerProtectedFinder: Finder<'no-longer-protected'> = {
  kind: 'no-longer-protected',
  findsFrom: ['tags', 'table-names'],
  occasion: 'losses',
  find: (context) => {
    const lost = context.losses.filter(({ kind }) => kind === 'lost');
    const governed = new Map(context.governed.map((one) => [one.table.name, one]));
    const former = new Map(context.observation.formerTables?.map((one) => [one.name, one]));
    const lossesOf = Map.groupBy(lost, ({ table }) => table);
    return lost.map((loss) =>
      findingOf({
        loss,
        lost: lossesOf.get(loss.table) ?? [],
        one: governed.get(loss.table),
        former: former.get(loss.table),
        context,
      }),
    );
  },
};
