import { type CallRecord, failedCalls, type RunRecord } from '../world/record.ts';
import type { Invariant } from './invariant.ts';

/** What must have been read before anything may be deleted. */
const LISTS = ['GetResources', 'ListBackups', 'Query'];

/** And before anything in a vault. */
const VAULT_LISTS = ['ListBackupJobs', 'ListCopyJobs'];

/** What the run asks once it deletes, to report for one, decides no deletion any more. */
const beforeDeleting = ({ calls }: RunRecord): readonly CallRecord[] => {
  const first = calls.findIndex(
    ({ operation }) => operation === 'DeleteBackup' || operation === 'DeleteRecoveryPoint',
  );
  return first < 0 ? calls : calls.slice(0, first);
};

/** 3. An observation with gaps never deletes: a list that broke off stops everything, a table that could not be read stops its own. */
export const gapsDeleteNothing: Invariant = (run) => {
  if (run.deleted.length === 0) return [];
  const failed = failedCalls({ calls: beforeDeleting(run) });
  // Which restores are open is asked for what is left of deleted tables alone.
  const lists = failed.filter(
    ({ body, operation }) => LISTS.includes(operation) && !body.includes('"restore#'),
  );
  const ofVaults = run.deleted.filter(({ arn }) => arn.startsWith('arn:aws:backup:'));
  const vaultOf = new Map(run.before.vaults.points.map(({ arn, vault }) => [arn, vault]));
  const unlisted = failed.filter(({ operation }) => VAULT_LISTS.includes(operation));
  const vaults = failed.filter(({ operation }) => operation === 'ListRecoveryPointsByBackupVault');
  // That a table is not there is an answer.
  const unread = failed.filter(
    ({ operation, answer }) => operation === 'DescribeTable' && answer !== 'ResourceNotFoundException',
  );
  return [
    ...lists.map(({ operation, answer }) => `it deleted although ${operation} ended in ${answer}`),
    ...(ofVaults.length === 0 ? [] : unlisted).map(
      ({ operation, answer }) => `it deleted from a vault although ${operation} ended in ${answer}`,
    ),
    ...ofVaults
      .filter(({ arn }) => vaults.some(({ body }) => body.includes(`"${vaultOf.get(arn)}"`)))
      .map(({ name }) => `${name} was deleted although its vault could not be listed`),
    ...run.deleted
      .filter(({ tableName }) => unread.some(({ body }) => body.includes(`"${tableName}"`)))
      .map(({ name, tableName }) => `${name} was deleted although ${tableName} could not be described`),
  ];
};
