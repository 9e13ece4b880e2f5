import { knownOrigins, vaultsToLook } from '../../core/scene/vault-look.ts';
import type { Vault } from '../../model/vault-arn.ts';
import type { SeenInVaults } from '../restore/look-in-vaults.ts';
import { type SeenName, viewOutsideVaults, viewWithVaults } from '../restore/view-name.ts';
import type { DrillDeps, DrillVaults } from './deps.ts';

/** What is in another Region or account is restored there, and drills are here. */
const vaultsHere = ({ policies, target }: DrillDeps): readonly Vault[] =>
  vaultsToLook(policies, {}, target).filter(
    ({ target: { accountId, region } }) => accountId === target.accountId && region === target.region,
  );

const lookHere = async (
  deps: DrillDeps,
  { engine, readRecords }: DrillVaults,
  table: string,
): Promise<SeenInVaults> => {
  const known = knownOrigins(await readRecords(), [], deps.instance);
  const { items, gap, unread = [] } = await engine.list({ table, vaults: vaultsHere(deps), known });
  const failures = [...(gap === undefined ? [] : [gap]), ...unread.map(({ failure }) => failure)];
  return {
    ...{ points: items, farPoints: [], names: [] },
    unseen: failures.map((failure) => ({ part: 'vaults', failure }) as const),
  };
};

/** Looks at what a table can be restored from: its backups, its window, and what is in the vaults of this Region that policies name. */
export const viewForDrill = async (deps: DrillDeps, table: string): Promise<SeenName> =>
  deps.vaults === undefined || vaultsHere(deps).length === 0
    ? await viewOutsideVaults(deps, table)
    : await viewWithVaults(deps, table, lookHere(deps, deps.vaults, table));
