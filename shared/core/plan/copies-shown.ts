import { type Instant, isoInstant } from '../../model/instant.ts';
import { isGoingOn } from '../../model/job.ts';
import type { RetentionDecision } from '../../model/plan.ts';
import type { RecoveryPoint, RecoveryPointLocation } from '../../model/recovery-point.ts';
import { recoveryPointName } from '../../model/recovery-point-name.ts';
import type { Target } from '../../model/target.ts';
import { parseVaultArn } from '../../model/vault-arn.ts';
import type { KnownCopy, KnownPoint, VaultRecord } from '../../model/vault-record.ts';
import { listedSizes } from '../scene/ordered.ts';
import type { OwnedRecoveryPoints } from '../scene/own-points.ts';
import type { Scene } from '../scene/scene.ts';

const placeText = ({ target, vault }: RecoveryPointLocation): string =>
  `${target.region} of account ${target.accountId}${vault === undefined ? '' : `, vault ${vault}`}`;

const endText = (deletesAt: Instant | undefined): string =>
  deletesAt === undefined ? 'nothing deletes it' : `AWS Backup deletes it on ${isoInstant(deletesAt)}`;

const kept = (recoveryPoint: RecoveryPoint, policy: string, more = ''): RetentionDecision => ({
  recoveryPoint,
  policy,
  decision: 'keep',
  reasons: [`a copy, in ${placeText(recoveryPoint.location)}: ${more}${endText(recoveryPoint.deletesAt)}`],
});

const notedPoint = (
  table: string,
  point: KnownPoint,
  copy: KnownCopy,
  { instance, target, sizeOf }: Noting,
): RecoveryPoint | undefined => {
  const vault = parseVaultArn(copy.vault);
  const isThere = copy.isEnded !== true && (copy.state === 'completed' || isGoingOn(copy.state));
  // What is in this account is listed.
  if (vault === undefined || !isThere || vault.target.accountId === target.accountId) return undefined;
  const origin = { instance, policy: point.policy, slot: point.slot };
  return {
    id: copy.id ?? copy.jobId ?? copy.vault,
    name: recoveryPointName(origin),
    engine: 'aws-backup',
    location: { target: vault.target, vault: vault.name },
    origin,
    copyOf: point.id,
    ...(copy.deletesAt !== undefined && { deletesAt: copy.deletesAt }),
    tableName: table,
    tableId: point.tableId,
    createdAt: point.createdAt,
    status: copy.state === 'completed' ? 'available' : 'creating',
    ...sizeOf(point.id),
  };
};

/** What copies are shown of: those that are listed, and those of other accounts that are only noted. */
interface Shown {
  readonly instance: string;
  readonly target: Target;
  readonly vaultRecords: readonly VaultRecord[];
}

/** A copy has the size of its source; where that is not listed nothing says it. */
interface Noting extends Shown {
  readonly sizeOf: ReturnType<typeof listedSizes>;
}

const NOTED = 'as its job said, because this account cannot look there; ';

const noted = (shown: Noting): readonly RetentionDecision[] =>
  shown.vaultRecords.flatMap(({ points, recordedTable }) =>
    points.flatMap((point) =>
      (point.copies ?? []).flatMap((copy) => {
        const recoveryPoint = notedPoint(recordedTable, point, copy, shown);
        return recoveryPoint === undefined ? [] : [kept(recoveryPoint, point.policy, NOTED)];
      }),
    ),
  );

const pointsIn = ({ points }: OwnedRecoveryPoints): readonly RecoveryPoint[] =>
  points.map(({ recoveryPoint }) => recoveryPoint);

/**
 * SAFETY: the rules of a series are for its recovery points at home, and nothing that happens there deletes a copy. Keeps every copy, and says where it
 * is and until when.
 */
export const keptCopies = (
  { copies, own }: Pick<Scene, 'copies' | 'own'>,
  shown: Shown,
): readonly RetentionDecision[] => [
  ...[...copies.values()].flatMap(({ policy, points }) =>
    points.map(({ recoveryPoint }) => kept(recoveryPoint, policy)),
  ),
  ...noted({ ...shown, sizeOf: listedSizes(() => [...own.values()].flatMap(pointsIn)) }),
];
