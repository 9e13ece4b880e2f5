import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { createDynamoDBStateStore } from '../../../shared/adapters/state/dynamodb-state-store.ts';
import { readEntries } from '../../../shared/adapters/state/items.ts';
import { HOUR_MS } from '../../../shared/model/instant.ts';
import type { Glimpse, Picture, SeenTable } from '../../../shared/model/picture.ts';
import { NOW } from '../connect.ts';
import { onBareStateTable } from './bare-state-table.ts';

const aSeenTable = (name: string): SeenTable => ({
  name,
  policies: [{ name: 'standard', rpoMs: 26 * HOUR_MS, promisesPitr: true }],
  // Nothing that packs well.
  tableId: [...'abcdefgh']
    .map((one) =>
      createHash('sha512')
        .update(one + name)
        .digest('hex'),
    )
    .join(''),
  sizeBytes: 12,
  pitr: { enabled: true, earliestRestorableAt: NOW - HOUR_MS, latestRestorableAt: NOW },
  statuses: [{ kind: 'kept', policy: 'standard', text: 'is kept' }],
  hasPoint: true,
  points: { count: 1, oldest: NOW, newest: NOW },
  newest: { createdAt: NOW, sizeBytes: 12 },
  gaps: [],
});

const aPicture = (at: number, tables: number): Picture => ({
  target: { accountId: '111122223333', region: 'us-east-1' },
  at,
  policiesDigest: 'digest',
  gaps: [],
  legalHolds: [],
  tables: Array.from({ length: tables }, (_, n) => aSeenTable(`table-${String(n).padStart(5, '0')}`)),
});

const world = async () => {
  const { run, state } = await onBareStateTable();
  const store = createDynamoDBStateStore(state);
  const partsAt = (at: number) =>
    run(
      readEntries(
        state,
        `picture#${new Date(at).toISOString().replace('.000', '')}`,
        (_): _ is object => true,
      ),
    );
  return {
    partsAt,
    read: () => run(store.readPicture()),
    save: (picture: Picture) => run(store.savePicture(picture)),
    saveGlimpses: (glimpses: readonly Glimpse[]) => run(store.saveGlimpses(glimpses)),
  };
};

describe('what an audit saw', () => {
  it('is nothing before the first', async () => {
    const { read } = await world();
    expect(await read()).toEqual({ glimpses: [] });
  });

  it.each([0, 1, 200, 600])('comes back as it was written, of %i tables', async (tables) => {
    const { read, save } = await world();
    const picture = aPicture(NOW, tables);
    await save(picture);
    expect(await read()).toEqual({ picture, glimpses: [] });
  });

  it('names a table without its key as audits did before they said why nothing of it can be restored', async () => {
    const { read, save, saveGlimpses } = await world();
    const landed = { ...aSeenTable('locked'), isWithoutKey: true };
    await save({ ...aPicture(NOW, 0), tables: [landed] });
    await saveGlimpses([{ table: 'locked', at: NOW + 1, seen: landed }]);
    const seen: SeenTable = { ...aSeenTable('locked'), withheld: 'key' };
    const { picture, glimpses } = await read();
    expect(picture?.tables).toEqual([seen]);
    expect(glimpses).toEqual([{ table: 'locked', at: NOW + 1, seen }]);
  });

  it('takes the place of what the one before saw, of which nothing is left', async () => {
    const { partsAt, read, save } = await world();
    await save(aPicture(NOW, 600));
    expect((await partsAt(NOW)).length).toBeGreaterThan(1);
    const second = aPicture(NOW + HOUR_MS, 650);
    await save(second);
    expect(await partsAt(NOW)).toEqual([]);
    await save(second);
    expect(await read()).toEqual({ picture: second, glimpses: [] });
  });

  it('has what hints saw since beside it, and no longer what they saw before', async () => {
    const { read, save, saveGlimpses } = await world();
    await save(aPicture(NOW, 2));
    const before: Glimpse = { table: 'table-00000', at: NOW + 1, seen: aSeenTable('table-00000') };
    const after: Glimpse = { table: 'table-00001', at: NOW + 3 };
    await saveGlimpses([before, after]);
    expect((await read()).glimpses).toEqual([before, after]);
    await save(aPicture(NOW + 2, 2));
    expect((await read()).glimpses).toEqual([after]);
  });
});
