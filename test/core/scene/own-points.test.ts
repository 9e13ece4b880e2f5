import { describe, expect, it } from 'vitest';
import { ownPointsIn, seriesKey, unavailableIn } from '../../../shared/core/scene/own-points.ts';
import { DAY_MS, MINUTE_MS } from '../../../shared/model/instant.ts';
import type { RecoveryPoint } from '../../../shared/model/recovery-point.ts';
import { aRecoveryPoint, INSTANCE, LATEST_SLOT, TARGET } from '../../support/world.ts';

const seen = (recoveryPoints: readonly RecoveryPoint[]) => ({ recoveryPoints, target: TARGET });

const own = (...points: readonly RecoveryPoint[]) => ownPointsIn(seen(points), INSTANCE).own;

const idsOf = (...points: readonly RecoveryPoint[]) =>
  own(...points)
    .get(seriesKey('Orders', 'standard'))
    ?.points.map(({ recoveryPoint }) => recoveryPoint.id);

describe('the recovery points of this deployment', () => {
  it('are those whose name says so', () => {
    const foreign = [
      aRecoveryPoint({ instance: 'staging' }),
      aRecoveryPoint({ name: 'before-the-migration' }),
      aRecoveryPoint({ name: 'tablekeeper.prod.standard.20261123T030000Z.copy' }),
    ];
    expect(own(...foreign).size).toBe(0);
    expect(own(...foreign, aRecoveryPoint())).toEqual(
      new Map([
        [
          'Orders standard',
          {
            table: 'Orders',
            policy: 'standard',
            points: [
              {
                recoveryPoint: aRecoveryPoint(),
                origin: { instance: 'prod', policy: 'standard', slot: LATEST_SLOT },
                slot: LATEST_SLOT,
              },
            ],
            facts: {
              oldestMadeAt: aRecoveryPoint().createdAt,
              newestSlot: LATEST_SLOT,
              aheadMs: LATEST_SLOT - aRecoveryPoint().createdAt,
              tableIds: new Set([aRecoveryPoint().tableId]),
              areAvailable: true,
              leastBytes: aRecoveryPoint().sizeBytes,
              mostBytes: aRecoveryPoint().sizeBytes,
            },
          },
        ],
      ]),
    );
  });

  it('stand by table and policy, in order', () => {
    const points = ['b', 'a-b', 'a'].flatMap((tableName) => [
      aRecoveryPoint({ tableName, policy: 'weekly' }),
      aRecoveryPoint({ tableName }),
    ]);
    const inOrder = ['a standard', 'a weekly', 'a-b standard', 'a-b weekly', 'b standard', 'b weekly'];
    expect([...own(...points).keys()]).toEqual(inOrder);
    expect([...own(...points.toReversed()).keys()]).toEqual(inOrder);
  });

  it('stand newest slot first, then last made first, then by id', () => {
    const at = (id: string, daysAgo: number, lateMinutes: number) => {
      const slot = LATEST_SLOT - daysAgo * DAY_MS;
      return aRecoveryPoint({ id, slot, createdAt: slot + lateMinutes * MINUTE_MS });
    };
    const points = [at('e', 1, 2_000), at('c', 0, 9), at('a', 0, 5), at('b', 0, 5), at('d', 1, 2_001)];
    expect(idsOf(...points)).toEqual(['c', 'a', 'b', 'd', 'e']);
    expect(idsOf(...points.toReversed())).toEqual(['c', 'a', 'b', 'd', 'e']);
  });
});

describe('what the recovery points of a series have in common', () => {
  const older = aRecoveryPoint({ slot: LATEST_SLOT - DAY_MS, tableId: 'former', sizeBytes: 7 });
  const ahead = aRecoveryPoint({ slot: LATEST_SLOT + DAY_MS, createdAt: LATEST_SLOT, sizeBytes: 9e9 });
  const making = aRecoveryPoint({ status: 'creating' });

  it('is found in any order', () => {
    const points = [older, ahead, making];
    const facts = own(...points).get(seriesKey('Orders', 'standard'))?.facts;
    expect(facts).toEqual({
      oldestMadeAt: older.createdAt,
      newestSlot: LATEST_SLOT + DAY_MS,
      aheadMs: DAY_MS,
      tableIds: new Set(['former', making.tableId]),
      areAvailable: false,
      leastBytes: Math.min(7, making.sizeBytes),
      mostBytes: 9e9,
    });
    const reversed = own(...points.toReversed()).get(seriesKey('Orders', 'standard'))?.facts;
    expect(reversed).toEqual(facts);
  });

  it('leads to those that cannot be restored, or not yet', () => {
    const found = unavailableIn(own(older, ahead, making));
    expect(found.map(({ recoveryPoint }) => recoveryPoint)).toEqual([making]);
  });
});

describe('a copy', () => {
  const source = aRecoveryPoint();
  const abroad: RecoveryPoint = { ...source, id: 'abroad', engine: 'aws-backup' };
  const elsewhere = (target: Partial<typeof TARGET>) => ({ target: { ...TARGET, ...target }, vault: 'dr' });

  it.each<{ name: string; copy: RecoveryPoint }>([
    {
      name: 'in another Region',
      copy: { ...abroad, copyOf: source.id, location: elsewhere({ region: 'eu-west-1' }) },
    },
    {
      name: 'in another account',
      copy: { ...abroad, copyOf: source.id, location: elsewhere({ accountId: '444455556666' }) },
    },
    { name: 'that was copied back', copy: { ...abroad, copyOf: source.id } },
    {
      name: 'that does not say what it was copied from',
      copy: { ...abroad, location: elsewhere({ region: 'eu-west-1' }) },
    },
  ])('$name stands apart from its series', ({ copy }) => {
    expect(idsOf(source, copy)).toEqual([source.id]);
    expect(own(copy).size).toBe(0);
    const copies = ownPointsIn(seen([source, copy]), INSTANCE).copies.get(seriesKey('Orders', 'standard'));
    expect(copies?.points.map(({ recoveryPoint }) => recoveryPoint.id)).toEqual(['abroad']);
  });

  it("of another deployment's is nobody's here", () => {
    const foreign = aRecoveryPoint({ instance: 'staging', copyOf: 'theirs' });
    expect(ownPointsIn(seen([foreign]), INSTANCE).copies.size).toBe(0);
  });
});
