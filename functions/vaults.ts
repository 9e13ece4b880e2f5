import { vaultEngine } from '../shared/run/compose-vaults.ts';

/** Inserted by `tools/build.ts`: whether a policy names the engine `aws-backup`. */
declare const TABLEKEEPER_USES_VAULTS: boolean;

/** What reaches backup vaults. A function that was built with policies of no vault does not carry it. */
export const vaultParts = TABLEKEEPER_USES_VAULTS ? { vaultEngineOf: vaultEngine } : {};
