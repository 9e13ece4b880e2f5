import type { SimAccount } from '../account.ts';
import { parseVaultArn } from '../arn.ts';
import type { Input } from '../call.ts';
import { serviceFailure } from '../failure.ts';
import type { Operation } from '../operation.ts';
import { impossibility } from './copy-refusals.ts';
import { invalidParameter, invalidRequest, notFound } from './failures.ts';
import { existingVault } from './find.ts';
import { lifecycleIn, requiredText } from './input.ts';
import type { CopyJob } from './jobs.ts';
import type { Lifecycle } from './lifecycle.ts';
import { enqueueCopy } from './new-copy-job.ts';
import type { RecoveryPoint } from './points.ts';
import { roleIn } from './role-input.ts';
import { jobOfToken, rememberToken } from './tokens.ts';
import { secondsOf } from './vault-shape.ts';

/** The vault is looked for where the call is made. */
const sourceIn = (account: SimAccount, input: Input): RecoveryPoint => {
  const { name } = existingVault(account, input, 'SourceBackupVaultName');
  const arn = requiredText(input, 'RecoveryPointArn');
  const point = account.state.backup.points.get(name, arn);
  if (!point) throw notFound(`Cannot find recovery point ${arn}`);
  return point;
};

const destinationIn = (account: SimAccount, input: Input, point: RecoveryPoint): string => {
  const arn = requiredText(input, 'DestinationBackupVaultArn');
  const place = parseVaultArn(arn);
  if (!place) throw invalidParameter(`Invalid backup vault ARN: ${arn}`);
  const isHere = place.accountId === account.accountId && place.region === account.region;
  if (isHere && place.name === point.vaultName) {
    throw invalidParameter('The destination backup vault is the one that the recovery point is in');
  }
  const { settings, world } = account.state;
  const isOpen = settings.opensOnRequest || world.accounts.get(place.accountId)?.has(place.region) !== false;
  if (!isOpen || world.disabledRegions.has(place.region)) {
    throw serviceFailure('OptInRequired', `The Region ${place.region} is not enabled for the account`, 403);
  }
  return arn;
};

/** As the source's where none is given; a copy that is to stay for ever goes with the source's expiry. */
const copyLifecycle = (input: Input, { lifecycle }: RecoveryPoint): Lifecycle | undefined => {
  const given = lifecycleIn(input);
  if (given === undefined) return lifecycle;
  const days = given.DeleteAfterDays ?? lifecycle?.DeleteAfterDays;
  return { ...given, ...(days === undefined ? {} : { DeleteAfterDays: days }) };
};

const answered = (job: CopyJob): object => ({
  CopyJobId: job.id,
  CreationDate: secondsOf(job.createdAt),
  IsParent: false,
});

export const startCopyJob: Operation = ({ account }, input) => {
  const iamRoleArn = roleIn(account, input);
  const point = sourceIn(account, input);
  const destinationVaultArn = destinationIn(account, input, point);
  const lifecycle = copyLifecycle(input, point);
  const { copyJobs } = account.state.backup;
  const known = jobOfToken(account, 'Copy', input, (id) => copyJobs.get(id));
  if (known) return answered(known);
  const to = parseVaultArn(destinationVaultArn)?.region ?? '';
  const impossible = impossibility(point, account.region, to);
  if (impossible !== undefined && account.state.settings.impossibleCopy === 'refused') {
    throw invalidRequest(impossible);
  }
  const { createdBy } = point;
  const job = enqueueCopy(account, { point, destinationVaultArn, iamRoleArn, lifecycle, createdBy });
  rememberToken(account, 'Copy', input, job.id);
  return answered(job);
};
