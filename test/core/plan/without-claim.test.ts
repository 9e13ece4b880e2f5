import { expect, it } from 'vitest';
import { mayGoWithoutClaim } from '../../../shared/core/plan/deferred.ts';
import type { CreateAction } from '../../../shared/model/action.ts';
import { HOUR_MS, MINUTE_MS } from '../../../shared/model/instant.ts';
import { aPolicy, LATEST_SLOT, somePolicies } from '../../support/world.ts';

const ACTION: CreateAction = {
  kind: 'create',
  engine: 'dynamodb',
  table: 'Orders',
  tableId: 'id-of-Orders',
  policy: 'standard',
  slot: LATEST_SLOT,
  name: 'tablekeeper.prod.standard.20261123T030000Z',
  urgency: 0.5,
  reason: 'due',
};

it.each([
  { name: 'at once where there is no table', isTableMissing: true, afterMs: 0, may: true },
  {
    name: 'not in a list with a gap, table or not',
    isTableMissing: true,
    isWhole: false,
    afterMs: 9 * HOUR_MS,
    may: false,
  },
  { name: 'not at once where the table does not answer', afterMs: MINUTE_MS, may: false },
  { name: 'not before two hours', afterMs: 2 * HOUR_MS - 1, may: false },
  { name: 'after two hours', afterMs: 2 * HOUR_MS, may: true },
  { name: 'never in a list with a gap', isWhole: false, afterMs: 9 * HOUR_MS, may: false },
  {
    name: 'of every four hours, after half of them',
    schedule: '0 3,6,9 * * *',
    slotHour: 6,
    afterMs: 1.5 * HOUR_MS,
    may: true,
  },
  {
    name: 'of every hour, at once: the next slot is near',
    schedule: '0 * * * *',
    afterMs: MINUTE_MS,
    may: true,
  },
  { name: 'of a policy that is not known, after two hours', policy: 'gone', afterMs: 2 * HOUR_MS, may: true },
])('a recovery point is made without a claim: $name', (given) => {
  const {
    isTableMissing = false,
    isWhole = true,
    schedule = '0 3 * * *',
    policy = 'standard',
    afterMs,
    may,
  } = given;
  const slot = LATEST_SLOT + ((given.slotHour ?? 3) - 3) * HOUR_MS;
  const trouble = {
    isTableMissing,
    listIsWhole: isWhole,
    policies: somePolicies({ policies: [aPolicy({ schedule })] }),
    now: slot + afterMs,
  };
  expect(mayGoWithoutClaim({ ...ACTION, policy, slot }, trouble)).toBe(may);
});
