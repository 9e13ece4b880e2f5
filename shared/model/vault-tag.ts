import type { RecoveryPointOrigin } from './recovery-point.ts';
import { parseRecoveryPointName, recoveryPointName } from './recovery-point-name.ts';
import { parseVaultArn, type Vault } from './vault-arn.ts';

/**
 * The tag by which a recovery point in a vault says whose it is. SAFETY: never written to a table, because a table's tags go to all its recovery
 * points, whoever makes them.
 */
export const POINT_TAG = 'tablekeeper:recovery-point';

/** What the tag binds a recovery point to. */
export interface PointMark {
  readonly origin: RecoveryPointOrigin;
  /** Where it was made. */
  readonly vault: Vault;
  readonly tableId: string;
}

/** Formats the value of the tag: at most 256 characters, whatever the names. */
export const pointTagValue = ({ origin, vault, tableId }: PointMark): string => {
  const { target, name } = vault;
  return ['1', target.accountId, target.region, name, recoveryPointName(origin), tableId].join('/');
};

/**
 * SAFETY: returns undefined for every value that `pointTagValue` would not have written exactly so for that partition. Reads what a recovery point
 * was made as; a copy carries the value of its source.
 */
export const parsePointTag = (value: string, partition: string): PointMark | undefined => {
  const [, accountId = '', region = '', name = '', pointName = '', tableId = ''] = value.split('/');
  const origin = parseRecoveryPointName(pointName);
  const vault = parseVaultArn(`arn:${partition}:backup:${region}:${accountId}:backup-vault:${name}`);
  if (origin === undefined || vault === undefined || tableId === '') return undefined;
  const mark = { origin, vault, tableId };
  return pointTagValue(mark) === value ? mark : undefined;
};
