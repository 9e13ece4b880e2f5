import { describe, expect, it } from 'vitest';
import { statedCount, statedInstant, statedList, statedText } from '../../../shared/adapters/aws/reading.ts';

describe('what an answer states', () => {
  it.each([undefined, null, '', 7, {}, [], true])('as text is nothing for %j', (field) => {
    expect(statedText(field)).toBeUndefined();
  });

  it.each([undefined, null, '2026-01-01', 7, new Date(Number.NaN), new Date(-1)])(
    'as a moment is nothing for %o',
    (field) => {
      expect(statedInstant(field)).toBeUndefined();
    },
  );

  it.each([undefined, null, '7', -1, 0.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 60])(
    'as a count is nothing for %o',
    (field) => {
      expect(statedCount(field)).toBeUndefined();
    },
  );

  it('is what is there otherwise, down to nought and nothing', () => {
    expect(statedText('a')).toBe('a');
    expect(statedInstant(new Date(0))).toBe(0);
    expect(statedCount(0)).toBe(0);
    expect(statedList([])).toEqual([]);
  });

  it('as a list keeps a place for entries that state nothing, so that they are counted', () => {
    const entries = [{ a: 1 }, null, 'text'] as unknown as readonly { a: number }[];
    expect(statedList(entries)).toEqual([{ a: 1 }, {}, {}]);
    expect(statedList({ length: 1 } as unknown as readonly object[])).toBeUndefined();
  });
});
