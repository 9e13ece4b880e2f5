import type { SimAccount } from './account.ts';

/** Given the size asked for, returns how many entries this page may hold: now and then fewer, even none, where the account is told to page short. */
export const pageSize = (account: SimAccount, asked: number): number => {
  const { random, settings } = account.state;
  const isShort = settings.shortPages > 0 && random.fraction() < settings.shortPages;
  return isShort ? random.between(0, Math.max(0, asked - 1)) : asked;
};
