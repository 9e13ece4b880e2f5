import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inOrder } from '../../../shared/core/plan/order.ts';
import type { Action } from '../../../shared/model/action.ts';
import { aCreate, anExpire, aRepair } from '../../support/attempts.ts';
import { aRecoveryPoint } from '../../support/world.ts';

const expire = (table: string, policy: string, id: string): Action =>
  anExpire({ table, policy, recoveryPoint: aRecoveryPoint({ tableName: table, policy, id }) });

const SORTED: readonly Action[] = [
  aCreate({ table: 'z', urgency: 3 }),
  aCreate({ table: 'b', urgency: 2 }),
  aCreate({ table: 'a', policy: 'monthly', name: 'y' }),
  aCreate({ table: 'a', policy: 'standard', name: 'x' }),
  aCreate({ table: 'a', policy: 'standard', name: 'y' }),
  aCreate({ table: 'b', policy: 'monthly', name: 'x' }),
  aRepair({ table: 'a' }),
  aRepair({ table: 'b' }),
  aRepair({ table: 'c' }),
  expire('a', 'monthly', '2'),
  expire('a', 'standard', '1'),
  expire('a', 'standard', '2'),
  expire('b', 'monthly', '1'),
];

it('actions stand in the same order, however they were given', () => {
  fc.assert(
    fc.property(fc.shuffledSubarray([...SORTED], { minLength: SORTED.length }), (actions) => {
      expect(inOrder(actions)).toEqual(SORTED);
    }),
  );
});

describe('two equal actions', () => {
  it('both stay', () => {
    expect(inOrder([aRepair(), aRepair()])).toEqual([aRepair(), aRepair()]);
  });
});
