import { describe, expect, it } from 'vitest';
import { STOPPING_EXPIRY } from '../../../shared/core/findings/catalogue.ts';
import { allSeriesOf } from '../../../shared/core/scene/all-series.ts';
import { governedTables } from '../../../shared/core/scene/governed.ts';
import { ownPointsIn } from '../../../shared/core/scene/own-points.ts';
import { regimesOf } from '../../../shared/core/scene/regimes.ts';
import { DAY_MS, type Instant } from '../../../shared/model/instant.ts';
import type { OpenFinding } from '../../../shared/model/memory.ts';
import {
  anObservation,
  anOpenFinding,
  aPolicy,
  aRecoveryPoint,
  aTable,
  INSTANCE,
  LATEST_SLOT,
  NO_MEMORY,
  NOW,
  someDetails,
  somePolicies,
} from '../../support/world.ts';

const policies = somePolicies({
  policies: [aPolicy(), aPolicy({ name: 'weekly', schedule: '0 3 * * SUN' })],
});

const tables = [
  aTable({ tags: { 'backup:policy': 'standard+weekly' } }),
  aTable({ name: 'Users', tags: { 'backup:policy': 'standard', 'backup:hold': 'true' } }),
];

const { rpoMs } = aPolicy();
const SLOT = LATEST_SLOT - 2 * DAY_MS;

const allSeries = (openFindings: readonly OpenFinding[], createdAt: Instant = NOW - rpoMs) => {
  const recoveryPoints = [aRecoveryPoint({ slot: SLOT, createdAt })];
  const observation = anObservation({ tables, recoveryPoints });
  const input = { policies, instance: INSTANCE, observation, openFindings, memory: NO_MEMORY, now: NOW };
  const regimes = regimesOf(NO_MEMORY, policies, NOW);
  const governed = governedTables(policies, tables);
  const { own } = ownPointsIn(observation, INSTANCE);
  const scene = { clockSuspicious: undefined, concerns: { vaults: true }, governed, own, regimes };
  return allSeriesOf(input, scene, STOPPING_EXPIRY);
};

const failing = (openFindings: readonly OpenFinding[], createdAt?: Instant) =>
  allSeries(openFindings, createdAt)
    .filter(({ backupsFailing }) => backupsFailing)
    .map(({ table, policy }) => `${table} ${policy.name}`);

const open = (kind: OpenFinding['kind'], table: string, policy = 'standard') =>
  anOpenFinding({ id: `${kind}/${table}/${policy}`, kind, table });

it('there is one series for every table and policy that governs it', () => {
  expect(allSeries([])).toMatchObject([
    {
      table: 'Orders',
      policy: { name: 'standard' },
      confirmed: someDetails('Orders'),
      hold: false,
      gaps: [],
      points: [{ slot: SLOT }],
      latestSlot: LATEST_SLOT,
      backupsFailing: false,
      clockSuspicious: undefined,
    },
    { table: 'Orders', policy: { name: 'weekly' }, points: [], latestSlot: Date.UTC(2026, 10, 22, 3) },
    { table: 'Users', policy: { name: 'standard' }, hold: true, points: [] },
  ]);
});

describe('backups of a table count as failing', () => {
  it.each([
    { name: 'not without a finding', findings: [], tables: [] },
    {
      name: 'under all its policies, while those of one fail',
      findings: [open('backups-failing', 'Orders')],
      tables: ['Orders standard', 'Orders weekly'],
    },
    {
      name: 'while one was overdue and there is none since',
      findings: [open('recovery-point-overdue', 'Users')],
      tables: ['Users standard'],
    },
    {
      name: 'not when one was overdue and is as young as promised now',
      findings: [open('recovery-point-overdue', 'Orders')],
      tables: [],
    },
    { name: 'not for anything else', findings: [open('pitr-off', 'Orders')], tables: [] },
  ])('$name', ({ findings, tables: expected }) => {
    expect(failing(findings)).toEqual(expected);
  });

  it('when one was overdue and is older than promised still', () => {
    expect(failing([open('recovery-point-overdue', 'Orders')], NOW - rpoMs - 1)).toEqual([
      'Orders standard',
      'Orders weekly',
    ]);
  });
});
