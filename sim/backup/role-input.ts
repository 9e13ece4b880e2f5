import type { SimAccount } from '../account.ts';
import type { Input } from '../call.ts';
import { invalidParameter } from './failures.ts';
import { requiredText } from './input.ts';
import { isAssumable } from './roles.ts';

/** The role that a job is given. It has to be of the account, and to trust AWS Backup. */
export const roleIn = (account: SimAccount, input: Input): string => {
  const arn = requiredText(input, 'IamRoleArn');
  const accountId = /^arn:aws:iam::(\d{12}):role\/.+$/.exec(arn)?.[1];
  if (accountId === undefined) throw invalidParameter(`Invalid IAM role ARN: ${arn}`);
  if (accountId !== account.accountId || !isAssumable(account, arn)) {
    throw invalidParameter(`IAM Role ${arn} cannot be assumed by AWS Backup`);
  }
  return arn;
};
