import type { SimAccount } from './account.ts';
import { writeParameter } from './ssm/put-parameter.ts';

/** Writes a SecureString, over what was there. */
export const putSecret = (account: SimAccount, name: string, value: string): void =>
  void writeParameter(account, { name, type: 'SecureString', value });
