import { describe, expect, it } from 'vitest';
import { guardrailRefusal, type Weighed } from '../../../shared/core/plan/guardrail.ts';
import { ownPoints } from '../../../shared/core/plan/own-points.ts';
import type { RecoveryPoint } from '../../../shared/model/recovery-point.ts';
import { anExpire } from '../../support/attempts.ts';
import { aRecoveryPoint, dailyRecoveryPoints, INSTANCE } from '../../support/world.ts';

const LIMITS = { maxShare: 0.5, floor: 5 };

const expiriesOf = (policy: string, count: number) =>
  dailyRecoveryPoints(count, { policy }).map((recoveryPoint) => anExpire({ policy, recoveryPoint }));

const weigh = (points: readonly RecoveryPoint[], weighed: Partial<Weighed>) =>
  guardrailRefusal({
    expiries: [],
    own: ownPoints(points, INSTANCE).values(),
    limits: LIMITS,
    digest: 'this-set',
    ...weighed,
  });

describe('the guardrail', () => {
  it.each([
    { name: 'lets the floor go, whatever the share', expiries: 5, available: 5, holds: false },
    { name: 'holds one more than the floor', expiries: 6, available: 6, holds: true },
    { name: 'lets exactly the share go', expiries: 6, available: 12, holds: false },
    { name: 'holds one more than the share', expiries: 7, available: 13, holds: true },
  ])('$name', ({ expiries, available, holds }) => {
    const refusal = weigh(dailyRecoveryPoints(available), { expiries: expiriesOf('standard', expiries) });
    const excess = { expiries, available };
    const excesses = [excess, { policy: 'standard', ...excess }];
    expect(refusal).toEqual(holds ? { digest: 'this-set', limits: LIMITS, excesses } : undefined);
  });

  it('counts only what is available', () => {
    const points = [
      ...dailyRecoveryPoints(11),
      aRecoveryPoint({ id: 'x', status: 'creating' }),
      aRecoveryPoint({ id: 'y', status: 'deleted' }),
    ];
    expect(weigh(points, { expiries: expiriesOf('standard', 6) })?.excesses[0]).toEqual({
      expiries: 6,
      available: 11,
    });
  });

  it('counts all tables of a policy, and names those that are over in order, the whole plan first', () => {
    const points = ['weekly', 'monthly', 'standard'].flatMap((policy) => [
      ...dailyRecoveryPoints(6, { policy }),
      ...dailyRecoveryPoints(4, { policy, tableName: 'Users' }),
    ]);
    const expiries = [...expiriesOf('weekly', 6), ...expiriesOf('standard', 5), ...expiriesOf('monthly', 7)];
    const excesses = [
      { expiries: 18, available: 30 },
      { policy: 'monthly', expiries: 7, available: 10 },
      { policy: 'weekly', expiries: 6, available: 10 },
    ];
    expect(weigh(points, { expiries })?.excesses).toEqual(excesses);
    expect(weigh(points, { expiries: expiries.toReversed() })?.excesses).toEqual(excesses);
  });

  it('lets the very set go that a person approved', () => {
    const expiries = expiriesOf('standard', 9);
    expect(weigh([], { expiries, approvedDigest: 'this-set' })).toBeUndefined();
    expect(weigh([], { expiries, approvedDigest: 'that-set' })).toMatchObject({ digest: 'this-set' });
  });
});
