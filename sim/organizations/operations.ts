import type { Operations } from '../operation.ts';
import { describeEffectivePolicy } from './describe-effective-policy.ts';

export const ORGANIZATIONS_OPERATIONS: Operations = {
  DescribeEffectivePolicy: describeEffectivePolicy,
};
