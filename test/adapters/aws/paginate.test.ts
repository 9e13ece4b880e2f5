import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Page, readPages } from '../../../shared/adapters/aws/paginate.ts';
import { asRead } from '../../support/failures.ts';

const timeout = Object.assign(new Error('no answer'), { name: 'TimeoutError' });

/** Reads the pages by their place in the list; the token is the place of the next one. */
const readerOf =
  (pages: readonly (Page<number> | Error)[]) =>
  async (token: string | undefined): Promise<Page<number>> => {
    const page = pages[Number(token ?? 0)];
    if (page === undefined) throw new RangeError('read past the end');
    if (page instanceof Error) throw page;
    return page;
  };

describe('reading pages', () => {
  it.each([
    { name: 'reads a single page', pages: [{ items: [1, 2] }], listing: { items: [1, 2] } },
    { name: 'takes an empty token for the end', pages: [{ items: [1], token: '' }], listing: { items: [1] } },
    {
      name: 'reads past an empty page that has a token',
      pages: [{ items: [1], token: '1' }, { items: [], token: '2' }, { items: [3] }],
      listing: { items: [1, 3] },
    },
    {
      name: 'keeps what it has when a page fails, and says why',
      pages: [{ items: [1], token: '1' }, timeout],
      listing: { items: [1], gap: 'List: TimeoutError: no answer' },
    },
    {
      name: 'never takes a first page that fails for an empty list',
      pages: [timeout],
      listing: { items: [], gap: 'List: TimeoutError: no answer' },
    },
    {
      name: 'ends at a token that comes twice',
      pages: [
        { items: [1], token: '1' },
        { items: [2], token: '1' },
      ],
      listing: { items: [1, 2], gap: 'List: the same page came twice' },
    },
    {
      name: 'reads on after a page with a gap, and tells of it',
      pages: [{ items: [1], token: '1', gap: 'an entry is odd' }, { items: [2] }],
      listing: { items: [1, 2], gap: 'List: an entry is odd' },
    },
  ])('$name', async ({ pages, listing }) => {
    expect(asRead(await readPages('List', readerOf(pages)))).toEqual(listing);
  });

  it('throws a mistake of the program on', async () => {
    const reading = readPages('List', readerOf([{ items: [], token: '7' }]));
    await expect(reading).rejects.toThrow('read past the end');
  });

  it('gives every item of every page once and in order, however they are cut', async () => {
    const property = fc.asyncProperty(fc.array(fc.array(fc.integer())), async (cuts) => {
      const pages = cuts.map((items, index) => ({
        items,
        ...(index + 1 < cuts.length && { token: `${index + 1}` }),
      }));
      const listing = await readPages('List', readerOf(pages.length > 0 ? pages : [{ items: [] }]));
      expect(listing).toEqual({ items: cuts.flat() });
    });
    await fc.assert(property);
  });
});
