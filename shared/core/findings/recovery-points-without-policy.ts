import { advise } from '../../model/advice.ts';
import { type Finding, findingId } from '../../model/finding.ts';
import { isPassingTable } from '../../model/passing-table.ts';
import { type OwnRecoveryPoint, type OwnSeries, seriesKey } from '../scene/own-points.ts';
import { isSeenWhole } from '../scene/reach.ts';
import { bytesOfPointsText } from '../text/bytes-sum.ts';
import { deletePointCommands } from '../text/commands.ts';
import { guardedText } from '../text/vault-guard.ts';
import { counted, listed, verb } from '../text/words.ts';
import type { CheckContext } from './context.ts';
import type { Finder, KindTraits } from './kind.ts';
import { addedText, subjectsOf } from './subjects.ts';

declare module '../../model/finding.ts' {
  interface FindingKinds {
    readonly 'recovery-points-without-policy': true;
  }
}

/**
 * Checks whether the recovery points of a series belong to no policy. What is reported as no longer protected is not offered for
 * deletion. A policy that is gone owns nothing; an existing one owns the recovery points of the tables it governs.
 */
const orphanedBy = ({ governed, losses, observation, policies }: CheckContext) => {
  const known = new Set(policies.policies.map(({ name }) => name));
  const governing = new Map(governed.map(({ table, policies: of }) => [table.name, of]));
  const existing = new Set(observation.tableNames);
  const lost = new Set(
    losses.filter(({ kind }) => kind === 'lost').map((loss) => seriesKey(loss.table, loss.policy)),
  );
  return ({ policy, table }: OwnSeries): boolean => {
    if (lost.has(seriesKey(table, policy))) return false;
    if (!known.has(policy)) return true;
    const isGoverned = governing.get(table)?.some(({ name }) => name === policy) ?? false;
    return !isGoverned && existing.has(table) && !isPassingTable(table);
  };
};

const findingOf = (
  policy: string,
  points: readonly OwnRecoveryPoint[],
  { now, openFindings, policies, observation: { target } }: CheckContext,
): Finding => {
  const tables = [...new Set(points.map(({ recoveryPoint }) => recoveryPoint.tableName))];
  const size = bytesOfPointsText(points.map(({ recoveryPoint }) => recoveryPoint));
  const isGone = !policies.policies.some(({ name }) => name === policy);
  const count = counted(points.length, 'recovery point');
  const why = isGone
    ? `The policy file has no policy ${policy}`
    : `${counted(tables.length, 'table')} ${verb(tables.length, 'is', 'are')} not governed by the policy ${policy}`;
  const id = findingId('recovery-points-without-policy', policy);
  const { subjects, added } = subjectsOf(tables, id, openFindings);
  return {
    id,
    kind: 'recovery-points-without-policy',
    severity: 'info',
    policy,
    fact: `${why}; ${count} with its name (${size}) ${verb(points.length, 'is', 'are')} kept, of ${listed(tables)}.${addedText(added, 'table')}`,
    measured: count,
    promised: 'a person decides',
    since: now,
    advice: advise(
      guardedText(
        'Tablekeeper never deletes them. Find out who made them and what for: a name proves neither, and is no reason to change a tag. Delete them once nobody needs them',
        points.map(({ recoveryPoint }) => recoveryPoint),
      ),
      ...deletePointCommands(
        points.map(({ recoveryPoint }) => recoveryPoint),
        target,
      ),
    ),
    subjects,
  };
};

/** What is known of it wherever it is open. */
export const recoveryPointsWithoutPolicy: KindTraits<'recovery-points-without-policy'> = {
  kind: 'recovery-points-without-policy',
  title: 'recovery points without a policy',
  facets: ['tags', 'table-names', 'recovery-points'],
};

/**
 * Finds recovery points with names of this instance whose policy is not in the file, or does not govern their table:
 * one finding per policy. No rule says how long to keep them, so they are kept. A name does not prove that the policy
 * ever governed the table, so nothing is advised that would put it under another one. Those of a table that does not
 * exist are reported with the lost table, and only complete lists of tags, names and recovery points prove any of this.
 */
export const recoveryPointsWithoutPolicyFinder: Finder<'recovery-points-without-policy'> = {
  kind: 'recovery-points-without-policy',
  findsFrom: ['tags', 'table-names', 'recovery-points'],
  occasion: 'points-without-policy',
  find: (context) => {
    if (!isSeenWhole(context.observation, 'tags', 'table-names', 'recovery-points')) return [];
    const isOrphan = orphanedBy(context);
    const orphans = [...context.own.values()]
      .filter(isOrphan)
      .flatMap(({ points }) => points.filter(({ recoveryPoint }) => recoveryPoint.status !== 'deleted'));
    return [...Map.groupBy(orphans, ({ origin }) => origin.policy)].map(([policy, points]) =>
      findingOf(policy, points, context),
    );
  },
};
