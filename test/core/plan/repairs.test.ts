import { describe, expect, it } from 'vitest';
import type { PitrPromise, Policy } from '../../../shared/model/policy.ts';
import type { TaggedTable } from '../../../shared/model/table.ts';
import { plan } from '../../support/decide-plan.ts';
import {
  anObservation,
  aPitr,
  aPolicy,
  aPolicyWithoutPitr,
  aTable,
  aTaggedTable,
  PITR_OFF,
  someDetails,
  somePolicies,
} from '../../support/world.ts';
import { aPlanInput } from './plan-input.ts';

const promising = (name: string, recoveryPeriodDays: number, onDrift: PitrPromise['onDrift']): Policy =>
  aPolicy({ name, pitr: { recoveryPeriodDays, onDrift } });

const POLICIES = [
  promising('alert35', 35, 'alert'),
  aPolicyWithoutPitr({ name: 'none-promised' }),
  promising('repair35', 35, 'repair'),
  promising('repair7', 7, 'repair'),
];

const repairs = (tag: string, table: Partial<TaggedTable>) => {
  const policies = somePolicies({ policies: POLICIES });
  const tables = [aTable({ tags: { 'backup:policy': tag }, ...table })];
  return plan(aPlanInput({ policies, observation: anObservation({ tables }) })).actions;
};

describe('point-in-time recovery is repaired', () => {
  it.each([
    {
      name: 'when it is off',
      tag: 'repair35',
      pitr: PITR_OFF,
      days: 35,
      reason: 'point-in-time recovery is off; the policy promises 35 days',
    },
    {
      name: 'when its period is shorter than promised',
      tag: 'repair35',
      pitr: aPitr({ recoveryPeriodDays: 7 }),
      days: 35,
      reason: 'the recovery period is 7 days; the policy promises 35 days',
    },
    {
      name: 'with the longest period that any policy of the table promises',
      tag: 'repair7+alert35',
      pitr: PITR_OFF,
      days: 35,
      reason: 'point-in-time recovery is off; the policy promises 7 days',
    },
    {
      name: 'beside a policy that promises none',
      tag: 'repair35+none-promised',
      pitr: PITR_OFF,
      days: 35,
      reason: 'point-in-time recovery is off; the policy promises 35 days',
    },
    {
      name: 'while the table is being updated',
      tag: 'repair35',
      pitr: PITR_OFF,
      details: someDetails('Orders', { status: 'UPDATING' }),
      days: 35,
      reason: 'point-in-time recovery is off; the policy promises 35 days',
    },
  ])('$name', ({ tag, pitr, details = someDetails('Orders'), days, reason }) => {
    expect(repairs(tag, { pitr, details })).toEqual([
      { kind: 'enable-pitr', table: 'Orders', tableId: 'id-of-Orders', recoveryPeriodDays: days, reason },
    ]);
  });
});

describe('point-in-time recovery is left alone', () => {
  it.each([
    { name: 'when it is as promised', tag: 'repair35', table: { pitr: aPitr() } },
    { name: 'when its period is longer than promised', tag: 'repair7', table: { pitr: aPitr() } },
    { name: 'where the policy only tells', tag: 'alert35', table: { pitr: PITR_OFF } },
    { name: 'where no policy promises it', tag: 'none-promised', table: { pitr: PITR_OFF } },
    { name: 'where the table opted out', tag: 'none', table: { pitr: PITR_OFF } },
    {
      name: 'where only a promise that is told is broken',
      tag: 'repair7+alert35',
      table: { pitr: aPitr({ recoveryPeriodDays: 7 }) },
    },
    {
      name: 'when its period was not told',
      tag: 'repair35',
      table: { pitr: { enabled: true } },
    },
    {
      name: 'while the table is being deleted',
      tag: 'repair35',
      table: { pitr: PITR_OFF, details: someDetails('Orders', { status: 'DELETING' }) },
    },
  ])('$name', ({ tag, table }) => {
    expect(repairs(tag, table)).toEqual([]);
  });

  it('when it was not read, or the table not confirmed', () => {
    const policies = somePolicies({ policies: POLICIES });
    const tags = { 'backup:policy': 'repair35' };
    const tables = [
      aTaggedTable({ name: 'NotRead', tags, details: someDetails('NotRead') }),
      aTaggedTable({ name: 'NotConfirmed', tags, pitr: PITR_OFF }),
    ];
    expect(plan(aPlanInput({ policies, observation: anObservation({ tables }) })).actions).toEqual([]);
  });
});
