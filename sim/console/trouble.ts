import type { SimAccount } from '../account.ts';
import { keyArn } from '../arn.ts';
import { statusOf } from '../dynamodb/table.ts';
import type { KeyTrouble } from '../kms.ts';
import { createBackup } from './backups.ts';
import { tableOf } from './tables.ts';

/** The longest time that AWS lets a key wait for its deletion, which is what it does unless told otherwise. */
const KEY_WAITS_MS = 30 * 86_400_000;

/** Makes a key unusable, or usable again. A key that nobody named here can be used. */
export const setKey = (account: SimAccount, key: string, trouble: KeyTrouble | undefined): void => {
  const { keyDeletions, keys } = account.state;
  const arn = keyArn(account, key);
  keyDeletions.delete(arn);
  if (trouble === 'pending deletion') keyDeletions.set(arn, account.clock.now() + KEY_WAITS_MS);
  if (trouble === undefined) keys.delete(arn);
  else keys.set(arn, trouble);
};

/** Gives a key a policy, which decides nothing here but what is shown of it; undefined gives it back what it had. */
export const setKeyPolicy = (account: SimAccount, key: string, policy: object | undefined): void => {
  const arn = keyArn(account, key);
  if (policy === undefined) account.state.keyPolicies.delete(arn);
  else account.state.keyPolicies.set(arn, JSON.stringify(policy));
};

/** Ends a restore that is under way without a table, as AWS does when a key or a permission goes meanwhile. */
export const cancelRestore = (account: SimAccount, name: string): void => {
  const table = tableOf(account, name);
  const { state, clock } = account;
  if (table.restoredFrom === undefined || statusOf(table, clock.now()) !== 'CREATING') {
    throw new Error(`${name} is not being restored.`);
  }
  for (const there of state.regions.values()) {
    const backup = there.state.backups.get(table.restoredFrom.sourceBackupArn ?? '');
    if (backup?.restoringTo === table) backup.restoringTo = undefined;
  }
  state.tables.remove(table);
  state.items.drop(table);
};

/** Archives a table whose key could not be used for seven days, as DynamoDB does: into a backup, of which the ARN is returned. */
export const archiveTable = (account: SimAccount, name: string): string => {
  const { arn: backupArn } = createBackup(account, { table: name, name: `${name}-archived` });
  Object.assign(tableOf(account, name), {
    shownStatus: 'ARCHIVED',
    archive: { backupArn, at: account.clock.now() },
  });
  return backupArn;
};

/** Keeps a table UPDATING for that long. */
export const holdUpdating = (account: SimAccount, name: string, ms: number): void => {
  tableOf(account, name).updatingUntil = account.clock.now() + ms;
};
