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

const severitiesOf = (causes: readonly OpenFinding[]): ReadonlyMap<string, Severity> =>
  new Map(causes.flatMap((cause) => symptomsOf(cause).map((symptom) => [symptom, cause.severity] as const)));

/** What is open, and what has been resolved so far, now included. */
export interface Causes {
  readonly open: readonly OpenFinding[];
  readonly resolved: readonly OpenFinding[];
  readonly now: Instant;
}

/**
 * Returns whether a finding is a symptom of one that people are told of, so that it is not reported beside it: one cause, one entry. It stays
 * open, stops expiry as ever, and is reported if it is worse than its cause or outlasts it by 13 hours. One that was reported before its
 * cause was found is only not reminded of.
 */
export const explainedBy = ({ open, resolved, now }: Causes): ((finding: OpenFinding) => boolean) => {
  const present = severitiesOf(open);
  const recent = severitiesOf(
    resolved.filter(({ resolvedAt }) => resolvedAt !== undefined && now - resolvedAt < AFTERMATH_MS),
  );
  return ({ kind, severity, table, policy, notifiedAt }) => {
    if (table === undefined) return false;
    const causes = [key(kind, table, policy), key(kind, table, undefined)].flatMap((one) => [
      present.get(one),
      ...(notifiedAt === undefined ? [recent.get(one)] : []),
    ]);
    return causes.some((cause) => cause !== undefined && !isWorse(severity, cause));
  };
};
