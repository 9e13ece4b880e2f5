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
