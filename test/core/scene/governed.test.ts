import { describe, expect, it } from 'vitest';
import { governedTables } from '../../../shared/core/scene/governed.ts';
import { aTaggedTable, somePolicies } from '../../support/world.ts';

describe('the tables with the tag', () => {
  const names = (...tables: Parameters<typeof governedTables>[1]) =>
    governedTables(somePolicies(), tables).map(({ table }) => table.name);

  it('are sorted by name, each with what governs it', () => {
    expect(names(...['b', 'c', 'a'].map((name) => aTaggedTable({ name })))).toEqual(['a', 'b', 'c']);
    expect(governedTables(somePolicies(), [aTaggedTable()])).toMatchObject([
      { table: { name: 'Orders' }, policies: [{ name: 'standard' }], optedOut: false },
    ]);
  });

  it('are not those without it', () => {
    expect(names(aTaggedTable({ tags: { team: 'shop' } }), aTaggedTable({ name: 'Users' }))).toEqual([
      'Users',
    ]);
  });

  it('count once when they are listed twice, as they were listed last', () => {
    const tags = { 'backup:policy': 'none' };
    expect(governedTables(somePolicies(), [aTaggedTable(), aTaggedTable({ tags })])).toMatchObject([
      { optedOut: true },
    ]);
  });
});
