import type { Instant } from '../../model/instant.ts';
import type { Memory } from '../../model/memory.ts';
import type { Observation } from '../../model/observation.ts';
import type { RecoveryPoint } from '../../model/recovery-point.ts';
import { recoveryPointName } from '../../model/recovery-point-name.ts';
import { parseVaultArn } from '../../model/vault-arn.ts';
import type { KnownCopy, KnownPoint, VaultRecord } from '../../model/vault-record.ts';
import { missingVaults } from './missing-vaults.ts';
import { listedSizes } from './ordered.ts';
import { type OwnedRecoveryPoints, seriesKey } from './own-points.ts';

/** What a run saw of vaults, and what is remembered of them. */
export interface RememberedInput {
  readonly instance: string;
  readonly observation: Observation;
  readonly memory: Pick<Memory, 'vaultRecords'>;
  readonly now: Instant;
}

/** Returns whether a vault was listed to its end, so that what is not listed is not in it. Of another account's vaults nothing is listed. */
export const vaultsListed = ({ facets, gaps, target }: Observation): ((vault: string) => boolean) => {
  const ofVaults = gaps.filter(({ facet }) => facet === 'vaults');
  const isBlind = !facets.includes('vaults') || ofVaults.some(({ vault }) => vault === undefined);
  const unread = new Set(ofVaults.map(({ vault }) => vault));
  return (vault) =>
    !isBlind && !unread.has(vault) && parseVaultArn(vault)?.target.accountId === target.accountId;
};

interface Place {
  readonly id: string;
  readonly vault: string;
  readonly copy?: KnownCopy;
}

const pointOf = (
  { recordedTable: tableName }: VaultRecord,
  { createdAt, deletesAt: ownEnd, policy, slot, tableId, id: source }: KnownPoint,
  { copy, id, vault: arn }: Place,
  { instance, sizeOf }: Pick<Remembering, 'instance' | 'sizeOf'>,
): readonly RecoveryPoint[] => {
  const vault = parseVaultArn(arn);
  if (vault === undefined) return [];
  const origin = { instance, policy, slot };
  const deletesAt = copy === undefined ? ownEnd : copy.deletesAt;
  return [
    {
      id,
      name: recoveryPointName(origin),
      engine: 'aws-backup',
      location: { target: vault.target, vault: vault.name },
      origin,
      ...(copy !== undefined && { copyOf: source }),
      ...(deletesAt !== undefined && { deletesAt }),
      tableName,
      tableId,
      createdAt,
      status: 'available',
      ...sizeOf(source),
    },
  ];
};

const isAlive = ({ deletesAt }: Pick<KnownCopy, 'deletesAt'>, now: Instant): boolean =>
  deletesAt === undefined || deletesAt > now;

/** A copy has the size of its source; of one that is not listed nothing says it. */
interface Remembering extends RememberedInput {
  readonly sizeOf: ReturnType<typeof listedSizes>;
}

/** Lists what is remembered to be in vaults that a run could not list, of one table: recovery points at home, then copies. */
const unlistedOf = (record: VaultRecord, input: Remembering) => {
  const { now, observation } = input;
  const isListed = vaultsListed(observation);
  const missing = missingVaults(observation);
  const isUnknown = (vault: string): boolean => !isListed(vault) && !missing.has(vault);
  const ofPoint = (point: KnownPoint, place: Place) => pointOf(record, point, place, input);
  return {
    points: record.points.flatMap((point) =>
      point.goneAt === undefined && isUnknown(point.vault) && isAlive(point, now)
        ? ofPoint(point, { id: point.id, vault: point.vault })
        : [],
    ),
    copies: record.points.flatMap((point) =>
      (point.copies ?? [])
        .filter((copy) => copy.state === 'completed' && isUnknown(copy.vault) && isAlive(copy, now))
        .flatMap((copy) => ofPoint(point, { id: copy.id ?? '', vault: copy.vault, copy })),
    ),
  };
};

const withPoints = (
  owned: Iterable<OwnedRecoveryPoints>,
  points: readonly RecoveryPoint[],
): readonly OwnedRecoveryPoints[] => {
  const known = new Map([...owned].map((one) => [seriesKey(one.table, one.policy), one]));
  for (const recoveryPoint of points) {
    const { origin, tableName: table } = recoveryPoint;
    if (origin === undefined) continue;
    const key = seriesKey(table, origin.policy);
    const before = known.get(key) ?? { table, policy: origin.policy, points: [] };
    if (before.points.some((one) => one.recoveryPoint.id === recoveryPoint.id && recoveryPoint.id !== ''))
      continue;
    known.set(key, { ...before, points: [...before.points, { recoveryPoint, origin, slot: origin.slot }] });
  }
  return [...known.values()];
};

/** Recovery points at home and copies of them, by table and policy. */
export interface OwnAndCopies {
  readonly own: readonly OwnedRecoveryPoints[];
  readonly copies: readonly OwnedRecoveryPoints[];
}

/**
 * SAFETY: what could not be read is unknown, never missing, and a table may have nothing else left. What was in a vault that is not there is left of nothing:
 * counted, it would hide that the last ends elsewhere. Adds to what was seen what is remembered of vaults that this run did not list. It serves to report what is left of a table, and never to expire anything.
 */
export const seenOrRemembered = (
  seen: { readonly own: Iterable<OwnedRecoveryPoints>; readonly copies: Iterable<OwnedRecoveryPoints> },
  input: RememberedInput,
): OwnAndCopies => {
  const sizeOf = listedSizes(() => input.observation.recoveryPoints);
  const unlisted = (input.memory.vaultRecords ?? []).map((record) =>
    unlistedOf(record, { ...input, sizeOf }),
  );
  return {
    own: withPoints(
      seen.own,
      unlisted.flatMap(({ points }) => points),
    ),
    copies: withPoints(
      seen.copies,
      unlisted.flatMap(({ copies }) => copies),
    ),
  };
};
