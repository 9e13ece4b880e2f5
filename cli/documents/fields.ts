import type { Proof } from '../../shared/core/explain/if-lost.ts';
import type { Action } from '../../shared/model/action.ts';
import { assertNever } from '../../shared/model/errors.ts';
import type { Finding } from '../../shared/model/finding.ts';
import { type Instant, isoInstant } from '../../shared/model/instant.ts';
import type { Plan } from '../../shared/model/plan.ts';
import type { RecoveryPoint } from '../../shared/model/recovery-point.ts';

/**
 * The parts that documents share. Keys always come in this order; instants are ISO 8601 in UTC;
 * what is not known is left out.
 */

export const instantField = (at: Instant | undefined): string | undefined =>
  at === undefined ? undefined : isoInstant(at);

/** What a drill proved last. */
export const provedFields = (proof: Proof | undefined) =>
  proof === undefined
    ? undefined
    : { at: instantField(proof.at), level: proof.level, from: proof.from, tookMs: proof.tookMs };

export const headFields = (
  command: string,
  instance: string,
  { target, plannedAt }: Pick<Plan, 'target' | 'plannedAt'>,
) => ({
  command,
  instance,
  accountId: target.accountId,
  region: target.region,
  at: isoInstant(plannedAt),
});

/** Where a recovery point is that AWS Backup keeps, and what AWS Backup will do with it. */
const vaultFields = ({
  location: { target, vault },
  copyOf,
  isCold,
  coldSince,
  deletesAt,
}: RecoveryPoint) => ({
  vault,
  accountId: target.accountId,
  region: target.region,
  copyOf,
  isCold,
  coldSince: instantField(coldSince),
  deletesAt: instantField(deletesAt),
});

export const recoveryPointFields = (point: RecoveryPoint) => ({
  id: point.id,
  name: point.name,
  table: point.tableName,
  tableId: point.tableId,
  createdAt: isoInstant(point.createdAt),
  status: point.status,
  sizeBytes: point.sizeBytes,
  ...(point.location.vault !== undefined && vaultFields(point)),
});

export const actionFields = (action: Action) => {
  const { kind, table, reason } = action;
  switch (action.kind) {
    case 'create':
      return {
        ...{ kind, table, policy: action.policy, slot: isoInstant(action.slot), name: action.name },
        ...{ waits: action.waits?.message, reason },
      };
    case 'copy':
      return {
        kind,
        table,
        policy: action.policy,
        recoveryPoint: recoveryPointFields(action.recoveryPoint),
        destination: action.destination,
        reason,
      };
    case 'expire':
      return {
        kind,
        table,
        policy: action.policy,
        recoveryPoint: recoveryPointFields(action.recoveryPoint),
        reason,
      };
    case 'enable-pitr':
      return { kind, table, recoveryPeriodDays: action.recoveryPeriodDays, reason };
    default:
      return assertNever(action);
  }
};

export const findingFields = (finding: Finding) => ({
  id: finding.id,
  kind: finding.kind,
  severity: finding.severity,
  table: finding.table,
  policy: finding.policy,
  fact: finding.fact,
  measured: finding.measured,
  promised: finding.promised,
  since: isoInstant(finding.since),
  advice: finding.advice,
});
