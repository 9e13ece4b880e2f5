import { describe, expect, it } from 'vitest';
import { ifLost, type Known, restoresOfDrills } from '../../../shared/core/explain/if-lost.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../../shared/model/instant.ts';
import type { Pitr } from '../../../shared/model/table.ts';
import { aDrill, aDrillState } from '../../support/drills.ts';
import { aPitr, aRecoveryPoint, NOW, PITR_OFF } from '../../support/world.ts';

const POINT = aRecoveryPoint({ sizeBytes: 20_000_000_000 });

interface Given extends Partial<Omit<Known, 'table'>> {
  readonly pitr?: Pitr;
  readonly newest?: Known['table']['newest'];
}

const lost = ({ pitr, newest, ...known }: Given, past = restoresOfDrills([])) => {
  const table = { name: 'Orders', ...(pitr && { pitr }), ...(newest && { newest }) };
  return ifLost({ table, ...known }, { now: NOW, region: 'us-east-1', past });
};

describe('to which second a table comes back', () => {
  it.each<{ name: string; known: Given; back: object | undefined; isUnread?: true }>([
    {
      name: 'that of the window, where it was read',
      known: { pitr: aPitr(), newest: POINT },
      back: { to: aPitr().latestRestorableAt, from: 'point-in-time' },
    },
    {
      name: 'that of the window as the last audit saw it, with when that was',
      known: { pitr: aPitr(), newest: POINT, seenAt: NOW - 12 * HOUR_MS },
      back: { to: aPitr().latestRestorableAt, from: 'point-in-time', asOf: NOW - 12 * HOUR_MS },
    },
    {
      name: 'that of the newest backup, where the window is off',
      known: { pitr: PITR_OFF, newest: POINT, seenAt: NOW - HOUR_MS },
      back: { to: POINT.createdAt, from: 'recovery-point' },
    },
    { name: 'none, where nothing is there', known: { pitr: PITR_OFF }, back: undefined },
    { name: 'unknown, where the window was not read', known: {}, back: undefined, isUnread: true },
    {
      name: 'unknown, where the last audit that saw it is too old',
      known: { pitr: aPitr(), newest: POINT, seenAt: NOW - 12 * HOUR_MS - 1 },
      back: undefined,
      isUnread: true,
    },
  ])('$name', ({ known, back, isUnread }) => {
    const found = lost(known);
    expect(found.back).toEqual(back);
    expect(found.isUnread).toBe(isUnread);
  });
});

describe('how long it takes and what it costs', () => {
  it('is not known where nothing of the kind was restored, and nothing says the size', () => {
    expect(lost({})).toMatchObject({ expected: { kind: 'unknown' }, cost: { kind: 'unknown' } });
  });

  it('is what drills of the table took, with how many', () => {
    const state = aDrillState({
      past: [aDrill(), aDrill({ plannedAt: NOW - 9 * DAY_MS, activeAt: NOW - 9 * DAY_MS + 3 * HOUR_MS })],
    });
    const found = lost({ newest: aRecoveryPoint(), drills: state }, restoresOfDrills([state]));
    expect(found.expected).toEqual({
      kind: 'own-table',
      count: 2,
      shortestMs: 90 * MINUTE_MS,
      longestMs: 3 * HOUR_MS,
    });
  });

  it('is the price of the newest backup by its size', () => {
    expect(lost({ newest: POINT }).cost).toMatchObject({ kind: 'known', usd: 3, isWithoutIndexes: true });
  });
});

describe('what it costs to come back from a backup', () => {
  const off = PITR_OFF;

  it('is by the size of the backup, not by that of the table, which may have been emptied since', () => {
    expect(lost({ pitr: off, newest: POINT }).cost).toMatchObject({ kind: 'known', usd: 3 });
  });

  it('is by the price of cold storage where the backup is cold', () => {
    const newest = aRecoveryPoint({ sizeBytes: 20_000_000_000, isCold: true });
    expect(lost({ pitr: off, newest }).cost).toMatchObject({ kind: 'known', usd: 4, isCold: true });
  });
});

describe('what only copies in another Region are left of', () => {
  const copies = {
    count: 2,
    createdAt: POINT.createdAt,
    sizeBytes: 20_000_000_000,
    vault: 'dr',
    region: 'eu-west-1',
  };
  const of = (table: Partial<Known['table']>) =>
    ifLost(
      { table: { name: 'Orders', pitr: PITR_OFF, ...table } },
      { now: NOW, region: 'sa-east-1', past: [] },
    );

  it('comes back from the newest of them, where it is, at the price of there', () => {
    const { back, cost } = of({ copies });
    expect(back).toEqual({ to: POINT.createdAt, from: 'recovery-point', copyIn: 'eu-west-1' });
    expect(cost).toMatchObject({ priceRegion: 'eu-west-1', sizeBytes: 20_000_000_000 });
    expect(of({ copies, newest: POINT }).back).not.toHaveProperty('copyIn');
  });
});

describe('when it was last proved', () => {
  it('is never, where no drill proved anything', () => {
    expect(lost({ drills: aDrillState({ past: [aDrill({ result: 'failed' })] }) }).proof).toBeUndefined();
  });

  it('is when the newest drill that did was checked, also while its table is being deleted', () => {
    const current = aDrill({ phase: 'deleting', checkedAt: NOW - HOUR_MS });
    expect(lost({ drills: aDrillState({ current, past: [aDrill()] }) }).proof).toEqual({
      at: NOW - HOUR_MS,
      level: 'restored',
      from: 'recovery-point',
      tookMs: 90 * MINUTE_MS,
    });
  });
});
