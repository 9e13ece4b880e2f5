import { type AccountOptions, createAccount, type SimAccount } from '../account.ts';

/** Opens the account in another Region, with the same clock and settings, changed as given. Requests signed for that Region go there, whichever of both is asked. */
export const openRegion = (
  account: SimAccount,
  region: string,
  changes: Partial<AccountOptions> = {},
): SimAccount => {
  const { accountId, clock, state } = account;
  if (state.regions.has(region)) throw new Error(`The account is in ${region} already.`);
  const seed = state.random.between(1, 2 ** 30);
  return createAccount({
    ...state.settings,
    accountId,
    clock,
    seed,
    ...changes,
    region,
    world: state.world,
  });
};
