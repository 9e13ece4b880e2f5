import { nextDeferred } from '../core/plan/deferred.ts';
import { withDeleted } from '../core/plan/gone-outcomes.ts';
import { withOutcomes } from '../core/plan/vault-outcomes.ts';
import { findingsInScope, type Scope } from '../core/scene/scope.ts';
import { messageOf } from '../model/errors.ts';
import { thrownFailure } from '../model/failure.ts';
import type { DigestMemory, Memory, OpenFinding, ResolvedFinding } from '../model/memory.ts';
import type { Gap } from '../model/observation.ts';
import type { Outcome } from '../model/outcome.ts';
import type { Plan } from '../model/plan.ts';
import { endingPolicies } from '../model/policy.ts';
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
  { policies, stateStore }: Pick<Deps, 'policies' | 'stateStore'>,
  scope?: Scope,
): Promise<Recollection> => {
  try {
    const readKept = endingPolicies(policies).length === 0 ? undefined : stateStore.readKept();
    const [known, all, keptTables = []] = await Promise.all([
      stateStore.readMemory(),
      stateStore.readFindings(),
      readKept,
    ]);
    const memory = keptTables.length === 0 ? known : { ...known, keptTables };
    const findings = findingsInScope(all, scope);
    const openFindings = findings.filter((finding) => !isResolved(finding));
    return { memory, openFindings, resolvedFindings: findings.filter(isResolved), gaps: [] };
  } catch (error) {
    const gap: Gap = { facet: 'memory', failure: thrownFailure(error) };
    return { memory: { pitrBaselines: [] }, openFindings: [], resolvedFindings: [], gaps: [gap] };
  }
};

/**
 * The result of a planned run: the outcomes of its actions, and the digest that it sent, if any.
 */
export interface Aftermath {
  readonly outcomes: readonly Outcome[];
  readonly digest?: DigestMemory | undefined;
}

/** What was remembered before the run, and what it planned. */
type Planned = Recollection & { readonly plan: Plan };

/** A run without actions put nothing off; that of others only a backup run knows. */
const afterNothing = ({ memory, mode }: Plan): Memory => {
  const { deferred: _, ...others } = memory;
  return mode === 'protect' ? others : memory;
};

/** Notes what came of actions. Only a run that backs up knows what was deferred. */
const afterActions = ({ memory, mode, plannedAt }: Plan, outcomes: readonly Outcome[]): Memory => {
  const { deferred: before, goneTables: gone, vaultRecords: records, ...others } = memory;
  const deferred = mode === 'protect' ? nextDeferred(before, outcomes, plannedAt) : before;
  const goneTables = withDeleted(gone, outcomes, plannedAt);
  const vaultRecords = withOutcomes(records, outcomes, plannedAt);
  return {
    ...others,
    ...(deferred !== undefined && { deferred }),
    ...(goneTables !== undefined && { goneTables }),
    ...(vaultRecords !== undefined && { vaultRecords }),
  };
};

const memoryAfter = ({ plan }: Planned, { digest, outcomes }: Aftermath): Memory => ({
  ...(outcomes.length === 0 ? afterNothing(plan) : afterActions(plan, outcomes)),
  ...(digest !== undefined && { digest }),
});

/**
 * Saves what the next run needs from what this one saw and did. A run that could not read the
 * memory saves none. A memory that could not be saved is a failure of the run: it only sharpens
 * findings, so the next run is right without it.
 */
export const remember = async (
  { stateStore }: Pick<Deps, 'stateStore'>,
  seen: Planned,
  aftermath: Aftermath,
): Promise<readonly string[]> => {
  if (seen.gaps.length > 0) return [];
  try {
    await stateStore.saveMemory(seen.memory, memoryAfter(seen, aftermath));
    return [];
  } catch (error) {
    return [`the memory could not be saved: ${messageOf(error)}`];
  }
};
