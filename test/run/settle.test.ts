import { describe, expect, it } from 'vitest';
import type { CreateAction } from '../../shared/model/action.ts';
import { CLOCK_TOLERANCE_MS, MINUTE_MS, SECOND_MS } from '../../shared/model/instant.ts';
import type { NotDone, Outcome } from '../../shared/model/outcome.ts';
import type { RecoveryPoint } from '../../shared/model/recovery-point.ts';
import type { EngineAction, RecoveryPointQuery } from '../../shared/ports/engine.ts';
import type { Listing } from '../../shared/ports/inventory.ts';
import { CLOSED_SETTLE_MS, SETTLE_MS, SILENT_SETTLE_MS, settle } from '../../shared/run/settle.ts';
import { createVirtualClock } from '../../sim/clock.ts';
import { ALWAYS } from '../adapters/connect.ts';
import { aCreate, anExpire, anOutcome } from '../support/attempts.ts';
import { aCallFailure, aFailure } from '../support/failures.ts';
import { aRecoveryPoint, NOW } from '../support/world.ts';

const CREATE = aCreate();
const lost = (action: CreateAction): NotDone => ({
  ...anOutcome(action, 'failed', aCallFailure('CreateBackup', 'TimeoutError', 'no answer')),
  uncertain: true,
});

const silent = (action: CreateAction): NotDone => ({ ...lost(action), unanswered: 'silent' });

interface Engine {
  readonly lists?: (nth: number) => Listing<RecoveryPoint>;
  /** What the list of one table shows, whenever it was made. */
  readonly ofTable?: Listing<RecoveryPoint>;
  readonly creates?: (action: CreateAction, nth: number) => Outcome;
  /** How much later it is when a list has been read. */
  readonly listMs?: number;
}

/** Settles one pass and returns the outcomes, and what was called when, in milliseconds from its end. */
const settled = async (
  outcomes: readonly Outcome[],
  { lists, ofTable = { items: [] }, creates, listMs = 0 }: Engine,
  leftMs = 10 * MINUTE_MS,
) => {
  const clock = createVirtualClock(NOW);
  const seen: unknown[] = [];
  let [listed, made] = [0, 0];
  const engine = {
    list: async ({ since, table }: RecoveryPointQuery = {}) => {
      if (table !== undefined) return ofTable;
      seen.push({ lists: clock.now() - NOW, since: (since ?? 0) - NOW });
      await clock.sleep(listMs);
      return lists?.(listed++) ?? { items: [] };
    },
    apply: async (action: EngineAction) => {
      if (action.kind !== 'create') return anOutcome(action, 'failed', 'never');
      seen.push({ creates: action.table, at: clock.now() - NOW });
      return creates?.(action, made++) ?? anOutcome(action, 'done', 'made');
    },
  };
  const pass = { startedAt: NOW - MINUTE_MS, until: NOW + leftMs, window: ALWAYS };
  return {
    outcomes: await clock.run(settle({ clock, engines: { dynamodb: engine } }, outcomes, pass)),
    seen,
  };
};

const LISTS = { lists: SETTLE_MS, since: -MINUTE_MS - CLOCK_TOLERANCE_MS };

describe('a create whose answer was lost', () => {
  it('is done where one list, read once the call has settled, shows it', async () => {
    const point = aRecoveryPoint({ status: 'creating' });
    const { outcomes, seen } = await settled([lost(CREATE)], { lists: () => ({ items: [point] }) });
    expect(outcomes).toEqual([
      anOutcome(
        CREATE,
        'done',
        `the answer was lost (CreateBackup: TimeoutError: no answer) but the backup is there: ${point.id}`,
      ),
    ]);
    expect(seen).toEqual([LISTS]);
  });

  it.each([
    { name: 'shows nothing', items: [] },
    { name: 'shows one that was deleted', items: [aRecoveryPoint({ status: 'deleted' })] },
    { name: 'shows one of another name', items: [aRecoveryPoint({ name: 'other' })] },
    {
      name: 'shows one of another table',
      items: [aRecoveryPoint({ tableName: 'Parcels', tableId: 'id-of-Orders' })],
    },
    { name: 'shows one of an older table of that name', items: [aRecoveryPoint({ tableId: 'older' })] },
  ])('is made where the list $name', async ({ items }) => {
    const { outcomes, seen } = await settled([lost(CREATE)], { lists: () => ({ items }) });
    expect(outcomes).toEqual([anOutcome(CREATE, 'done', 'made')]);
    expect(seen).toEqual([LISTS, { creates: 'Orders', at: SETTLE_MS }]);
  });

  it('is not made while the list has a gap', async () => {
    const { outcomes, seen } = await settled([lost(CREATE)], {
      lists: (nth) => (nth < 2 ? { items: [], gap: aFailure() } : { items: [] }),
    });
    expect(outcomes).toEqual([anOutcome(CREATE, 'done', 'made')]);
    expect(seen).toHaveLength(4);
    expect(seen.at(-1)).toEqual({ creates: 'Orders', at: 3 * SETTLE_MS });
  });

  it('is done where only the list of its table shows it: the clock is ahead, and nothing was made since', async () => {
    const point = aRecoveryPoint({ status: 'creating' });
    const { outcomes, seen } = await settled([lost(CREATE)], { ofTable: { items: [point] } });
    expect(outcomes.map(({ status }) => status)).toEqual(['done']);
    expect(seen).toEqual([LISTS]);
  });

  it('is not made while the list of its table has a gap', async () => {
    const { outcomes } = await settled([lost(CREATE)], {
      ofTable: { items: [], gap: aFailure() },
    });
    expect(outcomes).toEqual([lost(CREATE)]);
  });

  it('is looked up again, as late, where the second answer is lost too', async () => {
    const { seen } = await settled([lost(CREATE)], {
      creates: (action, nth) => (nth === 0 ? lost(action) : anOutcome(action, 'done', 'made')),
    });
    expect(seen.map((one) => Object.keys(one as object)[0])).toEqual([
      'lists',
      'creates',
      'lists',
      'creates',
    ]);
    expect(seen.at(-1)).toEqual({ creates: 'Orders', at: 2 * SETTLE_MS });
  });

  it.each([
    { name: 'is over too soon', leftMs: SETTLE_MS + 10 * SECOND_MS, listMs: 0, calls: [] },
    { name: 'is over when the list has come', leftMs: 2 * SETTLE_MS, listMs: SETTLE_MS, calls: [LISTS] },
  ])('stays uncertain where the time of the run $name', async ({ leftMs, listMs, calls }) => {
    const { outcomes, seen } = await settled([lost(CREATE)], { listMs }, leftMs);
    expect(outcomes).toEqual([lost(CREATE)]);
    expect(seen).toEqual(calls);
  });

  it('is sent again only once its signature is too old to be taken, where no answer came', async () => {
    const { seen } = await settled([silent(CREATE)], { creates: silent }, 14.5 * MINUTE_MS);
    expect(SILENT_SETTLE_MS).toBeGreaterThan(CLOCK_TOLERANCE_MS);
    expect(seen.filter((one) => 'creates' in (one as object))).toEqual([
      { creates: 'Orders', at: SILENT_SETTLE_MS },
      { creates: 'Orders', at: 2 * SILENT_SETTLE_MS },
    ]);
  });

  it('does not wait for another that nobody answered', async () => {
    const others = aCreate({ table: 'Parcels' });
    const { outcomes, seen } = await settled([silent(CREATE), lost(others)], {});
    expect(outcomes.map(({ status }) => status)).toEqual(['done', 'done']);
    expect(seen.filter((one) => 'creates' in (one as object))).toEqual([
      { creates: 'Parcels', at: SETTLE_MS },
      { creates: 'Orders', at: SILENT_SETTLE_MS },
    ]);
  });

  it.each([
    { name: 'is there', items: [aRecoveryPoint()] },
    { name: 'is made', items: [] },
  ])('keeps the mark that it has no claim where it $name', async ({ items }) => {
    const unclaimed = aFailure('the claim could not be written: gone');
    const { outcomes } = await settled([{ ...lost(CREATE), unclaimed }], { lists: () => ({ items }) });
    expect(outcomes).toMatchObject([{ status: 'done', unclaimed }]);
  });

  it('is given longer than a list may lag where the connection closed, and is sent again as often as there is time', async () => {
    const closed = (action: CreateAction): NotDone => ({ ...lost(action), unanswered: 'closed' });
    const { seen } = await settled([closed(CREATE)], { creates: closed }, 5 * MINUTE_MS);
    expect(CLOSED_SETTLE_MS).toBeGreaterThan(MINUTE_MS);
    expect(seen.filter((one) => 'creates' in (one as object))).toEqual([
      { creates: 'Orders', at: CLOSED_SETTLE_MS },
      { creates: 'Orders', at: 2 * CLOSED_SETTLE_MS },
      { creates: 'Orders', at: 3 * CLOSED_SETTLE_MS },
    ]);
  });

  it('is settled with all others by one list, and leaves every other outcome as it is, in its place', async () => {
    const others = aCreate({ table: 'Parcels' });
    const given = [
      anOutcome(anExpire(), 'failed'),
      lost(CREATE),
      anOutcome(aCreate({ table: 'Carts' }), 'failed'),
      lost(others),
    ];
    const { outcomes, seen } = await settled(given, { lists: () => ({ items: [aRecoveryPoint()] }) });
    expect(outcomes.map(({ status }) => status)).toEqual(['failed', 'done', 'failed', 'done']);
    expect(seen).toEqual([LISTS, { creates: 'Parcels', at: SETTLE_MS }]);
  });

  it('costs nothing where there is none', async () => {
    const given = [anOutcome(CREATE, 'done'), anOutcome(anExpire(), 'failed')];
    expect(await settled(given, {})).toEqual({ outcomes: given, seen: [] });
  });
});
