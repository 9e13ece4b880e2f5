import { principalOf } from '../authorization.ts';
import type { Operation } from '../operation.ts';

export const getCallerIdentity: Operation = ({ account, caller }) => ({
  UserId: caller.accessKeyId,
  Account: account.accountId,
  Arn: principalOf(account, caller.accessKeyId),
});
