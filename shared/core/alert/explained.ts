import type { FindingKind, Severity } from '../../model/finding.ts';
import { isWorse } from '../../model/finding.ts';
import { HOUR_MS, type Instant } from '../../model/instant.ts';
import type { OpenFinding } from '../../model/memory.ts';
import { CATALOGUE } from '../findings/catalogue.ts';

/**
 * How long a symptom may outlast its cause unreported: six hours in which a recovery point may be in the making, and
 * one more audit, the first run that can see it.
 */
const AFTERMATH_MS = 13 * HOUR_MS;

/**
 * Joins kind, table and policy. A cause without a policy, such as a table that cannot be reached, covers all policies.
 */
const key = (kind: FindingKind, table: string, policy: string | undefined): string =>
  JSON.stringify([kind, table, policy ?? null]);

const symptomsOf = ({ kind, table, policy }: OpenFinding): readonly string[] =>
  table === undefined
    ? []
    : (CATALOGUE.get(kind)?.bringsAbout ?? []).map((symptom) => key(symptom, table, policy));

/**
 * SAFETY: a table that is reachable now, or a different table under the same name, does not explain an attempt on it
 * that just failed.
 */
const isDisproved = (
  { id, table }: OpenFinding,
  { reachable = NONE, failed = NONE }: Pick<Causes, 'reachable' | 'failed'>,
): boolean => table !== undefined && failed.has(id) && reachable.has(table);

const severitiesOf = (causes: readonly OpenFinding[]): ReadonlyMap<string, Severity> =>
  new Map(causes.flatMap((cause) => symptomsOf(cause).map((symptom) => [symptom, cause.severity] as const)));

/** What is open, and what has been resolved so far, including by this run. */
export interface Causes {
  readonly open: readonly OpenFinding[];
  readonly resolved: readonly OpenFinding[];
  /** Tables that this run could reach. */
  readonly reachable?: ReadonlySet<string>;
  /** Ids of what this run tried itself and failed. */
  readonly failed?: ReadonlySet<string>;
  readonly now: Instant;
}

const NONE: ReadonlySet<string> = new Set();

/**
 * Returns the causes that count: all of them for most findings, all but `table-inaccessible` for one that disproves it.
 */
const explanations = (
  findings: readonly OpenFinding[],
): ((isReach: boolean) => ReadonlyMap<string, Severity>) => {
  const all = severitiesOf(findings);
  const others = severitiesOf(findings.filter(({ kind }) => kind !== 'table-inaccessible'));
  return (isReach) => (isReach ? all : others);
};

/**
 * Checks whether a finding is a symptom of a reported one, so that it is not reported beside it: one cause, one entry.
 * It stays open, stops expiry as before, and is reported if it is worse than its cause, outlasts it by 13 hours, or was
 * just tried on a table that this run could reach. One that was reported before its cause was found only gets no
 * reminders.
 */
export const explainedBy = (given: Causes): ((finding: OpenFinding) => boolean) => {
  const { open, resolved, now } = given;
  const present = explanations(open);
  const recent = explanations(
    resolved.filter(({ resolvedAt }) => resolvedAt !== undefined && now - resolvedAt < AFTERMATH_MS),
  );
  return (finding) => {
    const { kind, severity, table, policy, notifiedAt } = finding;
    if (table === undefined) return false;
    const isReach = !isDisproved(finding, given);
    const causes = [key(kind, table, policy), key(kind, table, undefined)].flatMap((one) => [
      present(isReach).get(one),
      ...(notifiedAt === undefined ? [recent(isReach).get(one)] : []),
    ]);
    return causes.some((cause) => cause !== undefined && !isWorse(severity, cause));
  };
};
