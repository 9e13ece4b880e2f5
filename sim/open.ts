import { type AccountOptions, createAccount, type SimAccount } from './account.ts';

/** Opens an account in a Region of the same world, with the same clock and settings, changed as given. */
export const openElsewhere = (
  account: SimAccount,
  place: { readonly accountId: string; readonly region: string },
  changes: Partial<AccountOptions> = {},
): SimAccount => {
  const { clock, state } = account;
  const seed = state.random.between(1, 2 ** 30);
  return createAccount({ ...state.settings, clock, seed, ...changes, ...place, world: state.world });
};

const REGION = /^[a-z]{2}(-[a-z]+)+-\d$/;
const ACCOUNT = /^\d{12}$/;

/** Opens what a request names for the first time, where the account does that: a Region, or an account by its id as access key. */
export const openOnRequest = (
  account: SimAccount,
  place: { readonly accountId: string; readonly region: string },
): SimAccount | undefined => {
  if (!account.state.settings.opensOnRequest) return undefined;
  if (!REGION.test(place.region) || !ACCOUNT.test(place.accountId)) return undefined;
  return openElsewhere(account, place, { organization: account.state.organization });
};
