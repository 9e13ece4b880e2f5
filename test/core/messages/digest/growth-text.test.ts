import { describe, expect, it } from 'vitest';
import { growthTexts } from '../../../../shared/core/messages/digest/sections.ts';

const NOTHING = { grown: [], shrunk: [], added: [] };

describe('who grew and who shrank, in words', () => {
  it('is told with how much, how large it is now, and what share that is', () => {
    const lines = growthTexts({
      grown: [
        { table: 'Orders', bytesBefore: 2_000_000_000, bytes: 3_400_000_000 },
        { table: 'Events', bytesBefore: 1, bytes: 12_346 },
        { table: 'New', bytesBefore: 0, bytes: 5_000 },
      ],
      shrunk: [{ table: 'Carts', bytesBefore: 1_000_000, bytes: 750_000 }],
      added: ['Zoo', 'Ants'],
    });
    expect(lines).toEqual([
      '3 tables grew:',
      '* Orders: 1.4 GB more, 3.4 GB now (+70 %)',
      '* Events: 12 kB more, 12 kB now (+1,234,500 %)',
      '* New: 5.0 kB more, 5.0 kB now (it was empty)',
      '1 table shrank:',
      '* Carts: 250 kB less, 750 kB now (-25 %)',
      '2 tables are new: Ants, Zoo.',
    ]);
  });

  it.each([
    { count: 5, title: '5 tables grew:' },
    { count: 6, title: '6 tables grew, these most:' },
  ])('of $count tables names the first five', ({ count, title }) => {
    const grown = Array.from({ length: count }, (_, at) => ({ table: `T${at}`, bytesBefore: 1, bytes: 2 }));
    const [first, ...lines] = growthTexts({ ...NOTHING, grown });
    expect(first).toBe(title);
    expect(lines.map((line) => line.slice(2, 4))).toEqual(['T0', 'T1', 'T2', 'T3', 'T4']);
  });

  it('is one line where only one table is new, and where nothing changed', () => {
    expect(growthTexts({ ...NOTHING, added: ['Zoo'] })).toEqual(['1 table is new: Zoo.']);
    expect(growthTexts(NOTHING)).toEqual(['No table grew or shrank.']);
  });
});
