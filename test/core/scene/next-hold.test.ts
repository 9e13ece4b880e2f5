import { describe, expect, it } from 'vitest';
import { governedTables } from '../../../shared/core/scene/governed.ts';
import { nextHold } from '../../../shared/core/scene/hold.ts';
import { advise } from '../../../shared/model/advice.ts';
import { DAY_MS, HOUR_MS } from '../../../shared/model/instant.ts';
import type { HoldMemory, OpenFinding } from '../../../shared/model/memory.ts';
import { aTable, NOW, someDetails, somePolicies } from '../../support/world.ts';

interface Given {
  readonly name: string;
  readonly before?: HoldMemory;
  readonly tags?: Readonly<Record<string, string>>;
  readonly notifiedAt?: number;
  readonly tableId?: string;
  readonly expected: HoldMemory | undefined;
}

const toldAt = (notifiedAt: number): OpenFinding => ({
  id: 'hold-lifted/Orders',
  kind: 'hold-lifted',
  severity: 'warning',
  table: 'Orders',
  fact: '',
  measured: '',
  promised: '',
  since: 0,
  advice: advise(''),
  openedAt: 0,
  notifiedAt,
});

const next = ({ before, tags = {}, notifiedAt, tableId }: Given): HoldMemory | undefined => {
  const details = someDetails('Orders');
  const table = aTable({ tags: { 'backup:policy': 'standard', ...tags }, details });
  return nextHold({
    before: {
      table: 'Orders',
      tableId: tableId ?? details.tableId,
      promises: [],
      ...(before !== undefined && { hold: before }),
    },
    one: governedTables(somePolicies(), [table])[0],
    openFindings: new Map(notifiedAt === undefined ? [] : [['hold-lifted/Orders', toldAt(notifiedAt)]]),
    now: NOW,
  });
};

const HOUR_AGO = NOW - HOUR_MS;

describe('what is remembered of a hold', () => {
  it.each<Given>([
    { name: 'nothing, where there never was one', expected: undefined },
    { name: 'that there is one', tags: { 'backup:hold': 'true' }, expected: {} },
    { name: 'an unclear one too', tags: { 'backup:hold': 'friday' }, expected: {} },
    { name: 'that it is gone', before: {}, expected: { liftedAt: NOW } },
    { name: 'since when', before: { liftedAt: HOUR_AGO }, expected: { liftedAt: HOUR_AGO } },
    {
      name: 'when people were told',
      before: { liftedAt: HOUR_AGO },
      notifiedAt: NOW - 1,
      expected: { liftedAt: HOUR_AGO, toldAt: NOW - 1 },
    },
    {
      name: 'not what they were told of an earlier one',
      before: { liftedAt: HOUR_AGO },
      notifiedAt: HOUR_AGO - 1,
      expected: { liftedAt: HOUR_AGO },
    },
    {
      name: 'when they were told first, whatever they were reminded of',
      before: { liftedAt: NOW - DAY_MS, toldAt: HOUR_AGO },
      notifiedAt: NOW,
      expected: { liftedAt: NOW - DAY_MS, toldAt: HOUR_AGO },
    },
    {
      name: 'for weeks, while nobody could be told',
      before: { liftedAt: NOW - 30 * DAY_MS },
      expected: { liftedAt: NOW - 30 * DAY_MS },
    },
    {
      name: 'for a day less a moment',
      before: { liftedAt: NOW - 2 * DAY_MS, toldAt: NOW - DAY_MS + 1 },
      expected: { liftedAt: NOW - 2 * DAY_MS, toldAt: NOW - DAY_MS + 1 },
    },
    {
      name: 'no longer than a day',
      before: { liftedAt: NOW - 2 * DAY_MS, toldAt: NOW - DAY_MS },
      expected: undefined,
    },
    {
      name: 'that it is back',
      before: { liftedAt: HOUR_AGO, toldAt: HOUR_AGO },
      tags: { 'backup:hold': 'true' },
      expected: {},
    },
    {
      name: 'nothing where somebody says no',
      before: {},
      tags: { 'backup:hold': 'false' },
      expected: undefined,
    },
    { name: 'nothing of a table that was made again', before: {}, tableId: 'older', expected: undefined },
    {
      name: 'all of it, of a table that no policy governs',
      before: { liftedAt: HOUR_AGO },
      tags: { 'backup:policy': 'none' },
      expected: { liftedAt: HOUR_AGO },
    },
    {
      name: 'up to now, of a clock that ran ahead',
      before: { liftedAt: NOW + 9 * DAY_MS, toldAt: NOW + 9 * DAY_MS },
      expected: { liftedAt: NOW, toldAt: NOW },
    },
  ])('$name', (given) => {
    expect(next(given)).toEqual(given.expected);
  });
});
