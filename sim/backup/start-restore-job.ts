import type { SimAccount } from '../account.ts';
import type { Input } from '../call.ts';
import type { Operation } from '../operation.ts';
import { invalidParameter, invalidRequest, missingParameter, notFound } from './failures.ts';
import { flagIn, requiredText, textIn, textsIn } from './input.ts';
import type { RestoreJob } from './jobs.ts';
import type { RecoveryPoint } from './points.ts';
import { type Metadata, metadataValue } from './restore-metadata.ts';
import { enqueueRestore } from './restore-run.ts';
import { roleIn } from './role-input.ts';
import { jobOfToken, rememberToken } from './tokens.ts';

const pointIn = ({ state }: SimAccount, input: Input): RecoveryPoint => {
  const arn = requiredText(input, 'RecoveryPointArn');
  const point = state.backup.points.find(arn);
  if (!point) throw notFound(`Cannot find recovery point ${arn}`);
  if (point.status === 'CREATING' || point.status === 'DELETING') {
    throw invalidRequest(`Recovery point ${arn} is ${point.status} and cannot be restored`);
  }
  return point;
};

const metadataIn = (input: Input): Metadata => {
  const metadata = textsIn(input, 'Metadata');
  if (metadata === undefined) throw missingParameter('Metadata');
  if (metadataValue(metadata, 'targetTableName') === undefined) {
    throw invalidParameter('Invalid restore metadata: targetTableName is missing');
  }
  return metadata;
};

const refuseType = (input: Input): void => {
  const type = textIn(input, 'ResourceType');
  if (type !== undefined && type !== 'DynamoDB') {
    throw invalidParameter(`Resource type ${type} does not match the recovery point`);
  }
};

/** The same restore, asked for before without a token and not yet done: some have seen it taken as one. */
const equalRestore = (
  { state }: SimAccount,
  point: RecoveryPoint,
  metadata: Metadata,
): RestoreJob | undefined => {
  if (!state.settings.equalRestoresAreOne) return undefined;
  const text = JSON.stringify(metadata);
  return [...state.backup.restoreJobs.values()].find(
    (job) => job.pointArn === point.arn && JSON.stringify(job.metadata) === text,
  );
};

export const startRestoreJob: Operation = ({ account }, input) => {
  refuseType(input);
  const point = pointIn(account, input);
  const metadata = metadataIn(input);
  const iamRoleArn = roleIn(account, input);
  const { restoreJobs } = account.state.backup;
  const begun = jobOfToken(account, 'Restore', input, (id) => {
    const job = restoreJobs.get(id);
    return job && { ...job, state: job.status };
  });
  const hasToken = textIn(input, 'IdempotencyToken') !== undefined;
  const known = begun ?? (hasToken ? undefined : equalRestore(account, point, metadata));
  if (known) return { RestoreJobId: known.id };
  const copiesTags = flagIn(input, 'CopySourceTagsToRestoredResource');
  const { id } = enqueueRestore(account, { point, metadata, iamRoleArn, copiesTags });
  rememberToken(account, 'Restore', input, id);
  return { RestoreJobId: id };
};
