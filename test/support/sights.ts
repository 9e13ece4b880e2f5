import { evaluate, type Sight } from '../../shared/core/findings/judged.ts';
import { governedTables } from '../../shared/core/scene/governed.ts';
import { facetsOf } from '../../shared/core/scene/reach.ts';
import type { Finding, FindingKind } from '../../shared/model/finding.ts';
import type { OpenFinding } from '../../shared/model/memory.ts';
import type { Facet, Gap, Observation } from '../../shared/model/observation.ts';
import type { Policies } from '../../shared/model/policy.ts';
import { aFailure } from './failures.ts';
import { anObservation, anOpenFinding, somePolicies } from './world.ts';

// Builders for what a run saw and what was open before it.

export const open = (kind: FindingKind, id: string, table?: string): OpenFinding => {
  const { table: _, ...rest } = anOpenFinding({ kind, id });
  const facet = kind === 'observation-gap' ? { facet: id.split('/')[1] as Facet } : {};
  return { ...rest, ...facet, ...(table !== undefined && { table }) };
};

export const found = (kind: FindingKind): Finding => anOpenFinding({ kind, id: kind });

export const gap = (facet: Facet, table?: string): Gap => ({
  facet,
  failure: aFailure(),
  ...(table && { table }),
});

/** Of a run's sight what matters to a case; everything else is whole and empty. */
export interface Given extends Partial<Omit<Sight, 'governed' | 'observation'>> {
  readonly policies?: Policies;
  readonly observation?: Partial<Observation>;
}

const sight = ({
  mode = 'audit',
  found = [],
  outcomes = [],
  observation = {},
  policies = somePolicies(),
}: Given): Sight => {
  const seen = anObservation({ facets: facetsOf(mode), ...observation });
  return { mode, found, outcomes, observation: seen, governed: governedTables(policies, seen.tables) };
};

export const isResolvable = (finding: OpenFinding, given: Given): boolean =>
  evaluate([finding], sight(given)).resolvable.has(finding.id);
