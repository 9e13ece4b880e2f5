import type { FindingKind, Severity } from '../../model/finding.ts';
import { isWorse } from '../../model/finding.ts';
import { HOUR_MS, type Instant } from '../../model/instant.ts';
import type { OpenFinding } from '../../model/memory.ts';
import { CATALOGUE } from '../findings/catalogue.ts';

/**
 * Once its cause is resolved, a symptom has this long to go away unreported: six hours in which a recovery point may be in the making, and one
 * more audit, which alone can see that it is there.
 */
const AFTERMATH_MS = 13 * HOUR_MS;

/** Where both name a policy it is the same; a table that cannot be reached is so for all of them. */
const key = (kind: FindingKind, table: string, policy: string | undefined): string =>
  JSON.stringify([kind, table, policy ?? null]);

const symptomsOf = ({ kind, table, policy }: OpenFinding): readonly string[] =>
  table === undefined
    ? []
    : (CATALOGUE.get(kind)?.bringsAbout ?? []).map((symptom) => key(symptom, table, policy));

/** SAFETY: a table that is within reach now, or is another one under the name, was no reason for what was just tried of it. */
const isDisproved = (
  { id, table }: OpenFinding,
  { reachable = NONE, failed = NONE }: Pick<Causes, 'reachable' | 'failed'>,
): boolean => table !== undefined && failed.has(id) && reachable.has(table);

const severitiesOf = (causes: readonly OpenFinding[]): ReadonlyMap<string, Severity> =>
  new Map(causes.flatMap((cause) => symptomsOf(cause).map((symptom) => [symptom, cause.severity] as const)));

/** What is open, and what has been resolved so far, now included. */
export interface Causes {
  readonly open: readonly OpenFinding[];
  readonly resolved: readonly OpenFinding[];
  /** Tables that this run saw to be within reach. */
  readonly reachable?: ReadonlySet<string>;
  /** Ids of what this run tried itself, and failed. */
  readonly failed?: ReadonlySet<string>;
  readonly now: Instant;
}

const NONE: ReadonlySet<string> = new Set();

/** For most findings anything explains; for one that disproves it, all but that its table is out of reach. */
const explanations = (
  findings: readonly OpenFinding[],
): ((isReach: boolean) => ReadonlyMap<string, Severity>) => {
  const all = severitiesOf(findings);
  const others = severitiesOf(findings.filter(({ kind }) => kind !== 'table-inaccessible'));
  return (isReach) => (isReach ? all : others);
};

/**
 * Returns whether a finding is a symptom of one that people are told of, so that it is not reported beside it: one cause, one entry. It stays
 * open, stops expiry as ever, and is reported if it is worse than its cause, outlasts it by 13 hours, or was just tried on a table that this run saw
 * within reach. One that was reported before its cause was found is only not reminded of.
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
