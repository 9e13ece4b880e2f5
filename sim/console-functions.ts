import type { SimAccount } from './account.ts';

/** Puts a function there, over what was there of its name. It can be looked at, and does not run. */
export const putFunction = (
  account: SimAccount,
  name: string,
  environment: Readonly<Record<string, string>> = {},
): void => {
  account.state.functions.set(name, { name, environment, changedAt: account.clock.now() });
};
