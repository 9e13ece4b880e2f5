import type { CoverageBaseline, Memory, PitrBaseline, Protection } from '../../model/memory.ts';
import type { Observation } from '../../model/observation.ts';
import type { GovernedTable } from '../checks/context.ts';
import { coverageOf } from '../checks/coverage.ts';
import type { PlanInput } from './input.ts';
import { nextPitrBaseline } from './pitr-baseline.ts';
import { nextTurn } from './turns.ts';

type MemoryInput = Pick<PlanInput, 'memory' | 'now' | 'observation'>;

const nextCoverage = (
  { memory: { coverage: before }, now, observation: { facets, gaps } }: MemoryInput,
  tables: number,
): CoverageBaseline | undefined => {
  const isWhole = facets.includes('tags') && !gaps.some(({ facet }) => facet === 'tags');
  return isWhole ? { tables, seenAt: now } : before;
};

const byTable = (a: PitrBaseline, b: PitrBaseline): number => (a.table < b.table ? -1 : 1);

/** Tables that do not exist any more are forgotten, as far as a whole list of names can tell; DescribeTable is believed over it. */
const stillThere = ({ gaps, tableNames, tables }: Observation): ((table: string) => boolean) => {
  const isWhole = tableNames !== undefined && !gaps.some(({ facet }) => facet === 'table-names');
  const confirmed = tables.filter(({ details }) => details !== undefined).map(({ name }) => name);
  const names = new Set([...(tableNames ?? []), ...confirmed]);
  return (table) => !isWhole || names.has(table);
};

/**
 * Given what a run saw, what it remembered and which policies govern or governed which tables, returns what the next run should remember. At the edge what was
 * not observed whole is remembered as it was.
 */
export const nextMemory = (
  input: MemoryInput,
  governed: readonly GovernedTable[],
  protections: readonly Protection[] = input.memory.protections ?? [],
): Memory => {
  const { memory, now, observation } = input;
  const isThere = stillThere(observation);
  const baselines = new Map(memory.pitrBaselines.map((baseline) => [baseline.table, baseline]));
  for (const one of governed) {
    const next = nextPitrBaseline(one, baselines.get(one.table.name), now);
    if (next !== undefined) baselines.set(one.table.name, next);
  }
  const coverage = nextCoverage(input, coverageOf(governed));
  const pitrResumeAt = nextTurn(observation, memory.pitrResumeAt);
  return {
    ...(coverage !== undefined && { coverage }),
    ...(memory.deferred !== undefined && { deferred: memory.deferred }),
    ...(memory.digest !== undefined && { digest: memory.digest }),
    ...(pitrResumeAt !== undefined && { pitrResumeAt }),
    ...(protections.length > 0 && { protections }),
    pitrBaselines: [...baselines.values()].filter(({ table }) => isThere(table)).toSorted(byTable),
  };
};
