import { describe, expect, it } from 'vitest';
import { tableDeletedFinder } from '../../../shared/core/findings/table-deleted.ts';
import { DAY_MS } from '../../../shared/model/instant.ts';
import type { OpenFinding } from '../../../shared/model/memory.ts';
import type { Observation } from '../../../shared/model/observation.ts';
import { aContext } from '../../support/check-context.ts';
import { aFailure } from '../../support/failures.ts';
import { anObservation, anOpenFinding, aTable, NOW, someDetails } from '../../support/world.ts';

const deleted = (overrides: Partial<OpenFinding> = {}): OpenFinding =>
  anOpenFinding({
    id: 'table-deleted/Lost',
    kind: 'table-deleted',
    severity: 'warning',
    table: 'Lost',
    openedAt: NOW - 34 * DAY_MS,
    ...overrides,
  });

const foundIn = (observation: Partial<Observation>, open: readonly OpenFinding[] = [deleted()]) =>
  tableDeletedFinder.find(aContext({ observation: anObservation(observation), openFindings: open }));

describe('a deletion that was announced', () => {
  it('stays open as information, with what was said of it', () => {
    const [finding, ...others] = foundIn({});
    expect(others).toEqual([]);
    expect(finding).toMatchObject({ id: 'table-deleted/Lost', severity: 'info', fact: deleted().fact });
  });

  const going = aTable({ name: 'Lost', details: someDetails('Lost', { status: 'DELETING' }) });

  it.each([
    { name: 'stays while the table is still going', seen: { tables: [going] }, open: [deleted()], is: 1 },
    {
      name: 'is over when the table is there again',
      seen: { tableNames: ['Lost', 'Orders'] },
      open: [deleted()],
      is: 0,
    },
    { name: 'is over after 35 days', seen: {}, open: [deleted({ openedAt: NOW - 35 * DAY_MS })], is: 0 },
    {
      name: 'is over when the table is there again, while another is going',
      seen: {
        tables: [aTable({ details: someDetails('Orders', { status: 'DELETING' }) })],
        tableNames: ['Lost', 'Orders'],
      },
      open: [deleted()],
      is: 0,
    },
    {
      name: 'is not judged by a list of names with a gap',
      seen: { gaps: [{ facet: 'table-names' as const, failure: aFailure('throttled') }] },
      open: [deleted()],
      is: 0,
    },
    { name: 'is nothing that a check finds by itself', seen: {}, open: [], is: 0 },
    {
      name: 'is over where it names no table',
      seen: {},
      open: [{ ...deleted(), table: undefined } as unknown as OpenFinding],
      is: 0,
    },
    {
      name: 'stays until 35 days are over',
      seen: {},
      open: [deleted({ openedAt: NOW - 35 * DAY_MS + 1 })],
      is: 1,
    },
    {
      name: 'is not confused with other findings',
      seen: {},
      open: [anOpenFinding({ table: 'Lost' })],
      is: 0,
    },
  ])('$name', ({ seen, open, is }) => {
    expect(foundIn(seen, open)).toHaveLength(is);
  });
});
