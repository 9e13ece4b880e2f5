import { findingsInScope, type Scope } from '../core/scene/scope.ts';
import { thrownFailure } from '../model/failure.ts';
import type { Memory, OpenFinding, ResolvedFinding } from '../model/memory.ts';
import type { Gap } from '../model/observation.ts';
import type { Deps } from './deps.ts';

/** What earlier runs left, or the gap that says it could not be read. */
export interface Recollection {
  readonly memory: Memory;
  /** Within the scope of the run, as are the resolved ones. */
  readonly openFindings: readonly OpenFinding[];
  /** What is resolved and may reopen. */
  readonly resolvedFindings: readonly ResolvedFinding[];
  readonly gaps: readonly Gap[];
}

/** Whether a finding is remembered because it was open before. */
export const isResolved = (finding: OpenFinding): finding is ResolvedFinding =>
  finding.resolvedAt !== undefined;

/**
 * Reads the open findings and the memory. An unreadable store is a gap: backups still start as far
 * as claims allow, nothing is deleted, and the run ends as an error.
 */
export const recall = async (
  { stateStore }: Pick<Deps, 'stateStore'>,
  scope?: Scope,
): Promise<Recollection> => {
  try {
    const [memory, all] = await Promise.all([stateStore.readMemory(), stateStore.readFindings()]);
    const findings = findingsInScope(all, scope);
    const openFindings = findings.filter((finding) => !isResolved(finding));
    return { memory, openFindings, resolvedFindings: findings.filter(isResolved), gaps: [] };
  } catch (error) {
    const gap: Gap = { facet: 'memory', failure: thrownFailure(error) };
    return { memory: { pitrBaselines: [] }, openFindings: [], resolvedFindings: [], gaps: [gap] };
  }
};
