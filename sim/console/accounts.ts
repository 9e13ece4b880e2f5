import { type AccountOptions, createAccount, type SimAccount } from '../account.ts';

/**
 * Opens another account in the same world, with the same clock and settings, changed as given. Whoever signs with the account's id as
 * access key is in it, and so is a session of one of its roles.
 */
export const openAccount = (
  account: SimAccount,
  accountId: string,
  changes: Partial<AccountOptions> = {},
): SimAccount => {
  const { clock, region, state } = account;
  if (state.world.accounts.get(accountId)?.has(changes.region ?? region)) {
    throw new Error(`The account ${accountId} is in ${changes.region ?? region} already.`);
  }
  const seed = state.random.between(1, 2 ** 30);
  return createAccount({ ...state.settings, region, clock, seed, ...changes, accountId, world: state.world });
};
