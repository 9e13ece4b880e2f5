import { farPointsOf } from '../../core/restore/far-points.ts';
import type { PointOption } from '../../core/restore/point-option.ts';
import type { UnseenPart } from '../../core/restore/points-of-name.ts';
import { knownOrigins, vaultsToLook } from '../../core/scene/vault-look.ts';
import { type Failure, thrownFailure } from '../../model/failure.ts';
import type { Memory } from '../../model/memory.ts';
import type { RecoveryPoint } from '../../model/recovery-point.ts';
import { type Vault, vaultArn } from '../../model/vault-arn.ts';
import type { Listing, UnreadVault } from '../../ports/inventory.ts';
import type { Deps } from '../deps.ts';

/** What of vaults is asked for besides those that policies name and the record remembers. */
export interface VaultWish {
  /** Where a recovery point is that a person named. */
  readonly vaults?: readonly Vault[];
  /** Its ARN. */
  readonly named?: string | undefined;
}

/** What there is of a name in vaults, and what may be missing from it. */
export interface SeenInVaults {
  readonly points: readonly RecoveryPoint[];
  /** Copies in other accounts, which are only remembered. */
  readonly farPoints: readonly PointOption[];
  readonly unseen: readonly UnseenPart[];
  /** Tables of which something in vaults is remembered. */
  readonly names: readonly string[];
}

type LookDeps = Pick<Deps, 'clock' | 'engines' | 'instance' | 'policies' | 'stateStore' | 'target'>;

type Remembered = Pick<Memory, 'vaultRecords'> & { readonly failure?: Failure };

const remembered = async ({ stateStore }: LookDeps): Promise<Remembered> => {
  try {
    const { vaultRecords = [] } = await stateStore.readMemory();
    return { vaultRecords };
  } catch (error) {
    return { failure: thrownFailure(error) };
  }
};

/** Nothing is in a vault that does not exist. */
const isThere = ({ failure }: UnreadVault): boolean => failure.kind !== 'own' || failure.code !== 'not-there';

const unseenOf = (
  { gap, unread = [] }: Listing<RecoveryPoint>,
  memoryFailure: Failure | undefined,
): readonly UnseenPart[] => [
  ...(gap === undefined ? [] : [{ part: 'vaults', failure: gap } as const]),
  ...(memoryFailure === undefined ? [] : [{ part: 'vaults', failure: memoryFailure } as const]),
  ...unread.filter(isThere).map(({ vault, failure }) => ({ part: 'vaults', vault, failure }) as const),
];

/** What is seen where there are no vaults. */
export const NOTHING_IN_VAULTS: SeenInVaults = { points: [], farPoints: [], unseen: [], names: [] };

const allOf = (policies: readonly Vault[], wished: readonly Vault[]): readonly Vault[] => [
  ...new Map([...policies, ...wished].map((vault) => [vaultArn(vault), vault])).values(),
];

/**
 * Looks at what is in backup vaults under a name: in those that policies name, copies in other Regions included, in those that are remembered, and where
 * a person named a recovery point. Nothing is called for where there are none. Only reads.
 */
export const lookInVaults = async (
  deps: LookDeps,
  table: string,
  { vaults: wished = [] }: VaultWish,
): Promise<SeenInVaults> => {
  const { clock, engines, instance, policies, target } = deps;
  const engine = engines['aws-backup'];
  if (engine === undefined) return NOTHING_IN_VAULTS;
  const { failure, ...memory } = await remembered(deps);
  const vaults = allOf(vaultsToLook(policies, memory, target), wished);
  const records = memory.vaultRecords ?? [];
  const names = records.map(({ recordedTable }) => recordedTable);
  const farPoints = farPointsOf(records, table, target, clock.now());
  if (vaults.length === 0) return { ...NOTHING_IN_VAULTS, farPoints, names };
  const known = knownOrigins(memory, [], instance);
  const listing = await engine.list({ table, vaults, known, ofAnyHome: true });
  return { points: listing.items, farPoints, names, unseen: unseenOf(listing, failure) };
};
