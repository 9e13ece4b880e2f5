import type { SimAccount } from '../account.ts';
import type { Input } from '../call.ts';
import { pageBy } from '../paging.ts';
import { invalidParameter } from './failures.ts';
import { instantIn, numberIn, textIn } from './input.ts';

const MAX_PAGE = 1000;

/** Newest first: `pageBy` sorts upwards. */
const LATEST = 1e15;
export const newestFirst = (instant: number, id: string): string =>
  `${String(LATEST - instant).padStart(16, '0')} ${id}`;

/** One page of a listing as AWS Backup answers it, the values under that name. */
export const listed = <T>(
  account: SimAccount,
  input: Input,
  {
    name,
    values,
    keyOf,
    shapeOf,
  }: {
    readonly name: string;
    readonly values: readonly T[];
    readonly keyOf: (value: T) => string;
    readonly shapeOf: (value: T) => object;
  },
): object => {
  const size = numberIn(input, 'MaxResults') ?? MAX_PAGE;
  if (size < 1) throw invalidParameter('MaxResults must be at least 1');
  const refuse = (): Error => invalidParameter('Invalid nextToken');
  const wanted = { token: input.NextToken, size: Math.min(size, MAX_PAGE), refuse };
  const { page, token } = pageBy(account, values, keyOf, wanted);
  return { [name]: page.map(shapeOf), ...(token === undefined ? {} : { NextToken: token }) };
};

/** Whether a text is the one that a filter asks for. All are where it does not ask. */
export const isAsked = (input: Input, filter: string, value: string | undefined): boolean => {
  const asked = textIn(input, filter);
  return asked === undefined || asked === value;
};

/** Whether an instant lies between two filters: not after the one, not before the other. */
export const isBetween = (
  input: Input,
  after: string,
  before: string,
  instant: number | undefined,
): boolean => {
  const since = instantIn(input, after);
  const until = instantIn(input, before);
  if (since === undefined && until === undefined) return true;
  if (instant === undefined) return false;
  return instant >= (since ?? Number.NEGATIVE_INFINITY) && instant <= (until ?? Number.POSITIVE_INFINITY);
};
