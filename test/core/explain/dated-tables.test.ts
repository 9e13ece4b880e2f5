import { describe, expect, it } from 'vitest';
import { datedTables } from '../../../shared/core/explain/picture.ts';
import { HOUR_MS } from '../../../shared/model/instant.ts';
import type { SeenTable } from '../../../shared/model/picture.ts';
import { NOW } from '../../support/world.ts';

const aTable = (given: Partial<SeenTable> = {}): SeenTable => ({
  name: 'Orders',
  policies: [],
  tableId: 'first',
  statuses: [],
  hasPoint: true,
  gaps: [],
  ...given,
});

const AUDITED = NOW - 2 * HOUR_MS;
const HINTED = NOW - HOUR_MS;

const ofLocked = { count: 2, inVaults: 2 };
const seenAfter = (audited: Partial<SeenTable>, hinted: Partial<SeenTable> | undefined) =>
  datedTables({ at: AUDITED, tables: [aTable(audited)] }, [
    { table: 'Orders', at: HINTED, ...(hinted !== undefined && { seen: aTable(hinted) }) },
  ]);

describe('a hint about a table that an audit saw', () => {
  it.each<{ name: string; audited: Partial<SeenTable>; hinted: Partial<SeenTable>; by: number }>([
    { name: 'is newer', audited: {}, hinted: {}, by: HINTED },
    {
      name: 'is newer where a key keeps its recovery points',
      audited: {},
      hinted: { locked: ofLocked },
      by: HINTED,
    },
    {
      name: 'asked no key that keeps recovery points',
      audited: { locked: ofLocked },
      hinted: {},
      by: AUDITED,
    },
    { name: 'asked no key that keeps the table', audited: { withheld: 'key' }, hinted: {}, by: AUDITED },
    {
      name: 'saw that it is deleted',
      audited: { locked: ofLocked },
      hinted: { withheld: 'deletion' },
      by: HINTED,
    },
    {
      name: 'saw itself that a key keeps it',
      audited: { locked: ofLocked },
      hinted: { withheld: 'key' },
      by: HINTED,
    },
    { name: 'is of another table', audited: { locked: ofLocked }, hinted: { tableId: 'second' }, by: HINTED },
  ])('that $name', ({ audited, by, hinted }) => {
    expect(seenAfter(audited, hinted)).toMatchObject([{ seenAt: by }]);
  });

  it('that saw it go takes it away, whatever kept it', () => {
    expect(seenAfter({ locked: ofLocked }, undefined)).toEqual([]);
  });
});
