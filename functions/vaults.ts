import { USES_VAULTS } from '../shared/model/uses-vaults.ts';
import { vaultEngine } from '../shared/run/compose-vaults.ts';

/** What reaches backup vaults. A function that was built with policies of no vault does not carry it. */
export const vaultParts = USES_VAULTS ? { vaultEngineOf: vaultEngine } : {};
