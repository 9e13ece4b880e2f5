import type { Explanation } from '../../shared/core/explain/explanation.ts';
import { isoInstant } from '../../shared/model/instant.ts';
import type { LockingKey } from '../../shared/model/key-facts.ts';
import type { RetentionDecision } from '../../shared/model/plan.ts';
import type { ExplainView } from '../view/explain-text.ts';
import { worstFirst } from '../view/findings-text.ts';
import { findingFields, headFields, instantField, provedFields, recoveryPointFields } from './fields.ts';
import { policyFields } from './policy-document.ts';

const tagsFields = ({ table }: Explanation) =>
  table === undefined ? undefined : Object.fromEntries(Object.entries(table.tags).toSorted());

const pitrFields = ({ table, pitrPromise, withheld }: Explanation) => {
  const pitr = table?.pitr;
  if (pitr === undefined) return undefined;
  return {
    enabled: pitr.enabled,
    recoveryPeriodDays: pitr.recoveryPeriodDays,
    earliestRestorableAt: instantField(pitr.earliestRestorableAt),
    latestRestorableAt: instantField(pitr.latestRestorableAt),
    promisedDays: pitrPromise?.recoveryPeriodDays,
    withheld,
  };
};

const keyFields = (key: LockingKey | undefined) =>
  key === undefined ? undefined : { ...key, deletesAt: instantField(key.deletesAt) };

const decisionFields = (
  { recoveryPoint, policy, decision, reasons }: RetentionDecision,
  locked: Explanation['locked'],
) => ({
  decision,
  reasons,
  policy,
  slot: instantField(recoveryPoint.origin?.slot),
  ...recoveryPointFields(recoveryPoint),
  lockedBy: keyFields(locked.get(recoveryPoint.id)),
});

const detailsFields = ({ table }: Explanation) => {
  const details = table?.details;
  if (details === undefined) return undefined;
  const { tableId, status, createdAt, sizeBytes } = details;
  return { tableId, status, createdAt: isoInstant(createdAt), sizeBytes };
};

const verdictFields = ({ verdict }: Explanation) =>
  verdict === undefined ? undefined : { status: verdict.status, reason: verdict.reason };

/** What becomes of what is left of a deleted table. */
const leftFields = ({ left }: Explanation) => {
  if (left === undefined) return undefined;
  const { standing, policies } = left.fate;
  return {
    standing: standing.kind,
    at: 'at' in standing ? isoInstant(standing.at) : undefined,
    policies,
    ending: left.share.ending.length,
    staying: left.share.staying,
  };
};

/** Builds the document of `explain`. */
export const explainDocument = ({ explanation, instance, target, now }: ExplainView) => ({
  ...headFields('explain', instance, { target, plannedAt: now }),
  table: explanation.name,
  presence: explanation.presence,
  nearest: explanation.nearest,
  verdict: verdictFields(explanation),
  details: detailsFields(explanation),
  tags: tagsFields(explanation),
  optedOut: explanation.governance?.optedOut,
  reasons: explanation.governance?.reasons,
  unknownNames: explanation.governance?.unknownNames,
  policies: explanation.policies.map(({ policy, nextSlot }) => ({
    ...policyFields(policy),
    nextSlot: isoInstant(nextSlot),
  })),
  recoveryPoints: explanation.recoveryPoints.map((decision) => decisionFields(decision, explanation.locked)),
  afterDeletion: leftFields(explanation),
  keptSince: instantField(explanation.keptSince),
  otherBackups: explanation.othersCount,
  otherBackupsWithoutEnd: explanation.othersEndless,
  pitr: pitrFields(explanation),
  proved: provedFields(explanation.proof),
  findings: worstFirst(explanation.findings).map(findingFields),
  earlierFindings: worstFirst(explanation.earlierFindings).map(findingFields),
});
