import type { AccountOptions, SimAccount } from '../account.ts';
import { openElsewhere } from '../open.ts';

/**
 * Opens another account in the same world, with the same clock and settings, changed as given. Whoever signs with the account's id as
 * access key is in it, and so is a session of one of its roles.
 */
export const openAccount = (
  account: SimAccount,
  accountId: string,
  changes: Partial<AccountOptions> = {},
): SimAccount => {
  const { region = account.region } = changes;
  if (account.state.world.accounts.get(accountId)?.has(region)) {
    throw new Error(`The account ${accountId} is in ${region} already.`);
  }
  return openElsewhere(account, { accountId, region }, changes);
};
