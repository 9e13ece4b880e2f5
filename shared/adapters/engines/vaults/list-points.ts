import {
  ListRecoveryPointsByBackupVaultCommand,
  type RecoveryPointByBackupVault,
} from '@aws-sdk/client-backup';
import pMap from 'p-map';
import { type Failure, ownFailure } from '../../../model/failure.ts';
import type { RecoveryPoint } from '../../../model/recovery-point.ts';
import { recoveryPointName } from '../../../model/recovery-point-name.ts';
import { type Vault, vaultArn } from '../../../model/vault-arn.ts';
import type { KnownOrigin, RecoveryPointQuery } from '../../../ports/engine.ts';
import type { Listing, UnreadVault } from '../../../ports/inventory.ts';
import { type Page, pageWithout, readPages } from '../../aws/paginate.ts';
import { statedList } from '../../aws/reading.ts';
import { type LegalHolds, readLegalHolds } from './legal-holds.ts';
import { readVaults } from './list-vaults.ts';
import { type Listed, toListed, type VaultReading } from './listed-point.ts';
import { ownershipOf } from './point-origin.ts';
import type { VaultParts } from './vault-clients.ts';

const PAGE_SIZE = 1_000;

/** Twenty a second at a second a call, and as many that wait. */
const CONCURRENT_TAGS = 20;

const isTable = ({ ResourceType }: Partial<RecoveryPointByBackupVault>): boolean =>
  ResourceType === undefined || ResourceType === 'DynamoDB';

const readPoints = (reading: VaultReading): Promise<Listing<Listed>> => {
  const { parts, vault } = reading;
  return readPages('ListRecoveryPointsByBackupVault', async (token): Promise<Page<Listed>> => {
    const { NextToken, RecoveryPoints } = await parts.clientIn(vault.target.region).send(
      new ListRecoveryPointsByBackupVaultCommand({
        BackupVaultName: vault.name,
        ByResourceType: 'DynamoDB',
        MaxResults: PAGE_SIZE,
        ...(token !== undefined && { NextToken: token }),
      }),
    );
    const points = statedList(RecoveryPoints);
    if (points === undefined) return pageWithout('RecoveryPoints');
    const read = points.filter(isTable).map((point) => toListed(point, reading));
    const skipped = read.filter((point) => point === undefined).length;
    return {
      items: read.filter((point): point is Listed => typeof point === 'object'),
      token: NextToken,
      ...(skipped > 0 && { gap: `${skipped} of the recovery points lack an ARN, a table or a date` }),
    };
  });
};

type Owned = { readonly point: RecoveryPoint } | { readonly unread: Failure };

const nameIn = (id: string): string => id.split(/[:/]/).at(-1) ?? id;

const owned = async (listed: Listed, { known, ofAnyHome, parts, vault }: VaultReading): Promise<Owned> => {
  const { madeBy, source, ...point } = listed;
  const { home } = point;
  const unowned = {
    id: point.id,
    vault,
    madeBy,
    ofAnyHome,
    ...(source !== undefined && { source }),
    ...(home !== undefined && { home }),
  };
  const ownership = await ownershipOf(parts, unowned, known.get(point.id));
  if ('unread' in ownership) return ownership;
  const { tableId = '', ...rest } = ownership;
  const copied = source === undefined || source === vaultArn(vault) ? {} : { copyOf: rest.copyOf ?? source };
  const name = rest.origin === undefined ? nameIn(point.id) : recoveryPointName(rest.origin);
  return { point: { ...point, name, tableId, ...rest, ...copied } };
};

interface VaultRead {
  readonly items: readonly RecoveryPoint[];
  readonly unread: readonly UnreadVault[];
}

/** A recovery point whose tags could not be read may be this deployment's: its vault is not known whole then. */
const readVault = async (reading: VaultReading): Promise<VaultRead> => {
  const listing = await readPoints(reading);
  const read = await pMap(listing.items, (listed) => owned(listed, reading), {
    concurrency: CONCURRENT_TAGS,
  });
  const failures = [listing.gap, ...read.map((one) => ('unread' in one ? one.unread : undefined))];
  const failure = failures.find((one) => one !== undefined);
  return {
    items: read.flatMap((one) => ('point' in one ? [one.point] : [])),
    unread: failure === undefined ? [] : [{ vault: vaultArn(reading.vault), failure }],
  };
};

const NONE: ReadonlyMap<string, KnownOrigin> = new Map();

const NO_HOLDS: LegalHolds = new Map();

const missing = ({ name, target }: Vault): Failure =>
  ownFailure(
    'not-there',
    `there is no backup vault ${name} in ${target.region} of account ${target.accountId}`,
    {
      operation: 'ListBackupVaults',
    },
  );

/**
 * A vault that is not there and one that nobody may read answer alike, so the list of vaults decides; it also says which are locked. A list of vaults
 * that cannot be read hides no recovery point: what a lock keeps, the service refuses to delete.
 */
const readRegion = async (
  parts: VaultParts,
  vaults: readonly Vault[],
  { known = NONE, ofAnyHome }: RecoveryPointQuery,
  region: string,
): Promise<readonly VaultRead[]> => {
  // Only what is at home is ever deleted, and a restore deletes nothing.
  const isOfAnyHome = ofAnyHome === true;
  const mayDelete = region === parts.target.region && !isOfAnyHome;
  const [{ gap, items }, holds] = await Promise.all([
    readVaults(parts, region),
    mayDelete ? readLegalHolds(parts) : NO_HOLDS,
  ]);
  const listed = new Map(items.map((vault) => [vault.arn, vault]));
  const wanted = vaults.filter(({ target }) => target.region === region);
  return await Promise.all(
    wanted.map(async (vault): Promise<VaultRead> => {
      const found = listed.get(vaultArn(vault));
      if (found === undefined && gap === undefined)
        return { items: [], unread: [{ vault: vaultArn(vault), failure: missing(vault) }] };
      const read = await readVault({ parts, vault, lock: found?.lock, holds, known, ofAnyHome: isOfAnyHome });
      return gap === undefined || read.unread.length > 0
        ? read
        : { ...read, unread: [{ vault: vaultArn(vault), failure: gap }] };
    }),
  );
};

const inOrder = (a: RecoveryPoint, b: RecoveryPoint): number =>
  a.createdAt - b.createdAt || (a.id < b.id ? -1 : 1);

/**
 * Lists the recovery points of tables of the target in the given vaults, of whatever age, each with its origin, ordered by creation. A vault that could
 * not be read whole hides no other.
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/API_ListRecoveryPointsByBackupVault.html (not verified)
 */
export const listVaultPoints = async (
  parts: VaultParts,
  query: RecoveryPointQuery,
): Promise<Listing<RecoveryPoint>> => {
  const { table, vaults = [] } = query;
  const regions = [...new Set(vaults.map(({ target }) => target.region))];
  const read = (await Promise.all(regions.map((region) => readRegion(parts, vaults, query, region)))).flat();
  const items = read
    .flatMap((one) => one.items)
    .filter((point) => table === undefined || point.tableName === table);
  const unread = read.flatMap((one) => one.unread);
  return {
    items: [...new Map(items.map((point) => [point.id, point])).values()].toSorted(inOrder),
    ...(unread.length > 0 && { unread }),
  };
};
