/** Inserted by `tools/build.ts`: whether a policy names the engine `aws-backup`. Not there where nothing was built. */
declare const TABLEKEEPER_USES_VAULTS: boolean | undefined;

/**
 * Whether this program can meet a policy of a backup vault. False in a function that was built with policies of which none names one: what only
 * vaults need is left out of it then, a tenth of its size.
 */
export const USES_VAULTS: boolean =
  typeof TABLEKEEPER_USES_VAULTS === 'boolean' ? TABLEKEEPER_USES_VAULTS : true;
