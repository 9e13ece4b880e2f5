import { type Failure, ownFailure } from '../../model/failure.ts';
import type { Listing } from '../../ports/inventory.ts';
import { failureOf } from './errors.ts';
import { statedText } from './reading.ts';

/** One page of a list. `gap` says what of it could not be read. */
export interface Page<Item> {
  readonly items: readonly Item[];
  /** Where the next page begins; absent or empty on the last one. Whatever stood in its place in the answer. */
  readonly token?: unknown;
  readonly gap?: string | undefined;
}

/** Reads the page that begins at the token, or the first one. */
export type PageReader<Item> = (token: string | undefined) => Promise<Page<Item>>;

type Step<Item> = { readonly page: Page<Item> } | { readonly gap: Failure };

const step = async <Item>(
  operation: string,
  read: PageReader<Item>,
  token: string | undefined,
): Promise<Step<Item>> => {
  try {
    return { page: await read(token) };
  } catch (error) {
    return { gap: failureOf(operation, error).failure };
  }
};

/** The first gap stands for all: with one, what is missing is unknown anyway. */
const listingOf = <Item>(items: readonly Item[], gaps: readonly Failure[]): Listing<Item> => ({
  items,
  ...(gaps[0] !== undefined && { gap: gaps[0] }),
});

const isLast = ({ token }: Page<unknown>): boolean => token === undefined || token === null || token === '';

/** Makes the page for a response that lacks its list. An empty list would be present, so this is a gap. */
export const pageWithout = (list: string): Page<never> => ({
  items: [],
  gap: `the answer has no ${list}`,
});

/**
 * Reads all pages of a list, in the service's order. Short and empty pages do not end it, only a missing token does. A failing page, a token that is
 * not text, and a token that repeats (the list would never end) stop it with what was read so far and a gap.
 */
export const readPages = async <Item>(operation: string, read: PageReader<Item>): Promise<Listing<Item>> => {
  const items: Item[] = [];
  const gaps: Failure[] = [];
  const unusable = (what: string): Failure => ownFailure('answer-unusable', what, { operation });
  const seen = new Set<string>();
  for (let token: string | undefined; ; ) {
    const stepped = await step(operation, read, token);
    if ('gap' in stepped) return listingOf(items, [stepped.gap, ...gaps]);
    const { page } = stepped;
    for (const item of page.items) items.push(item);
    if (page.gap !== undefined) gaps.push(unusable(page.gap));
    if (isLast(page)) return listingOf(items, gaps);
    const next = statedText(page.token);
    if (next === undefined) return listingOf(items, [unusable('where the next page begins is no text')]);
    if (seen.has(next)) return listingOf(items, [unusable('the same page came twice')]);
    seen.add(next);
    token = next;
  }
};
