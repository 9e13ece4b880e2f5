import type { SimAccount } from './account.ts';
import type { Caller, Input } from './call.ts';

export interface Context {
  readonly account: SimAccount;
  readonly caller: Caller;
  readonly now: number;
}

/** One operation of a service: the output, or a thrown service failure. */
export type Operation = (context: Context, input: Input) => object | Promise<object>;

export type Operations = Readonly<Record<string, Operation>>;

/** Says how many entries this page may hold: sometimes fewer than asked for, even none, where `shortPages` is set. */
export const pageSize = (account: SimAccount, asked: number): number => {
  const { random, settings } = account.state;
  const isShort = settings.shortPages > 0 && random.fraction() < settings.shortPages;
  return isShort ? random.between(0, Math.max(0, asked - 1)) : asked;
};
