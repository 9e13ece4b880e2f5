import type { AccountOptions, SimAccount } from '../account.ts';
import { openElsewhere } from '../open.ts';

/** Opens the account in another Region, with the same clock and settings, changed as given. Requests signed for that Region go there, whichever of both is asked. */
export const openRegion = (
  account: SimAccount,
  region: string,
  changes: Partial<AccountOptions> = {},
): SimAccount => {
  if (account.state.regions.has(region)) throw new Error(`The account is in ${region} already.`);
  return openElsewhere(account, { accountId: account.accountId, region }, changes);
};

/** Disables a Region for all accounts: every call to it fails. */
export const disableRegion = ({ state }: SimAccount, region: string): void => {
  state.world.disabledRegions.add(region);
};
