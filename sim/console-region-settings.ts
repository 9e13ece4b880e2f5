import type { SimAccount } from './account.ts';

/** Says whether AWS Backup looks after tables in the Region, and whether it has its advanced features for them. */
export const setBackupOptIn = (
  { state }: SimAccount,
  { optedIn, advanced }: { readonly optedIn: boolean; readonly advanced: boolean },
): void => {
  const { optIn, management } = state.regionSettings;
  state.regionSettings = {
    optIn: { ...optIn, DynamoDB: optedIn },
    management: { ...management, DynamoDB: advanced },
  };
};
