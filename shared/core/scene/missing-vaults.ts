import type { Gap, Observation } from '../../model/observation.ts';

/** Whether a gap says that a vault is not there, which a whole list of vaults showed, and not that it could not be read. */
export const isMissingVault = ({ facet, failure, vault }: Gap): boolean =>
  facet === 'vaults' && vault !== undefined && failure.kind === 'own' && failure.code === 'not-there';

/** Returns the ARNs of the vaults that are not there: nothing is in them any more. */
export const missingVaults = ({ gaps }: Pick<Observation, 'gaps'>): ReadonlySet<string> =>
  new Set(gaps.filter(isMissingVault).flatMap(({ vault }) => vault ?? []));
