import fc from 'fast-check';
import { expect, it } from 'vitest';
import { mutedBy } from '../../shared/core/alert/explained.ts';
import { STOPPING_EXPIRY } from '../../shared/core/findings/catalogue.ts';
import { guardrailVerdict } from '../../shared/core/plan/guardrail.ts';
import { type PlanInput, sceneOf } from '../../shared/core/scene/scene.ts';
import { type Concerns, concernsOf } from '../../shared/core/scene/scope.ts';
import { DAY_MS, HOUR_MS } from '../../shared/model/instant.ts';
import type { Memory } from '../../shared/model/memory.ts';
import type { Observation } from '../../shared/model/observation.ts';
import type { Policies } from '../../shared/model/policy.ts';
import { aWorld } from '../core/plan/random-worlds.ts';
import { plan } from '../support/decide-plan.ts';
import { aFailure } from '../support/failures.ts';
import { aCopyJob, aVaultJob, aVaultPoint, DR, VAULT_ARN } from '../support/vaults.ts';
import { anOpenFinding, LATEST_SLOT, NOW, tableIdOf } from '../support/world.ts';

// What a run is not concerned with it does not enter. That is right only where entering it would have changed nothing.

const EVERYTHING: Concerns = { vaults: true, goneTables: true, mutes: true, tableNames: true, pitr: true };

/** Something that only some deployments have, added to a world. */
type Addition = (world: PlanInput) => PlanInput;

const observed =
  (more: (seen: Observation) => Partial<Observation>): Addition =>
  (world) => ({ ...world, observation: { ...world.observation, ...more(world.observation) } });

const remembered =
  (more: Partial<Memory>): Addition =>
  (world) => ({ ...world, memory: { ...world.memory, ...more } });

const ruled =
  (change: (policy: Policies['policies'][number]) => Policies['policies'][number]): Addition =>
  (world) => ({
    ...world,
    policies: {
      ...world.policies,
      policies: world.policies.policies.map((one) => (one.name === 'standard' ? change(one) : one)),
    },
  });

const vault = { name: 'tablekeeper', startWindowMinutes: 480, copyTo: [] };
const copyTo = [{ vaultArn: DR, deleteAfterDays: 30 }];
const { id } = aVaultPoint();
const noted = {
  id,
  vault: VAULT_ARN,
  policy: 'standard',
  slot: LATEST_SLOT,
  tableId: tableIdOf('Orders'),
  createdAt: LATEST_SLOT + HOUR_MS / 60,
};
const copied = {
  vault: DR,
  attempt: 1,
  jobId: 'copy-1',
  state: 'completed',
  id: 'copy',
  startedAt: NOW,
} as const;
const record = { recordedTable: 'Orders', version: 1, points: [{ ...noted, copies: [copied] }] } as const;
const protection = {
  table: 'Gone',
  tableId: tableIdOf('Gone'),
  promises: [{ name: 'standard', rpoMs: DAY_MS, pitrDays: 35 }],
};
const gone = {
  goneTable: 'Gone',
  tableId: tableIdOf('Gone'),
  policies: ['standard'],
  since: NOW - 9 * DAY_MS,
};
const baseline = {
  table: 'Orders',
  tableId: tableIdOf('Orders'),
  earliestRestorableAt: NOW - 20 * DAY_MS,
  recoveryPeriodDays: 35,
};
const asksForMute = (until: string): Addition =>
  observed(({ tables }) => ({
    tables: tables.map((table, at) =>
      at === 0 ? { ...table, tags: { ...table.tags, 'backup:mute-until': until } } : table,
    ),
  }));
const muted = anOpenFinding({ id: 'muted/Hidden', kind: 'muted', table: 'Hidden', until: NOW + DAY_MS });
const hidden = anOpenFinding({ id: 'pitr-off/Hidden', table: 'Hidden' });
/** The list of tags ends before the table. */
const hides: Addition = (world) =>
  observed(({ gaps }) => ({ gaps: [...gaps, { facet: 'tags', failure: aFailure() }] }))({
    ...world,
    openFindings: [...world.openFindings, muted, hidden],
  });

const ADDITIONS: Readonly<Record<string, Addition>> = {
  'a policy of a vault': ruled((policy) => ({ ...policy, engine: 'aws-backup', vault })),
  'a policy that copies': ruled((policy) => ({
    ...policy,
    engine: 'aws-backup',
    vault: { ...vault, copyTo },
  })),
  'a look into vaults': observed(({ facets }) => ({ facets: [...facets, 'vaults'], jobs: [] })),
  'a point in a vault': observed(({ recoveryPoints }) => ({
    recoveryPoints: [...recoveryPoints, aVaultPoint()],
  })),
  'a stranger in a vault': observed(({ recoveryPoints }) => {
    const { origin: _, ...stranger } = aVaultPoint({ id: `${id}-stranger` });
    return { recoveryPoints: [...recoveryPoints, stranger] };
  }),
  jobs: observed(() => ({ jobs: [aVaultJob(), aCopyJob()] })),
  'a vault that cannot be read': observed(({ gaps }) => ({
    gaps: [...gaps, { facet: 'vaults', vault: VAULT_ARN, failure: aFailure() }],
  })),
  'vaults remembered': remembered({ vaultRecords: [record] }),
  'no vaults remembered': remembered({ vaultRecords: [] }),
  'copies asked for': remembered({ copiesAsked: [{ policy: 'standard', vault: DR, since: NOW - DAY_MS }] }),
  'an end of deleted tables': ruled((policy) => ({ ...policy, afterDeletion: { keepMs: DAY_MS } })),
  'a gone table remembered': remembered({ goneTables: [gone] }),
  'a look for gone tables': remembered({ goneLookedAt: NOW - HOUR_MS }),
  'a mute': asksForMute('2026-12-01'),
  'a mute that cannot be read': asksForMute('soon'),
  'a mute that is over': asksForMute('2026-11-01'),
  'mutes remembered': remembered({
    mutes: [{ mutedTable: 'Orders', spells: [{ from: NOW - 80 * DAY_MS, until: NOW + DAY_MS }] }],
  }),
  'a mute reported of a table that is not seen': hides,
  'protections remembered': remembered({
    protections: [protection, { ...protection, table: 'Orders', tableId: tableIdOf('Orders') }],
    coverage: { tables: 3, seenAt: NOW - HOUR_MS },
  }),
  'windows remembered': remembered({ pitrBaselines: [baseline, { ...baseline, table: 'Gone' }] }),
  'series remembered': remembered({
    series: [
      {
        table: 'Orders',
        tableId: tableIdOf('Orders'),
        policy: 'standard',
        seen: [NOW - 3 * DAY_MS, NOW - DAY_MS],
      },
    ],
  }),
  'losses remembered': remembered({
    losses: [
      { table: 'Orders', tableId: tableIdOf('Orders'), policy: 'standard', madeAt: [NOW - 2 * DAY_MS] },
    ],
  }),
};

const doubtsClock: Addition = (world) => ({ ...world, eventTime: NOW + DAY_MS });

/** Worlds with one or a few of these in them, and with none. */
const anyWorld: fc.Arbitrary<PlanInput> = fc
  .tuple(
    aWorld(),
    fc.oneof(
      { weight: 4, arbitrary: fc.subarray(Object.values(ADDITIONS), { maxLength: 3 }) },
      { weight: 1, arbitrary: fc.constantFrom(...Object.values(ADDITIONS)).map((one) => [doubtsClock, one]) },
    ),
  )
  .map(([world, additions]) => additions.reduce((given, addTo) => addTo(given), world));

it('a plan is the same whether or not a run enters what it is not concerned with', () => {
  fc.assert(
    fc.property(anyWorld, (world) => {
      const whole = sceneOf(world, STOPPING_EXPIRY, undefined, EVERYTHING);
      const given = sceneOf(world, STOPPING_EXPIRY);
      expect({ ...given, concerns: EVERYTHING }).toStrictEqual(whole);
      expect(plan(world, given)).toStrictEqual(plan(world, whole));
      const again = sceneOf(world, STOPPING_EXPIRY, given);
      expect(plan(world, again)).toStrictEqual(plan(world, whole));
    }),
    { numRuns: 400 },
  );
});

it('the guardrail refuses nothing and remembers nothing where nothing would expire and nothing is remembered', () => {
  fc.assert(
    fc.property(anyWorld, (world) => {
      const { allSeries, regimes } = sceneOf(world, STOPPING_EXPIRY);
      const limits = world.policies.guardrail;
      const weighed = { allSeries, expiries: [], limits, memory: {}, now: NOW, regimes };
      const verdict = { refusal: undefined, losses: [] };
      expect(guardrailVerdict({ ...weighed, digest: 'none' })).toEqual(verdict);
      expect(guardrailVerdict({ ...weighed, digest: 'none', approvedDigest: 'none' })).toEqual(verdict);
    }),
  );
});

it('nothing is muted where a run is not concerned with mutes', () => {
  fc.assert(
    fc.property(anyWorld, (world) => {
      const { findings, memory } = plan(world);
      const isMuted = mutedBy({ ...world, memory });
      const isAnyMuted = [...findings, ...world.openFindings].some((one) =>
        isMuted({ openedAt: NOW, ...one }),
      );
      expect(isAnyMuted && !concernsOf(world).mutes).toBe(false);
    }),
    { numRuns: 200 },
  );
});

it.each(Object.keys(EVERYTHING))('worlds with and without %s are tried', (concern) => {
  const worlds = fc.sample(anyWorld, { numRuns: 100, seed: 1 });
  const answers = worlds.map(
    (world) => Object.entries(concernsOf(world)).find(([name]) => name === concern)?.[1],
  );
  expect(new Set(answers)).toEqual(new Set([true, false]));
});
