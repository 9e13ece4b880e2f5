import type { Operations } from '../operation.ts';
import { assumeRole } from './assume-role.ts';
import { getCallerIdentity } from './get-caller-identity.ts';

export const STS_OPERATIONS: Operations = { AssumeRole: assumeRole, GetCallerIdentity: getCallerIdentity };
