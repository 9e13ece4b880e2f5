import type { Memory } from '../../model/memory.ts';
import type { Observation } from '../../model/observation.ts';
import type { KnownPoint } from '../../model/vault-record.ts';
import { missingVaults } from '../scene/missing-vaults.ts';

/** A vault that is not there, with what of a table is remembered in it: that went with it. */
export interface VaultLoss {
  /** Its ARN. */
  readonly vault: string;
  readonly points: number;
  readonly copies: number;
}

const countedIn = (vault: string, points: readonly KnownPoint[]): VaultLoss => ({
  vault,
  points: points.filter((point) => point.vault === vault && point.goneAt === undefined).length,
  copies: points
    .flatMap(({ copies = [] }) => copies)
    .filter((copy) => copy.vault === vault && copy.state === 'completed' && copy.isEnded !== true).length,
});

/** Lists the vaults that are not there and that had something of a table, sorted by ARN. */
export const vaultLossesOf = (
  table: string,
  { memory, observation }: { readonly memory: Memory; readonly observation: Observation },
): readonly VaultLoss[] => {
  const points = (memory.vaultRecords ?? [])
    .filter(({ recordedTable }) => recordedTable === table)
    .flatMap((record) => record.points);
  return [...missingVaults(observation)]
    .toSorted()
    .map((vault) => countedIn(vault, points))
    .filter(({ copies, points: own }) => copies + own > 0);
};
