import { ListTagsCommand } from '@aws-sdk/client-backup';
import type { Failure } from '../../../model/failure.ts';
import type { RecoveryPoint } from '../../../model/recovery-point.ts';
import { partitionOf, type Target } from '../../../model/target.ts';
import { isKeptByAwsBackup, type Vault, vaultArn } from '../../../model/vault-arn.ts';
import { POINT_TAG, type PointMark, parsePointTag } from '../../../model/vault-tag.ts';
import type { KnownOrigin } from '../../../ports/engine.ts';
import { readPages } from '../../aws/paginate.ts';
import { statedText } from '../../aws/reading.ts';
import type { VaultParts } from './vault-clients.ts';

/** Who made a recovery point, as the service says: tags can be copied, and this cannot. */
export type Maker = 'own-role' | 'other-role' | 'plan';

/** A recovery point in a vault, before it is known whose it is. */
export interface UnownedPoint {
  readonly id: string;
  readonly vault: Vault;
  /** The ARN of the vault that it was copied from, where the service says so. */
  readonly source?: string;
  readonly madeBy: Maker;
  /** Whether recovery points of other deployments count, whose roles nobody here knows. */
  readonly ofAnyHome: boolean;
  /** Where its table is or was; absent where that is the target. */
  readonly home?: Target;
}

/** Whose a recovery point is, or why that could not be read. */
export type Ownership =
  | (Pick<RecoveryPoint, 'origin' | 'copyOf' | 'unproven'> & { readonly tableId?: string })
  | { readonly unread: Failure };

/** What a copy says that it is a copy of, where nothing noted the job that made it. */
const UNNOTED = 'a recovery point that is not noted';

const isElsewhere = ({ source, vault }: UnownedPoint, home: Vault): boolean =>
  vaultArn(vault) !== vaultArn(home) || (source !== undefined && source !== vaultArn(vault));

/** The copy of a recovery point carries its source's tags: it is what its mark says only in the vault that the mark names. */
const ofMark = (
  point: UnownedPoint,
  { origin, tableId, vault }: PointMark,
): Exclude<Ownership, { readonly unread: Failure }> => ({
  origin,
  tableId,
  ...(isElsewhere(point, vault) && { copyOf: UNNOTED }),
});

/** Reads the value of the tag that says whose a recovery point is; undefined where it has none. */
export const readPointTag = async (
  { clientIn }: Pick<VaultParts, 'clientIn'>,
  { id, vault }: Pick<UnownedPoint, 'id' | 'vault'>,
): Promise<{ readonly value?: string } | { readonly unread: Failure }> => {
  const listing = await readPages('ListTags', async (token) => {
    const { Tags, NextToken } = await clientIn(vault.target.region).send(
      new ListTagsCommand({ ResourceArn: id, ...(token !== undefined && { NextToken: token }) }),
    );
    return { items: Object.entries(Tags ?? {}), token: NextToken };
  });
  const value = statedText(listing.items.find(([key]) => key === POINT_TAG)?.[1]);
  if (value !== undefined) return { value };
  return listing.gap === undefined ? {} : { unread: listing.gap };
};

const unproven = ({ madeBy }: UnownedPoint): Ownership => (madeBy === 'own-role' ? { unproven: true } : {});

/**
 * SAFETY: a mark says which of this deployment's recovery points one is, and not that it is one: whoever may tag a recovery point or its table can write
 * it. A copy is not asked, because nothing here deletes one.
 */
const isMadeElsewhere = ({ madeBy, ofAnyHome }: UnownedPoint): boolean =>
  madeBy === 'other-role' && !ofAnyHome;

/**
 * SAFETY: the only place that reads whose a recovery point in a vault is: from what is known of it, else from its tag, which binds it to the account,
 * Region, vault, instance, policy, slot and incarnation of its table, and counts only on what the role of the jobs made. Only the form of its ARN decides
 * whether tags are read, because the others answer with errors. One that nothing proves to be this deployment's has no origin, and neither has one that a
 * backup plan made, whatever it bears.
 */
export const ownershipOf = async (
  parts: VaultParts,
  point: UnownedPoint,
  known: KnownOrigin | undefined,
): Promise<Ownership> => {
  if (known?.origin !== undefined)
    return {
      origin: known.origin,
      ...(known.tableId !== undefined && { tableId: known.tableId }),
      ...(known.copyOf !== undefined && { copyOf: known.copyOf }),
    };
  if (known !== undefined || point.madeBy === 'plan' || !isKeptByAwsBackup(point.id)) return unproven(point);
  const tag = await readPointTag(parts, point);
  if ('unread' in tag) return tag;
  const { home = parts.target } = point;
  const mark = tag.value === undefined ? undefined : parsePointTag(tag.value, partitionOf(parts.target));
  const isOfTarget =
    mark?.vault.target.accountId === home.accountId && mark.vault.target.region === home.region;
  if (mark === undefined || !isOfTarget) return unproven(point);
  const ownership = ofMark(point, mark);
  return ownership.copyOf === undefined && isMadeElsewhere(point) ? {} : ownership;
};
