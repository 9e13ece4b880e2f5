import type { SimAccount } from '../account.ts';
import type { BackupEvent } from '../backup/events.ts';
import type { RecoveryPoint } from '../backup/points.ts';
import type { JobTrouble } from '../backup/troubles.ts';

// What goes wrong in AWS Backup.

const pointOf = ({ state }: SimAccount, arn: string): RecoveryPoint => {
  state.settle();
  const point = state.backup.points.find(arn);
  if (!point) throw new Error(`There is no recovery point ${arn} in the simulated account.`);
  return point;
};

/** Sets the status of a point: EXPIRED, or a word that no model knows; undefined shows the true one. */
export const setPointStatus = (account: SimAccount, arn: string, status: string | undefined): void => {
  const point = pointOf(account, arn);
  if (status === 'EXPIRED') point.status = 'EXPIRED';
  else point.shownStatus = status;
};

/** Lets the deletion of a point be accepted and never done, or done again. */
export const setUndeletable = (account: SimAccount, arn: string, isStuck = true): void => {
  const { undeletable } = account.state.backup;
  if (isStuck) undeletable.add(pointOf(account, arn).arn);
  else undeletable.delete(arn);
};

/** Lets jobs end in another way than they would, until it is removed. */
export const troubleJobs = (account: SimAccount, trouble: JobTrouble): { remove(): void } =>
  account.state.backup.troubles.add(trouble);

/** Shows another state of a backup, copy or restore job, such as a word that no model knows. */
export const setJobState = ({ state }: SimAccount, id: string, word: string): void => {
  state.settle();
  const { backupJobs, copyJobs, restoreJobs } = state.backup;
  const job = backupJobs.get(id) ?? copyJobs.get(id);
  const restore = restoreJobs.get(id);
  if (job) job.state = word;
  else if (restore) restore.status = word;
  else throw new Error(`There is no job ${id} in the simulated account.`);
};

/** Makes a role one that AWS Backup cannot assume, or can again. One that nobody named here it can. */
export const setBackupRole = (
  { state }: SimAccount,
  roleArn: string,
  trouble: 'missing' | 'untrusted' | undefined,
): void => {
  if (trouble === undefined) state.backup.roles.delete(roleArn);
  else state.backup.roles.set(roleArn, trouble);
};

/** Gives the account the role that AWS Backup itself works under, as it has it from the beginning, or takes it away. */
export const setLinkedBackupRole = ({ state }: SimAccount, isThere: boolean): void => {
  if (isThere) state.linkedRoles.add('backup.amazonaws.com');
  else state.linkedRoles.delete('backup.amazonaws.com');
};

/** Lets no copy into a vault of anywhere start, or lets them start again. */
export const closeDestination = (account: SimAccount, destinationVaultArn: string, isClosed = true): void => {
  const { backup, settle } = account.state;
  settle();
  if (isClosed) backup.closedDestinations.add(destinationVaultArn);
  else backup.closedDestinations.delete(destinationVaultArn);
  backup.queue.dispatch(account.clock.now());
};

/** Says whether recovery points may go from one account of the organization to another. */
export const setCrossAccountBackup = ({ state, clock }: SimAccount, isEnabled: boolean): void => {
  Object.assign(state.world.crossAccountBackup, { isEnabled, changedAt: clock.now() });
};

/** The events that EventBridge had from AWS Backup by now, in the order in which it had them. */
export const backupEventsOf = ({ state, clock }: SimAccount): readonly BackupEvent[] => {
  state.settle();
  return state.backup.events.filter(({ deliveredAt }) => deliveredAt <= clock.now());
};
