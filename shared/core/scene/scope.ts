import type { Finding } from '../../model/finding.ts';
import type { Memory } from '../../model/memory.ts';
import type { Observation } from '../../model/observation.ts';

/** The tables that a run is limited to; undefined for a run on all tables. */
export type Scope = readonly string[] | undefined;

/**
 * Selects the findings that a run with this scope may find or resolve. Findings about several tables or the whole
 * target are left to a run on all tables: a few tables prove nothing about how many there are.
 */
export const findingsInScope = <Found extends Finding>(
  findings: readonly Found[],
  scope: Scope,
): readonly Found[] =>
  scope === undefined
    ? findings
    : findings.filter(({ table }) => table !== undefined && scope.includes(table));

/** Limits what is remembered of tables to those of the scope. What is remembered of the whole target stays. */
export const memoryInScope = (memory: Memory, scope: Scope): Memory => {
  if (scope === undefined) return memory;
  const { mutes, pitrBaselines, protections, series } = memory;
  const isIn = ({ table }: { readonly table: string }): boolean => scope.includes(table);
  return {
    ...memory,
    ...(mutes !== undefined && { mutes: mutes.filter(({ mutedTable }) => scope.includes(mutedTable)) }),
    ...(protections !== undefined && { protections: protections.filter(isIn) }),
    ...(series !== undefined && { series: series.filter(isIn) }),
    pitrBaselines: pitrBaselines.filter(isIn),
  };
};

/**
 * SAFETY: whether a run with a scope saw the table that a finding is about. Of a table that is gone or not tagged it resolves nothing, because
 * only a look at all tables shows whether most lost their tags at once.
 */
export const isInSight = (
  { table }: Pick<Finding, 'table'>,
  { scope, tables }: Pick<Observation, 'scope' | 'tables'>,
): boolean =>
  scope === undefined ||
  (table !== undefined && scope.includes(table) && tables.some(({ name }) => name === table));
