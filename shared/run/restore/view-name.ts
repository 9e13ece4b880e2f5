import type { NameView } from '../../core/restore/choice.ts';
import { incarnationsOf } from '../../core/restore/incarnations.ts';
import type { KnownOfName, UnseenPart } from '../../core/restore/points-of-name.ts';
import { thrownFailure } from '../../model/failure.ts';
import type { Manifest } from '../../model/manifest.ts';
import type { TableDetails } from '../../model/table.ts';
import { tableArn } from '../../model/target.ts';
import type { Listing, Reading } from '../../ports/inventory.ts';
import type { ManifestStore } from '../../ports/restore.ts';
import type { Deps } from '../deps.ts';
import { lookInVaults, NOTHING_IN_VAULTS, type SeenInVaults, type VaultWish } from './look-in-vaults.ts';

type HomeDeps = Pick<Deps, 'clock' | 'instance' | 'inventory' | 'tableReader' | 'target'> & {
  readonly manifests: Pick<ManifestStore, 'readOf' | 'readNewest'>;
};

type NameDeps = HomeDeps & Pick<Deps, 'engines' | 'policies' | 'stateStore'>;

/** All that can be restored under a name, and the manifests that were kept of it. */
export interface SeenName {
  readonly view: NameView;
  readonly manifests: readonly Manifest[];
}

const unseenIn = (part: UnseenPart['part'], { gap }: Listing<unknown>): readonly UnseenPart[] =>
  gap === undefined ? [] : [{ part, failure: gap }];

const unreadable = (part: UnseenPart['part'], reading: Reading<unknown>): readonly UnseenPart[] =>
  reading.kind === 'unreadable' ? [{ part, failure: reading.failure }] : [];

const readManifests = async (
  { manifests }: HomeDeps,
  table: string,
): Promise<{ readonly items: readonly Manifest[]; readonly unseen: readonly UnseenPart[] }> => {
  try {
    return { items: await manifests.readOf(table), unseen: [] };
  } catch (error) {
    return { items: [], unseen: [{ part: 'manifests', failure: thrownFailure(error) }] };
  }
};

const standingOf = async (
  { inventory, target }: HomeDeps,
  table: string,
  details: TableDetails,
): Promise<{
  readonly standing: NonNullable<KnownOfName['standing']>;
  readonly unseen: readonly UnseenPart[];
}> => {
  const pitr = await inventory.readPitr(table);
  const arn = tableArn(table, target);
  return {
    standing: { details, arn, ...(pitr.kind === 'found' && { pitr: pitr.value }) },
    unseen: unreadable('pitr', pitr),
  };
};

/** Names to compare a mistyped one with; what cannot be read is only a suggestion less. */
const namesKnown = async (
  { inventory, manifests }: HomeDeps,
  inVaults: readonly string[],
): Promise<readonly string[]> => {
  const [{ items }, heads] = await Promise.all([
    inventory.listTableNames(),
    manifests.readNewest().catch(() => []),
  ]);
  return [...new Set([...items, ...heads.map(({ table }) => table), ...inVaults])];
};

const viewWith = async (
  deps: HomeDeps,
  table: string,
  lookedInVaults: SeenInVaults | Promise<SeenInVaults>,
  named?: string,
): Promise<SeenName> => {
  const { clock, instance, inventory, tableReader, target } = deps;
  const [described, points, system, kept, inVaults] = await Promise.all([
    inventory.describeTable(table),
    tableReader.listRecoveryPointsOf(table),
    tableReader.listSystemBackupsOf(table),
    readManifests(deps, table),
    lookedInVaults,
  ]);
  const found = described.kind === 'found' ? await standingOf(deps, table, described.value) : undefined;
  // What DynamoDB keeps for AWS Backup may be in its own list as well, where nothing says that it is in a vault.
  const keptInVaults = new Set(inVaults.points.map(({ id }) => id));
  const known: KnownOfName = {
    table,
    target,
    ...(found !== undefined && { standing: found.standing }),
    recoveryPoints: [...points.items.filter(({ id }) => !keptInVaults.has(id)), ...inVaults.points],
    farPoints: inVaults.farPoints,
    named,
    systemBackups: system.items,
    manifests: kept.items,
    unseen: [
      ...unreadable('table', described),
      ...(found?.unseen ?? []),
      ...unseenIn('recovery-points', points),
      ...unseenIn('system-backups', system),
      ...kept.unseen,
      ...inVaults.unseen,
    ],
  };
  const incarnations = incarnationsOf(known, instance);
  return {
    manifests: kept.items,
    view: {
      table,
      target,
      now: clock.now(),
      incarnations,
      unseen: known.unseen,
      knownNames: incarnations.length === 0 ? await namesKnown(deps, inVaults.names) : [],
    },
  };
};

/** Looks at everything that exists under a name, of the table that stands and of those that stood before it, in backup vaults as well. Only reads. */
export const viewName = async (deps: NameDeps, table: string, wish: VaultWish = {}): Promise<SeenName> =>
  await viewWith(deps, table, lookInVaults(deps, table, wish), wish.named);

/** Looks at what is there under a name, with what was seen of it in vaults. Only reads. */
export const viewWithVaults = async (
  deps: HomeDeps,
  table: string,
  inVaults: Promise<SeenInVaults>,
): Promise<SeenName> => await viewWith(deps, table, inVaults);

/** Looks at what DynamoDB itself keeps under a name, and into no backup vault. Only reads. */
export const viewOutsideVaults = async (deps: HomeDeps, table: string): Promise<SeenName> =>
  await viewWith(deps, table, NOTHING_IN_VAULTS);

/** Says that settings were read of the table as it stands, because none were kept. */
export const settingsNow = async (
  {
    settingsReader,
    clock,
    target,
  }: Pick<Deps, 'clock' | 'target'> & {
    readonly settingsReader: { read(table: string): Promise<Pick<Manifest, 'settings' | 'gaps'>> };
  },
  { table, incarnations }: NameView,
): Promise<Manifest | undefined> => {
  const standing = incarnations.find(({ state }) => state === 'standing');
  if (standing === undefined) return undefined;
  const read = await settingsReader.read(table);
  const now = clock.now();
  return {
    target,
    table,
    tableId: standing.tableId,
    tableCreatedAt: standing.createdAt ?? standing.firstSeenAt,
    capturedAt: now,
    confirmedAt: now,
    ...read,
  };
};
