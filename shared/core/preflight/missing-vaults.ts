import type { Gap } from '../../model/observation.ts';

/** Whether a gap says that a vault is not there, which a whole list of vaults showed, and not that it could not be read. */
export const isMissingVault = ({ facet, failure, vault }: Gap): boolean =>
  facet === 'vaults' && vault !== undefined && failure.kind === 'own' && failure.code === 'not-there';
