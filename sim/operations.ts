import { AUTOSCALING_OPERATIONS } from './autoscaling/operations.ts';
import { BACKUP_OPERATIONS } from './backup/operations.ts';
import type { ServiceName } from './call.ts';
import { CLOUDTRAIL_OPERATIONS } from './cloudtrail/operations.ts';
import { CLOUDWATCH_OPERATIONS } from './cloudwatch/operations.ts';
import { DYNAMODB_OPERATIONS } from './dynamodb/operations.ts';
import { IAM_OPERATIONS } from './iam.ts';
import { KMS_OPERATIONS } from './kms.ts';
import { LAMBDA_OPERATIONS } from './lambda/operations.ts';
import type { Operations } from './operation.ts';
import { ORGANIZATIONS_OPERATIONS } from './organizations.ts';
import { PIPES_OPERATIONS } from './pipes/operations.ts';
import { S3_OPERATIONS } from './s3/operations.ts';
import { SNS_OPERATIONS } from './sns/operations.ts';
import { SSM_OPERATIONS } from './ssm.ts';
import { STS_OPERATIONS } from './sts.ts';
import { TAGGING_OPERATIONS } from './tagging.ts';

export const OPERATIONS: Readonly<Record<ServiceName, Operations>> = {
  autoscaling: AUTOSCALING_OPERATIONS,
  backup: BACKUP_OPERATIONS,
  cloudtrail: CLOUDTRAIL_OPERATIONS,
  cloudwatch: CLOUDWATCH_OPERATIONS,
  dynamodb: DYNAMODB_OPERATIONS,
  iam: IAM_OPERATIONS,
  kms: KMS_OPERATIONS,
  lambda: LAMBDA_OPERATIONS,
  organizations: ORGANIZATIONS_OPERATIONS,
  pipes: PIPES_OPERATIONS,
  s3: S3_OPERATIONS,
  sns: SNS_OPERATIONS,
  ssm: SSM_OPERATIONS,
  sts: STS_OPERATIONS,
  tagging: TAGGING_OPERATIONS,
};
