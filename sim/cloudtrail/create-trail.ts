import { trailArn } from '../arn.ts';
import { serviceFailure } from '../failure.ts';
import type { Operation } from '../operation.ts';
import { validated } from '../validation.ts';
import { trailShape } from './describe-trails.ts';
import { addTrail, checkName } from './trails.ts';

interface CreateInput {
  readonly Name: string;
  readonly S3BucketName: string;
  readonly IsMultiRegionTrail?: boolean;
}

/** It does not log before it is started. Whether the bucket exists and lets the service write is not looked at: there are no buckets here. */
export const createTrail: Operation = ({ account }, raw) => {
  const input = validated<CreateInput>(raw, {
    Name: { required: true },
    S3BucketName: { required: true, length: [3, 63] },
  });
  const { Name: name, S3BucketName: bucket, IsMultiRegionTrail: isMultiRegion = false } = input;
  checkName(name);
  if (account.state.trails.has(trailArn(account, name))) {
    const message = `Trail ${name} already exists for customer: ${account.accountId}`;
    throw serviceFailure('TrailAlreadyExistsException', message);
  }
  return trailShape(addTrail(account, { name, bucket, isMultiRegion }));
};
