import type { ClientOptions } from './client-options.ts';

/**
 * Given a run's options, returns the account its credentials belong to. At the edge a `UserError` says what to do where there are no
 * credentials or they do not count. The STS client is loaded only here: functions know their account and never ask.
 */
export const readAccountId = async (options: ClientOptions): Promise<string> => {
  const { readCallerAccount } = await import('./caller-identity.ts');
  return await readCallerAccount(options);
};
