import type { MadeVault } from './vault-facts.ts';

const daysOf = (text: string | undefined): number | undefined => (text ? Number(text) : undefined);

/** Reads what a deployment says of the vault that it made: name, lock, days and accounts, with semicolons between them. Undefined where it says nothing. */
export const parseMadeVault = (
  instance: string,
  written: string | undefined,
): MadeVault | 'none' | undefined => {
  if (written === undefined) return undefined;
  const [name, mode, min, max, accounts = ''] = written.split(';');
  if (!name) return 'none';
  const [minDays, maxDays] = [daysOf(min), daysOf(max)];
  const isLock = mode === 'governance' || mode === 'compliance';
  return {
    instance,
    name,
    ...(isLock && {
      lock: { mode, ...(minDays !== undefined && { minDays }), ...(maxDays !== undefined && { maxDays }) },
    }),
    accounts: accounts.split(',').filter((account) => account !== ''),
  };
};
