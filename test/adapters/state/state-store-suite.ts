import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { advise } from '../../../shared/model/advice.ts';
import { HOUR_MS, MINUTE_MS } from '../../../shared/model/instant.ts';
import type { DeferralMemory, Memory, OpenFinding, PitrBaseline } from '../../../shared/model/memory.ts';
import type { Claim, HeldClaim, StateStore, Turn } from '../../../shared/ports/state-store.ts';
import { NOW } from '../connect.ts';

// What every state store keeps to, whatever it stores in. A store is opened empty for each test.

const HELD_UNTIL = NOW + 16 * MINUTE_MS;

const aClaim = (changes: Partial<Claim> = {}): Claim => ({
  id: 'id-of-Orders/tablekeeper.prod.standard.20261123T030000Z',
  runId: 'run-1',
  heldUntil: HELD_UNTIL,
  ...changes,
});

const aFinding = (id: string, changes: Partial<OpenFinding> = {}): OpenFinding => ({
  id,
  kind: 'pitr-off',
  severity: 'critical',
  table: 'Orders',
  fact: 'Point-in-time recovery of Orders is off.',
  measured: 'off',
  promised: '35 days',
  since: NOW - 7,
  advice: advise('Switch it on:', ['aws', 'dynamodb', 'update-continuous-backups']),
  openedAt: NOW,
  ...changes,
});

const aBaseline = (table: string, changes: Partial<PitrBaseline> = {}): PitrBaseline => ({
  table,
  tableId: `id-of-${table}`,
  earliestRestorableAt: NOW - 35 * 24 * 60 * MINUTE_MS,
  recoveryPeriodDays: 35,
  ...changes,
});

const aDeferral = (backups: number): DeferralMemory => ({
  deferredAt: NOW,
  deferrals: [
    { kind: 'throttled', cause: 'CreateBackup: ThrottlingException', backups, since: NOW - 1, marks: ['a1'] },
  ],
});

const NOTHING: Memory = { pitrBaselines: [] };

const A_REGIME = {
  schedule: '0 3 * * *',
  timezone: 'UTC',
  retention: { daily: 7, within: { years: 0, months: 0, days: 2, hours: 0 } },
  since: NOW - 1,
  seenAt: NOW,
};

type Open = () => Promise<StateStore>;

const held = async (store: StateStore, claim: Claim, overBefore?: number): Promise<HeldClaim> => {
  const got = await store.claim(claim, overBefore);
  if (got === undefined) throw new Error(`${claim.id} is held by somebody else`);
  return got;
};

const describeClaims = (open: Open): void => {
  describe('a claim', () => {
    it('of two runs at once is held by one', async () => {
      const store = await open();
      const runs = Array.from({ length: 8 }, (_, index) =>
        store.claim(aClaim({ runId: `run-${index}` }), HELD_UNTIL),
      );
      expect((await Promise.all(runs)).filter((held) => held !== undefined)).toHaveLength(1);
    });

    it('of one event delivered twice, with one run id, is held once', async () => {
      const store = await open();
      const twice = await Promise.all([store.claim(aClaim(), NOW), store.claim(aClaim(), NOW)]);
      expect(twice.filter((held) => held !== undefined)).toHaveLength(1);
    });

    it.each([
      { name: 'is not taken over while it is held', overBefore: HELD_UNTIL - 1, taken: false },
      { name: 'is not taken over at the very end', overBefore: HELD_UNTIL, taken: false },
      { name: 'is taken over past its end', overBefore: HELD_UNTIL + 1, taken: true },
      { name: 'is never taken over by one who has not seen all', overBefore: undefined, taken: false },
    ])('$name', async ({ overBefore, taken }) => {
      const store = await open();
      expect(await store.claim(aClaim())).toBeDefined();
      const later = aClaim({ runId: 'run-2', heldUntil: HELD_UNTIL + HOUR_MS });
      expect((await store.claim(later, overBefore)) !== undefined).toBe(taken);
    });

    it('that was taken over past its end is held until its new end', async () => {
      const store = await open();
      await store.claim(aClaim());
      const second = aClaim({ runId: 'run-2', heldUntil: HELD_UNTIL + MINUTE_MS });
      expect(await store.claim(second, HELD_UNTIL + 1)).toBeDefined();
      expect(await store.claim({ ...second, runId: 'run-3' }, HELD_UNTIL + 2)).toBeUndefined();
    });

    it('of another slot or another table is free', async () => {
      const store = await open();
      await store.claim(aClaim());
      expect(await store.claim(aClaim({ id: 'id-of-Parcels/x' }))).toBeDefined();
    });

    it('that is given back is free', async () => {
      const store = await open();
      await store.release(await held(store, aClaim()));
      expect(await store.claim(aClaim({ runId: 'run-2' }))).toBeDefined();
    });

    it.each([
      { whom: 'another run', runId: 'run-2' },
      { whom: 'the same run, delivered again', runId: 'run-1' },
    ])('that $whom took over is not given back by whom it was taken from', async ({ runId }) => {
      const store = await open();
      const first = await held(store, aClaim());
      await held(store, aClaim({ runId, heldUntil: HELD_UNTIL + HOUR_MS }), HELD_UNTIL + 1);
      await store.release(first);
      expect(await store.claim(aClaim({ runId: 'run-3' }))).toBeUndefined();
    });

    it('that nobody holds can be given back without harm', async () => {
      const store = await open();
      await store.release({ id: aClaim().id, token: 'nobody' });
      expect(await store.claim(aClaim())).toBeDefined();
    });
  });
};

const describeTurns = (open: Open): void => {
  const aTurn = (changes: Partial<Turn> = {}): Turn => ({
    name: 'alert',
    now: NOW,
    heldUntil: NOW + MINUTE_MS,
    ...changes,
  });

  describe('a turn', () => {
    it('of many calls at once is taken by one', async () => {
      const store = await open();
      const taken = await Promise.all(Array.from({ length: 8 }, () => store.takeTurn(aTurn())));
      expect(taken.filter((held) => held !== undefined)).toHaveLength(1);
    });

    it.each([
      { name: 'is not free before its end', now: NOW + MINUTE_MS - 1, taken: false },
      { name: 'nor at its very end', now: NOW + MINUTE_MS, taken: false },
      { name: 'is free past its end', now: NOW + MINUTE_MS + 1, taken: true },
    ])('$name', async ({ now, taken }) => {
      const store = await open();
      expect(await store.takeTurn(aTurn())).toBeDefined();
      const later = await store.takeTurn(aTurn({ now, heldUntil: now + MINUTE_MS }));
      expect(later !== undefined).toBe(taken);
    });

    it('that is given back is free, and given back twice does no harm', async () => {
      const store = await open();
      const held = await store.takeTurn(aTurn());
      if (held === undefined) throw new Error('nobody holds it');
      await store.endTurn(held);
      await store.endTurn(held);
      expect(await store.takeTurn(aTurn())).toBeDefined();
    });

    it('is not given back by one who held it before', async () => {
      const store = await open();
      const first = await store.takeTurn(aTurn());
      const now = NOW + 2 * MINUTE_MS;
      expect(await store.takeTurn(aTurn({ now, heldUntil: now + MINUTE_MS }))).toBeDefined();
      if (first !== undefined) await store.endTurn(first);
      expect(await store.takeTurn(aTurn({ now, heldUntil: now + MINUTE_MS }))).toBeUndefined();
    });

    it('of another name is free, and no claim stands in its way', async () => {
      const store = await open();
      await store.takeTurn(aTurn());
      expect(await store.takeTurn(aTurn({ name: 'other' }))).toBeDefined();
      expect(await store.claim(aClaim({ id: 'alert' }))).toBeDefined();
    });
  });
};

const describeFindings = (open: Open): void => {
  describe('findings', () => {
    it('are none at first', async () => {
      expect(await (await open()).readFindings()).toEqual([]);
    });

    it('come back as they were saved, sorted by id', async () => {
      const store = await open();
      const told = aFinding('b/Orders', { notifiedAt: NOW + 5, fact: 'Größe: 5 GB\n„sehr“ groß' });
      const untold = aFinding('a/Orders');
      await store.saveFindings({ put: [told, untold], remove: [] });
      expect(await store.readFindings()).toEqual([untold, told]);
    });

    it('are written over and forgotten by id', async () => {
      const store = await open();
      await store.saveFindings({ put: [aFinding('a'), aFinding('b'), aFinding('c')], remove: [] });
      const worse = aFinding('b', { severity: 'warning' });
      await store.saveFindings({ put: [worse], remove: ['a', 'never-there'] });
      expect(await store.readFindings()).toEqual([worse, aFinding('c')]);
    });

    it('are read to the last page', async () => {
      const store = await open();
      const fact = 'x'.repeat(20_000);
      const many = Array.from({ length: 130 }, (_, index) =>
        aFinding(`f-${String(index).padStart(3, '0')}`, { fact }),
      );
      await store.saveFindings({ put: many.toReversed(), remove: [] });
      expect(await store.readFindings()).toEqual(many);
    });

    it('are not mixed with claims and memory', async () => {
      const store = await open();
      await store.claim(aClaim());
      await store.saveMemory(NOTHING, { pitrBaselines: [aBaseline('Orders')] });
      expect(await store.readFindings()).toEqual([]);
    });
  });
};

const tables = fc.uniqueArray(fc.constantFrom('Orders', 'Parcels', 'a.b', 'Z_9'), { maxLength: 4 });
const memories: fc.Arbitrary<Memory> = fc
  .record({
    names: tables,
    days: fc.integer({ min: 1, max: 3 }),
    count: fc.option(fc.integer({ min: 0, max: 2 })),
    digest: fc.option(
      fc.record(
        {
          digestedSlot: fc.constant(NOW - 1),
          sentAt: fc.constantFrom(NOW, NOW + 1),
          recoveryPointBytes: fc.nat(),
          tableBytes: fc.nat(),
          sizes: fc.dictionary(fc.constantFrom('a1', 'b2'), fc.option(fc.nat())),
        },
        { requiredKeys: ['digestedSlot', 'sentAt', 'recoveryPointBytes'] },
      ),
    ),
    turn: fc.option(fc.constantFrom('Orders', 'Zebra')),
    putOff: fc.option(fc.integer({ min: 1, max: 3 })),
  })
  .map(({ names, days, count, digest, turn, putOff }) => ({
    pitrBaselines: names.toSorted().map((name) => aBaseline(name, { recoveryPeriodDays: days })),
    ...(count !== null && { coverage: { tables: count, seenAt: NOW } }),
    ...(digest !== null && { digest }),
    ...(turn !== null && { pitrResumeAt: turn }),
    ...(putOff !== null && { deferred: aDeferral(putOff) }),
  }));

const describeMemory = (open: Open): void => {
  describe('memory', () => {
    it('is empty at first', async () => {
      expect(await (await open()).readMemory()).toEqual(NOTHING);
    });

    it('comes back as it was saved, baselines sorted by table', async () => {
      const store = await open();
      const memory = {
        coverage: { tables: 38, seenAt: NOW },
        mutes: [{ mutedTable: 'Mole', spells: [{ from: NOW - 9, until: NOW }] }],
        histories: [{ policy: 'standard', regimes: [A_REGIME, { ...A_REGIME, schedule: '0 4 * * *' }] }],
        losses: [{ table: 'Orders', tableId: 'id', policy: 'standard', madeAt: [NOW - 1, NOW] }],
        pitrBaselines: [aBaseline('Zebra', { restartedAt: NOW - 1 }), aBaseline('Mole')],
      };
      await store.saveMemory(NOTHING, memory);
      expect(await store.readMemory()).toEqual({
        ...memory,
        pitrBaselines: memory.pitrBaselines.toReversed(),
      });
    });

    it.each<Partial<Memory>>([
      { coverage: { tables: 38, seenAt: NOW } },
      { deferred: aDeferral(3) },
      { digest: { digestedSlot: NOW, sentAt: NOW, recoveryPointBytes: 7 } },
      { mutes: [{ mutedTable: 'Orders', spells: [{ from: 1, until: 2 }], renewedAt: 3 }] },
      { pitrResumeAt: 'Orders' },
      { goneLookedAt: NOW },
      {
        goneTables: [
          { goneTable: 'pr-1', tableId: 'id-1', policies: ['review'], since: NOW, held: true },
          { goneTable: 'pr-1', tableId: 'id-2', policies: [], since: 1, toldAt: 2, dueAt: 3, endedAt: 4 },
        ],
      },
      { subscribers: [{ protocol: 'email', endpoint: 'ops@example.com', wasConfirmed: true }] },
      { histories: [{ policy: 'standard', regimes: [A_REGIME] }] },
      { losses: [{ table: 'Orders', tableId: 'id', policy: 'standard', madeAt: [NOW - 1, NOW] }] },
      { pitrBaselines: [aBaseline('Orders')] },
    ])('forgets what is gone: %o', async (part) => {
      const store = await open();
      await store.saveMemory(NOTHING, { ...NOTHING, ...part });
      await store.saveMemory({ ...NOTHING, ...part }, NOTHING);
      expect(await store.readMemory()).toStrictEqual(NOTHING);
    });

    it('is what was saved last, whatever it was before', async () => {
      const store = await open();
      const history = fc.asyncProperty(
        fc.array(memories, { minLength: 1, maxLength: 4 }),
        async (versions) => {
          for (const after of versions) {
            await store.saveMemory(await store.readMemory(), after);
            expect(await store.readMemory()).toEqual(after);
          }
        },
      );
      await fc.assert(history, { numRuns: 8 });
    });
  });
};

const describeKept = (open: Open): void => {
  describe('what people keep of deleted tables', () => {
    const kept = { keptTable: 'pr-1', keptAt: NOW };

    it('is read back, once, until it is released, and no memory writes it over', async () => {
      const store = await open();
      expect(await store.readKept()).toEqual([]);
      await store.keepTable(kept);
      await store.keepTable(kept);
      await store.saveMemory(NOTHING, { ...NOTHING, goneLookedAt: NOW });
      await store.saveMemory({ ...NOTHING, goneLookedAt: NOW }, NOTHING);
      expect(await store.readMemory()).toStrictEqual(NOTHING);
      expect(await store.readKept()).toEqual([kept]);
      await store.releaseTable('pr-2');
      expect(await store.readKept()).toEqual([kept]);
      await store.releaseTable('pr-1');
      expect(await store.readKept()).toEqual([]);
    });
  });
};

/** Given how an empty store is opened, describes all that it must keep to. */
export const stateStoreSuite = (name: string, open: Open): void => {
  describe(name, () => {
    describeClaims(open);
    describeTurns(open);
    describeFindings(open);
    describeMemory(open);
    describeKept(open);
  });
};
