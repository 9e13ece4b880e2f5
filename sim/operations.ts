import type { ServiceName } from './call.ts';
import { DYNAMODB_OPERATIONS } from './dynamodb/operations.ts';
import { ITEM_OPERATIONS } from './items/operations.ts';
import type { Operations } from './operation.ts';
import { SNS_OPERATIONS } from './sns/operations.ts';
import { SSM_OPERATIONS } from './ssm/operations.ts';
import { STS_OPERATIONS } from './sts/operations.ts';
import { TAGGING_OPERATIONS } from './tagging/operations.ts';

export const OPERATIONS: Readonly<Record<ServiceName, Operations>> = {
  dynamodb: { ...DYNAMODB_OPERATIONS, ...ITEM_OPERATIONS },
  tagging: TAGGING_OPERATIONS,
  sns: SNS_OPERATIONS,
  ssm: SSM_OPERATIONS,
  sts: STS_OPERATIONS,
};
