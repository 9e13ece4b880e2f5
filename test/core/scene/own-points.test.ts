import { describe, expect, it } from 'vitest';
import { ownedCopies, ownedRecoveryPoints, streamKey } from '../../../shared/core/scene/own-points.ts';
import { DAY_MS, MINUTE_MS } from '../../../shared/model/instant.ts';
import type { RecoveryPoint } from '../../../shared/model/recovery-point.ts';
import { aRecoveryPoint, INSTANCE, LATEST_SLOT, TARGET } from '../../support/world.ts';

const seen = (recoveryPoints: readonly RecoveryPoint[]) => ({ recoveryPoints, target: TARGET });

const own = (...points: readonly RecoveryPoint[]) => ownedRecoveryPoints(seen(points), INSTANCE);

const idsOf = (...points: readonly RecoveryPoint[]) =>
  own(...points)
    .get(streamKey('Orders', 'standard'))
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
    const copies = ownedCopies(seen([source, copy]), INSTANCE).get(streamKey('Orders', 'standard'));
    expect(copies?.points.map(({ recoveryPoint }) => recoveryPoint.id)).toEqual(['abroad']);
  });

  it("of another deployment's is nobody's here", () => {
    const foreign = aRecoveryPoint({ instance: 'staging', copyOf: 'theirs' });
    expect(ownedCopies(seen([foreign]), INSTANCE).size).toBe(0);
  });
});
