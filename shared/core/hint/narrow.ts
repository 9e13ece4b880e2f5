import { ownFailure } from '../../model/failure.ts';
import type { Finding } from '../../model/finding.ts';
import { type Instant, MINUTE_MS } from '../../model/instant.ts';
import type { Memory, OpenFinding, Protection } from '../../model/memory.ts';
import type { Observation } from '../../model/observation.ts';
import type { Plan } from '../../model/plan.ts';
import { streamKey } from '../scene/own-points.ts';

/** Which tables a hint is about, and what was known before it. */
export interface HintScope {
  readonly tables: readonly string[];
  readonly memory: Memory;
  readonly openFindings: readonly OpenFinding[];
  readonly observation: Observation;
  readonly now: Instant;
}

/** Point-in-time recovery is switched on in a separate call after the table is created, which may be minutes later. */
const SETTING_UP_MS = 10 * MINUTE_MS;

const isBeingSetUp = (name: string | undefined, { observation, now }: HintScope): boolean => {
  const details = observation.tables.find((table) => table.name === name)?.details;
  return details !== undefined && now - details.createdAt < SETTING_UP_MS;
};

/**
 * Whether a finding is left to the audit: the next backup run, or the person still creating the table, will resolve it; a hint that could not read is
 * retried.
 */
const isTooEarly = ({ kind, measured, table }: Finding, scope: HintScope): boolean =>
  kind === 'observation-gap' ||
  (kind === 'recovery-point-overdue' && measured === 'none') ||
  (kind === 'pitr-off' && isBeingSetUp(table, scope));

const byTable = (a: { readonly table: string }, b: { readonly table: string }): number =>
  a.table < b.table ? -1 : 1;

/** Keeps the record of a table that is gone, with the time, because it may come back. */
const missingSince = (protection: Protection, now: Instant): Protection => ({
  ...protection,
  promises: protection.promises.map((promise) => ({ ...promise, until: promise.until ?? now })),
});

const protectionsOf = (
  { protections = [] }: Memory,
  { tables, memory: before, now }: HintScope,
  isOwn: (table: string) => boolean,
): readonly Protection[] =>
  [
    ...(before.protections ?? [])
      .filter(({ table }) => !isOwn(table))
      .map((one) => (tables.includes(one.table) ? missingSince(one, now) : one)),
    ...protections.filter(({ table }) => isOwn(table)),
  ].toSorted(byTable);

const memoryOf = ({ memory }: Plan, scope: HintScope): Memory => {
  const { tables, memory: before, observation } = scope;
  const exists = (table: string): boolean => observation.tableNames?.includes(table) ?? true;
  const others = before.pitrBaselines.filter(({ table }) => !tables.includes(table));
  const own = memory.pitrBaselines.filter(({ table }) => tables.includes(table) && exists(table));
  const pitrBaselines = [...others, ...own].toSorted(byTable);
  const mutes = [
    ...(before.mutes ?? []).filter(({ mutedTable }) => !tables.includes(mutedTable)),
    ...(memory.mutes ?? []).filter(({ mutedTable }) => tables.includes(mutedTable)),
  ].toSorted((a, b) => (a.mutedTable < b.mutedTable ? -1 : 1));
  const isOwn = (table: string): boolean => tables.includes(table) && exists(table);
  const series = [
    ...(before.series ?? []).filter(({ table }) => !isOwn(table)),
    ...(memory.series ?? []).filter(({ table }) => isOwn(table)),
  ].toSorted((a, b) => (streamKey(a.table, a.policy) < streamKey(b.table, b.policy) ? -1 : 1));
  const protections = protectionsOf(memory, scope, isOwn);
  const { mutes: _, protections: _protections, series: _series, ...rest } = before;
  return {
    ...rest,
    ...(mutes.length > 0 && { mutes }),
    ...(protections.length > 0 && { protections }),
    ...(series.length > 0 && { series }),
    pitrBaselines,
  };
};

/** Selects the findings that a hint about these tables may change. Findings about several tables or the whole target are not among them. */
export const ofTables = <Found extends Finding>(
  findings: readonly Found[],
  tables: readonly string[],
): readonly Found[] => findings.filter(({ table }) => table !== undefined && tables.includes(table));

/**
 * Reduces a plan that was decided from a few tables to what may be reported: findings of these tables, and their part of the memory. Nothing about
 * the whole target is left, because a few tables prove nothing about how many there are; a finding that will probably be resolved within minutes is
 * reported only if it was already open.
 */
export const narrowed = (plan: Plan, scope: HintScope): Plan => {
  const open = new Set(scope.openFindings.map(({ id }) => id));
  const findings = ofTables(plan.findings, scope.tables).filter(
    (finding) => open.has(finding.id) || !isTooEarly(finding, scope),
  );
  return { ...plan, findings, memory: memoryOf(plan, scope) };
};

/**
 * Limits what a hint's observation may resolve to tables that exist and carry the tag: every other table gets a gap. Findings of a table that is gone
 * or lost its tag stay open, because only a look at all tables shows whether most lost their tags at once.
 */
export const judgedObservation = ({ observation, tables }: HintScope): Observation => {
  const seen = new Set(observation.tables.map(({ name }) => name));
  const unjudged = tables.filter((table) => !seen.has(table));
  const failure = ownFailure('hint-scope', 'a hint ends nothing of a table that is gone or not tagged');
  const gaps = unjudged.map((table) => ({ facet: 'details' as const, table, failure }));
  return { ...observation, gaps: [...observation.gaps, ...gaps] };
};
