import type { SimAccount } from './account.ts';
import { pageSize } from './operation.ts';

/** One page of a listing. The token is absent on the last. */
interface Page<T> {
  readonly page: readonly T[];
  readonly token: string | undefined;
}

interface Wanted {
  readonly token: unknown;
  readonly size: number;
  /** What a token that nobody gave out is answered with. */
  readonly refuse: () => Error;
}

const startOf = ({ token, refuse }: Wanted): string | undefined => {
  if (token === undefined || token === null || token === '') return undefined;
  const text = Buffer.from(String(token), 'base64').toString('utf8');
  if (!text.startsWith('after:')) throw refuse();
  return text.slice('after:'.length);
};

/** Lists values in the order of their keys. Only the first page may be empty: a second empty one would repeat the token of the first. */
export const pageBy = <T>(
  account: SimAccount,
  values: readonly T[],
  keyOf: (value: T) => string,
  wanted: Wanted,
): Page<T> => {
  const start = startOf(wanted);
  const sorted = values
    .map((value) => [keyOf(value), value] as const)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .filter(([key]) => start === undefined || key > start);
  const size = Math.max(start === undefined ? 0 : 1, pageSize(account, wanted.size));
  const page = sorted.slice(0, size);
  const last = page.at(-1)?.[0] ?? '';
  const token = sorted.length > size ? Buffer.from(`after:${last}`).toString('base64') : undefined;
  return { page: page.map(([, value]) => value), token };
};
