import { describe, expect, it } from 'vitest';
import { withOutcomes } from '../../../shared/core/plan/vault-outcomes.ts';
import { nextVaultRecords } from '../../../shared/core/plan/vault-records.ts';
import { knownOrigins, vaultsToLook } from '../../../shared/core/scene/vault-look.ts';
import type { Action } from '../../../shared/model/action.ts';
import { ownFailure } from '../../../shared/model/failure.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../../shared/model/instant.ts';
import type { CopyJob, Job } from '../../../shared/model/job.ts';
import type { Memory } from '../../../shared/model/memory.ts';
import type { Observation } from '../../../shared/model/observation.ts';
import type { Mode, Plan } from '../../../shared/model/plan.ts';
import type { CopyDestination, Policy } from '../../../shared/model/policy.ts';
import type { RecoveryPoint } from '../../../shared/model/recovery-point.ts';
import type { KnownCopy, VaultRecord } from '../../../shared/model/vault-record.ts';
import { plan } from '../../support/decide-plan.ts';
import { aFailure } from '../../support/failures.ts';
import {
  aCopyJob,
  aVaultJob,
  aVaultObservation,
  aVaultPoint,
  aVaultPolicy,
  DR,
  FAR,
  VAULT_ARN,
} from '../../support/vaults.ts';
import {
  aTable,
  INSTANCE,
  LATEST_SLOT,
  NO_MEMORY,
  NOW,
  somePolicies,
  TARGET,
  tableIdOf,
} from '../../support/world.ts';

interface World extends Partial<Observation> {
  readonly mode?: Mode;
  readonly memory?: Memory;
  readonly copyTo?: readonly CopyDestination[];
  readonly policies?: never;
  readonly policy?: Partial<Policy>;
  readonly more?: readonly Policy[];
}

const planned = ({ mode = 'protect', memory = NO_MEMORY, copyTo, policy, more = [], ...seen }: World): Plan =>
  plan({
    policies: somePolicies({ policies: [aVaultPolicy(copyTo, policy), ...more] }),
    instance: INSTANCE,
    observation: aVaultObservation(seen),
    memory,
    openFindings: [],
    mode,
    now: NOW,
  });

const attemptOf = (action: Action | undefined): number | undefined =>
  action?.kind === 'create' ? action.job?.attempt : undefined;

const daily = (count: number, given: Partial<RecoveryPoint> = {}): readonly RecoveryPoint[] =>
  Array.from({ length: count }, (_, day) =>
    aVaultPoint({ slot: LATEST_SLOT - (count - 1 - day) * DAY_MS, ...given }),
  );

const ids = ({ actions }: Plan): readonly string[] =>
  actions.map((action) => (action.kind === 'expire' ? action.recoveryPoint.id : action.kind));

const record = (given: Partial<VaultRecord> = {}): VaultRecord => ({
  recordedTable: 'Orders',
  version: 1,
  points: [],
  ...given,
});

const remembering = (...vaultRecords: readonly VaultRecord[]): Memory => ({ ...NO_MEMORY, vaultRecords });

describe('a slot under a policy of a vault', () => {
  it('is asked for with its mark, its window and its attempt', () => {
    expect(planned({}).actions).toMatchObject([
      {
        kind: 'create',
        engine: 'aws-backup',
        job: {
          vault: 'tablekeeper',
          attempt: 1,
          startWindowMinutes: 480,
          mark: `1/${TARGET.accountId}/${TARGET.region}/tablekeeper/tablekeeper.prod.standard.20261123T030000Z/${tableIdOf('Orders')}`,
        },
      },
    ]);
  });

  it.each<{ name: string; jobs: readonly Job[] }>([
    { name: 'that runs', jobs: [aVaultJob()] },
    { name: 'that waits', jobs: [aVaultJob({ state: 'waiting' })] },
    { name: 'in a state that nobody knows', jobs: [aVaultJob({ state: 'unknown' })] },
    {
      name: 'that completed just now and is not listed',
      jobs: [aVaultJob({ state: 'completed', endedAt: NOW - MINUTE_MS })],
    },
  ])('is filled by a job of its own $name', ({ jobs }) => {
    expect(planned({ jobs }).actions).toEqual([]);
  });

  it.each<{ name: string; jobs: readonly Job[]; attempt: number }>([
    {
      name: 'failed',
      jobs: [aVaultJob({ state: 'failed', cause: 'internal', endedAt: NOW - HOUR_MS })],
      attempt: 2,
    },
    {
      name: 'expired and was cut off',
      jobs: [
        aVaultJob({ state: 'expired', cause: 'never-started', endedAt: NOW - HOUR_MS }),
        aVaultJob({
          id: 'job-2',
          state: 'expired',
          cause: 'cut-off',
          createdAt: LATEST_SLOT + HOUR_MS,
          endedAt: NOW,
        }),
      ],
      attempt: 3,
    },
    {
      name: 'completed hours ago and left nothing',
      jobs: [aVaultJob({ state: 'completed', endedAt: NOW - 2 * HOUR_MS + 1 - MINUTE_MS })],
      attempt: 2,
    },
  ])('is asked for again where its job $name', ({ jobs, attempt }) => {
    const [action] = planned({ jobs }).actions;
    expect(attemptOf(action)).toBe(attempt);
    expect(action).not.toHaveProperty('waits');
  });

  it('counts the attempts that it noted, also those that AWS lists no more', () => {
    const attempts = [
      {
        jobId: 'gone',
        policy: 'standard',
        slot: LATEST_SLOT,
        tableId: tableIdOf('Orders'),
        attempt: 4,
        startedAt: NOW - 3 * HOUR_MS,
      },
    ];
    const [action] = planned({ memory: remembering(record({ attempts })) }).actions;
    expect(attemptOf(action)).toBe(5);
  });

  it.each<{ name: string; job: Job }>([
    { name: 'a plan', job: aVaultJob({ isOwn: false, plan: 'plan-a', vault: DR }) },
    { name: 'a person', job: aVaultJob({ isOwn: false }) },
    { name: 'a copy that runs', job: aCopyJob() },
    { name: 'another policy', job: aVaultJob({ vault: DR }) },
  ])('waits for $name', ({ job }) => {
    expect(planned({ jobs: [job] }).actions).toMatchObject([
      { kind: 'create', waits: { code: 'job-going-on' } },
    ]);
  });

  it.each<{ name: string; job: Job }>([
    { name: 'a copy that waits', job: aCopyJob({ state: 'waiting' }) },
    { name: 'a job that ended', job: aVaultJob({ isOwn: false, state: 'completed' }) },
    { name: 'a job of another table', job: aVaultJob({ isOwn: false, table: 'Users' }) },
    {
      name: 'a job in a state that nobody has known for days',
      job: aVaultJob({ isOwn: false, state: 'unknown', createdAt: NOW - 3 * DAY_MS }),
    },
  ])('does not wait for $name', ({ job }) => {
    const [action] = planned({ jobs: [job] }).actions;
    expect(action).not.toHaveProperty('waits');
  });

  it('of an earlier table of the name is none of this one', () => {
    const details = { ...aTable().details, createdAt: LATEST_SLOT + HOUR_MS, tableId: 'new' };
    const tables = [aTable({ details: { status: 'ACTIVE', sizeBytes: 1, ...details } })];
    const [action] = planned({
      tables,
      jobs: [aVaultJob({ state: 'failed', cause: 'internal' })],
      recoveryPoints: [aVaultPoint()],
    }).actions;
    expect(attemptOf(action)).toBe(1);
  });

  it('of two policies begins one job', () => {
    const more = [aVaultPolicy([], { name: 'weekly', schedule: '0 3 * * 1' })];
    const tables = [aTable({ tags: { 'backup:policy': 'standard+weekly' } })];
    const { actions } = planned({ tables, more });
    expect(actions).toHaveLength(2);
    expect(actions.filter((action) => 'waits' in action)).toHaveLength(1);
  });

  it.each([47, 48, 49])('has its mark where a table has %i tags', (count) => {
    const many = Object.fromEntries(Array.from({ length: count - 1 }, (_, at) => [`k${at}`, 'v']));
    const tables = [
      aTable({ tags: { 'backup:policy': 'standard', 'aws:cloudformation:stack-name': 'x', ...many } }),
    ];
    expect(planned({ tables }).actions).toMatchObject([{ job: { mark: expect.any(String) } }]);
  });

  it('has none where a table has 50 tags, so that its job does not fail', () => {
    const many = Object.fromEntries(Array.from({ length: 49 }, (_, at) => [`k${at}`, 'v']));
    const [action] = planned({
      tables: [aTable({ tags: { 'backup:policy': 'standard', ...many } })],
    }).actions;
    expect(action).not.toHaveProperty('job.mark');
  });
});

describe('expiry in a vault', () => {
  it('is what the rules no longer cover', () => {
    const recoveryPoints = daily(9);
    expect(ids(planned({ mode: 'expire', recoveryPoints }))).toEqual([
      recoveryPoints[0]?.id,
      recoveryPoints[1]?.id,
    ]);
  });

  it.each<{ name: string; seen: Partial<Observation> }>([
    {
      name: 'the vault could not be read',
      seen: { gaps: [{ facet: 'vaults', vault: VAULT_ARN, failure: aFailure() }] },
    },
    { name: 'jobs could not be read', seen: { gaps: [{ facet: 'vaults', failure: aFailure() }] } },
    {
      name: 'nobody looked',
      seen: { facets: ['tags', 'details', 'table-names', 'recovery-points', 'memory'] },
    },
  ])('is nothing while $name, and how the table stands is unknown', ({ seen }) => {
    const { actions, retention, verdicts } = planned({ mode: 'expire', recoveryPoints: daily(9), ...seen });
    expect(actions).toEqual([]);
    expect(retention.every(({ decision }) => decision === 'keep')).toBe(true);
    expect(verdicts.map(({ status }) => status)).not.toContain('unprotected');
  });

  it('goes on while another vault could not be read', () => {
    const gaps = [{ facet: 'vaults', vault: FAR, failure: aFailure() } as const];
    expect(planned({ mode: 'expire', recoveryPoints: daily(9), gaps }).actions).toHaveLength(2);
  });

  it.each<{ name: string; given: Partial<RecoveryPoint> }>([
    { name: 'locked', given: { heldBy: [{ kind: 'vault-lock' }] } },
    { name: 'under legal hold', given: { heldBy: [{ kind: 'legal-hold', title: 'Case 7' }] } },
    { name: 'refused before', given: { heldBy: [{ kind: 'refusal', until: NOW + DAY_MS }] } },
    { name: 'being deleted', given: { status: 'deleting' } },
    { name: 'EXPIRED', given: { status: 'expired' } },
    { name: 'in a status that nobody knows', given: { status: 'unknown' } },
    { name: 'not whole', given: { status: 'unusable' } },
  ])('leaves alone what is $name', ({ given }) => {
    const old = aVaultPoint({ slot: LATEST_SLOT - 30 * DAY_MS, ...given });
    const { actions, retention } = planned({ mode: 'expire', recoveryPoints: [old, ...daily(7)] });
    expect(actions).toEqual([]);
    expect(retention.find(({ recoveryPoint }) => recoveryPoint.id === old.id)?.decision).toBe('keep');
  });

  it('never counts a copy, and never deletes one', () => {
    const copies = daily(12).map((point) => ({ ...point, id: `copy of ${point.id}`, copyOf: point.id }));
    const { actions } = planned({ mode: 'expire', recoveryPoints: [...copies, ...daily(7)] });
    expect(actions).toEqual([]);
  });
});

describe('copies', () => {
  const copyTo = [{ vaultArn: DR }];

  it('are made of what is there, with the days of their rule', () => {
    expect(planned({ copyTo, recoveryPoints: daily(2) }).actions).toMatchObject([
      { kind: 'copy', destination: DR, attempt: 1, deleteAfterDays: 8 },
      { kind: 'copy', destination: DR, attempt: 1, deleteAfterDays: 8 },
    ]);
  });

  it.each<{
    name: string;
    jobs?: readonly Job[];
    memory?: Memory;
    recoveryPoints?: readonly RecoveryPoint[];
  }>([
    { name: 'a job makes it', jobs: [aCopyJob()] },
    { name: 'a job waits', jobs: [aCopyJob({ state: 'waiting' })] },
    { name: 'its job is in a state that nobody knows', jobs: [aCopyJob({ state: 'unknown' })] },
    {
      name: 'it is listed',
      recoveryPoints: [
        aVaultPoint(),
        aVaultPoint({
          id: 'copy',
          copyOf: 'not noted',
          location: { target: { ...TARGET, region: 'eu-west-1' }, vault: 'dr' },
        }),
      ],
    },
  ])('are made once: not where $name', ({ jobs = [], recoveryPoints = [aVaultPoint()] }) => {
    expect(planned({ copyTo, jobs, recoveryPoints }).actions).toEqual([]);
  });

  it('are made of a table that was made again, whatever the former one has there', () => {
    const policy = { retention: { monthly: 2 } };
    const former = aVaultPoint({
      slot: LATEST_SLOT - HOUR_MS,
      tableId: 'former',
      id: 'arn:aws:backup:x:former',
    });
    const copy = aVaultPoint({
      ...former,
      id: 'copy',
      copyOf: former.id,
      location: { target: { ...TARGET, region: 'eu-west-1' }, vault: 'dr' },
    });
    const recoveryPoints = [former, copy, aVaultPoint()];
    expect(planned({ copyTo, policy, recoveryPoints }).actions).toMatchObject([
      { kind: 'copy', recoveryPoint: { id: aVaultPoint().id } },
    ]);
  });

  it.each([
    { state: 'failed', copies: 1 },
    { state: 'completed', copies: 0 },
    { state: 'running', copies: 0 },
  ] as const)('are made for a period whose first one is gone at home and $state there: $copies', (given) => {
    const gone = {
      id: 'arn:aws:backup:x:gone',
      vault: VAULT_ARN,
      policy: 'standard',
      slot: LATEST_SLOT - HOUR_MS,
      tableId: tableIdOf('Orders'),
      createdAt: LATEST_SLOT - HOUR_MS,
      copies: [{ vault: FAR, attempt: 1, state: given.state, startedAt: LATEST_SLOT }],
    };
    const { actions } = planned({
      copyTo: [{ vaultArn: FAR }],
      policy: { retention: { monthly: 2 } },
      memory: remembering(record({ points: [gone] })),
      recoveryPoints: [aVaultPoint()],
    });
    expect(actions).toHaveLength(given.copies);
  });

  it('are begun again a day after one that is in a state that nobody knows', () => {
    const job = aCopyJob({ state: 'unknown', createdAt: NOW - DAY_MS });
    const recoveryPoints = [aVaultPoint()];
    expect(planned({ copyTo, jobs: [job], recoveryPoints }).actions).toMatchObject([{ attempt: 2 }]);
  });

  it('are there although another one lies beside them that came to nothing', () => {
    const place = { target: { ...TARGET, region: 'eu-west-1' }, vault: 'dr' };
    const aCopy = aVaultPoint({ id: 'b', copyOf: aVaultPoint().id, location: place });
    const recoveryPoints = [aVaultPoint(), { ...aCopy, id: 'a', status: 'unusable' as const }, aCopy];
    expect(planned({ copyTo, recoveryPoints }).actions).toEqual([]);
  });

  it('in another account are what was noted of their job', () => {
    const known = {
      id: aVaultPoint().id,
      vault: VAULT_ARN,
      policy: 'standard',
      slot: LATEST_SLOT,
      tableId: tableIdOf('Orders'),
      createdAt: LATEST_SLOT,
    };
    const copies = [{ vault: FAR, attempt: 1, state: 'completed', startedAt: LATEST_SLOT } as const];
    const memory = remembering(record({ points: [{ ...known, copies }] }));
    const audited = planned({
      copyTo: [{ vaultArn: FAR }],
      memory,
      recoveryPoints: [aVaultPoint()],
      mode: 'audit',
    });
    expect(audited.retention.map(({ reasons }) => reasons.at(-1))).toContain(
      'a copy, in eu-west-1 of account 999922223333, vault far: as its job said, because this account cannot look there; nothing deletes it',
    );
    expect(planned({ copyTo: [{ vaultArn: FAR }], memory, recoveryPoints: [aVaultPoint()] }).actions).toEqual(
      [],
    );
    expect(planned({ copyTo: [{ vaultArn: FAR }], recoveryPoints: [aVaultPoint()] }).actions).toHaveLength(1);
  });

  it.each<{ name: string; given: Partial<RecoveryPoint> }>([
    {
      name: 'DynamoDB keeps',
      given: { id: `arn:aws:dynamodb:eu-central-1:111122223333:table/Orders/backup/0123` },
    },
    { name: 'is cold', given: { isCold: true } },
    { name: 'is still being made', given: { status: 'creating' } },
  ])('are not made of what $name', ({ given }) => {
    const recoveryPoints = [aVaultPoint({ slot: LATEST_SLOT - 7 * DAY_MS, ...given })];
    expect(ids(planned({ copyTo, recoveryPoints }))).not.toContain('copy');
  });

  const DR_PLACE = { target: { ...TARGET, region: 'eu-west-1' }, vault: 'dr' };

  /** A copy of the latest recovery point, that AWS Backup deletes then. */
  const aCopyUntil = (deletesAt: number, slot = LATEST_SLOT): RecoveryPoint =>
    aVaultPoint({
      slot,
      id: `copy ${slot}`,
      copyOf: aVaultPoint({ slot }).id,
      location: DR_PLACE,
      deletesAt,
    });

  it('are not made of what would have a day to live, beside a newer one', () => {
    const slot = LATEST_SLOT - 7 * DAY_MS;
    const old = aVaultPoint({ slot, createdAt: NOW - 7.5 * DAY_MS });
    const recoveryPoints = [old, aVaultPoint(), aCopyUntil(NOW + 7 * DAY_MS)];
    expect(ids(planned({ copyTo, recoveryPoints }))).not.toContain('copy');
  });

  it.each<{ name: string; days: number; points: readonly RecoveryPoint[]; actions: readonly object[] }>([
    { name: 'is gone', days: 30, points: [], actions: [{ kind: 'copy', deleteAfterDays: 39 }] },
    {
      name: 'goes in a day',
      days: 6,
      points: [aCopyUntil(NOW + DAY_MS, LATEST_SLOT - 6 * DAY_MS)],
      actions: [{ kind: 'copy', deleteAfterDays: 15 }],
    },
    {
      name: 'goes in a week',
      days: 2,
      points: [aCopyUntil(NOW + 7 * DAY_MS, LATEST_SLOT - 2 * DAY_MS)],
      actions: [],
    },
    {
      name: 'goes in a day, and a newer one does not',
      days: 6,
      points: [
        aCopyUntil(NOW + DAY_MS, LATEST_SLOT - 6 * DAY_MS),
        { ...aCopyUntil(NOW + 3 * DAY_MS, LATEST_SLOT - 4 * DAY_MS), id: 'newer' },
      ],
      actions: [],
    },
  ])(
    'are made once more while backups stand still and the last one $name: $actions',
    ({ days, points, actions }) => {
      const newest = aVaultPoint({ slot: LATEST_SLOT - days * DAY_MS });
      const made = planned({ copyTo, recoveryPoints: [newest, ...points] }).actions;
      expect(made.filter(({ kind }) => kind === 'copy')).toMatchObject(actions);
    },
  );

  const RULES = [
    { name: 'three days', copyTo: [{ vaultArn: DR, retention: { daily: 3 } }] },
    { name: 'a week', copyTo: [{ vaultArn: DR, retention: { daily: 7 } }] },
    { name: 'an hour', copyTo: [{ vaultArn: DR, retention: { hourly: 1 } }] },
  ];

  it.each(RULES)('are made once more once, and not again at every run: kept for $name', ({ copyTo: to }) => {
    const newest = aVaultPoint({ slot: LATEST_SLOT - 30 * DAY_MS });
    const [again] = planned({ copyTo: to, recoveryPoints: [newest] }).actions.filter(
      ({ kind }) => kind === 'copy',
    );
    if (again?.kind !== 'copy') throw new Error('no copy is planned');
    const made = aCopyUntil(newest.createdAt + again.deleteAfterDays * DAY_MS, LATEST_SLOT - 30 * DAY_MS);
    expect(ids(planned({ copyTo: to, recoveryPoints: [newest, made] }))).not.toContain('copy');
  });

  it.each([
    { days: 7, deleteAfterDays: 17 },
    { days: 2, deleteAfterDays: 9 },
  ])(
    'get a whole life at once where the last one is made $days days late: $deleteAfterDays',
    ({ days, deleteAfterDays }) => {
      const newest = aVaultPoint({ slot: LATEST_SLOT - days * DAY_MS });
      const kept = [{ vaultArn: FAR, retention: { last: 8 } }];
      const made = planned({ copyTo: kept, recoveryPoints: [newest] }).actions;
      expect(made.filter(({ kind }) => kind === 'copy')).toMatchObject([{ kind: 'copy', deleteAfterDays }]);
    },
  );

  it('are not made once more of what a run beside this one has copied to another account, and not noted yet', () => {
    const newest = aVaultPoint({ slot: LATEST_SLOT - 30 * DAY_MS });
    const job = aCopyJob({
      sourceId: newest.id,
      destination: FAR,
      state: 'completed',
      createdAt: NOW - 3 * HOUR_MS,
      endedAt: NOW - 2 * HOUR_MS,
    });
    const actionsWith = (deleteAfterDays: number) =>
      ids(
        planned({
          copyTo: [{ vaultArn: FAR }],
          recoveryPoints: [newest],
          jobs: [{ ...job, deleteAfterDays }],
        }),
      );
    expect(actionsWith(39)).not.toContain('copy');
    expect(actionsWith(31)).toContain('copy');
  });

  it.each([
    { days: 7, actions: 1 },
    { days: 40, actions: 0 },
  ])(
    'are not made of what may have one that AWS has forgotten, by a run that cannot read what was noted: $days days',
    ({ days, actions }) => {
      const recoveryPoints = [aVaultPoint({ slot: LATEST_SLOT - days * DAY_MS })];
      const gaps = [{ facet: 'memory', failure: aFailure() } as const];
      const made = planned({
        copyTo: [{ vaultArn: FAR, retention: { last: 60 } }],
        recoveryPoints,
        gaps,
      }).actions;
      expect(made.filter(({ kind }) => kind === 'copy')).toHaveLength(actions);
    },
  );

  it('are not made once more where one of it lives, beside a newer one whose source is gone and that ends', () => {
    const slot = LATEST_SLOT - 30 * DAY_MS;
    const newest = aVaultPoint({ slot });
    const points = [aCopyUntil(NOW + 8 * DAY_MS, slot), aCopyUntil(NOW + DAY_MS, LATEST_SLOT - 20 * DAY_MS)];
    expect(ids(planned({ copyTo, recoveryPoints: [newest, ...points] }))).not.toContain('copy');
    expect(ids(planned({ copyTo, recoveryPoints: [newest, ...points.slice(1)] }))).toContain('copy');
  });

  it('are not made once more of a former table whose name has a copy of its own there', () => {
    const former = aVaultPoint({ slot: LATEST_SLOT - 30 * DAY_MS, tableId: 'former' });
    const own = [aVaultPoint(), aCopyUntil(NOW + 7 * DAY_MS)];
    expect(ids(planned({ copyTo, recoveryPoints: [former] }))).toContain('copy');
    expect(ids(planned({ copyTo, recoveryPoints: [former, ...own] }))).not.toContain('copy');
  });

  /** What was begun of the copy of a recovery point that is ten days old, where a rule keeps copies for eight. */
  const OLD = LATEST_SLOT - 10 * DAY_MS;
  const oldPoint = aVaultPoint({ slot: OLD });
  const oldJob = (given: Partial<CopyJob>) =>
    aCopyJob({ sourceId: oldPoint.id, createdAt: OLD + HOUR_MS, endedAt: OLD + 2 * HOUR_MS, ...given });
  const oldRecord = (copy: Partial<KnownCopy>, given: Partial<VaultRecord> = {}) =>
    remembering(
      record({
        points: [
          {
            id: oldPoint.id,
            vault: VAULT_ARN,
            policy: 'standard',
            slot: OLD,
            tableId: tableIdOf('Orders'),
            createdAt: oldPoint.createdAt,
            copies: [
              {
                vault: DR,
                attempt: 1,
                jobId: 'copy-1',
                state: 'completed',
                startedAt: OLD + HOUR_MS,
                deletesAt: oldPoint.createdAt + 8 * DAY_MS,
                ...copy,
              },
            ],
          },
        ],
        ...given,
      }),
    );
  const beside = [aVaultPoint(), aCopyUntil(NOW + 7 * DAY_MS)];
  const lostCopies = [
    {
      vault: DR,
      policy: 'standard',
      source: oldPoint.id,
      createdAt: oldPoint.createdAt,
      goneAt: NOW - HOUR_MS,
    },
  ];

  it.each<{ name: string; jobs: readonly Job[]; memory?: Memory; copies: number }>([
    { name: 'ended by its own days', jobs: [], memory: oldRecord({}), copies: 0 },
    { name: 'ended by its own days, as its job shows', jobs: [oldJob({ state: 'completed' })], copies: 0 },
    {
      name: 'ended by its own days, and another that was begun since failed',
      jobs: [],
      memory: oldRecord({
        ...{ state: 'failed', jobId: 'copy-2', startedAt: NOW - DAY_MS },
        ...{ deletesAt: NOW + 7 * DAY_MS, hadUntil: oldPoint.createdAt + 8 * DAY_MS },
      }),
      copies: 0,
    },
    { name: 'was never made, because its jobs failed', jobs: [oldJob({ state: 'failed' })], copies: 1 },
    {
      name: 'was never made, as is noted',
      jobs: [],
      memory: oldRecord({ state: 'failed' }),
      copies: 1,
    },
    {
      name: 'was made late, and somebody deleted it',
      jobs: [oldJob({ state: 'completed' })],
      memory: remembering(record({ lostCopies })),
      copies: 1,
    },
  ])('are made again of what no rule asks for any more only where the copy $name: no', (given) => {
    const { copies, jobs, memory = NO_MEMORY } = given;
    const recoveryPoints = [oldPoint, ...beside];
    const { actions } = planned({ copyTo, recoveryPoints, jobs, memory });
    expect(ids({ actions } as Plan).filter((kind) => kind === 'copy')).toHaveLength(copies);
  });

  it.each<{ name: string; days: number; memory?: Memory; found: number }>([
    { name: 'ended by its own days', days: 7, memory: oldRecord({}), found: 0 },
    { name: 'is asked for by no rule any more', days: 7, found: 0 },
    {
      name: 'was deleted before its end',
      days: 20,
      memory: oldRecord({ deletesAt: NOW + 30 * DAY_MS }),
      found: 1,
    },
    { name: 'was never made', days: 20, found: 1 },
  ])('cannot be made of what went cold: $found found where the copy $name', ({ days, memory, found }) => {
    const { findings } = planned({
      copyTo: [{ vaultArn: DR, retention: { daily: days } }],
      policy: { retention: { last: 20 } },
      recoveryPoints: [aVaultPoint({ slot: OLD, isCold: true }), ...beside],
      ...(memory !== undefined && { memory }),
      mode: 'audit',
    });
    expect(findings.filter(({ kind }) => kind === 'copy-impossible')).toHaveLength(found);
  });

  it('are made again where somebody deleted them before their end', () => {
    const jobs = [aCopyJob({ state: 'completed', copyId: 'gone', endedAt: NOW - 3 * HOUR_MS })];
    expect(ids(planned({ copyTo, recoveryPoints: [aVaultPoint()], jobs }))).toEqual(['copy']);
  });

  it('are made again where the rules were changed to keep them for longer', () => {
    const longer = [{ vaultArn: DR, retention: { daily: 30 } }];
    const { actions } = planned({
      copyTo: longer,
      recoveryPoints: [oldPoint, ...beside],
      memory: oldRecord({}),
    });
    expect(actions).toMatchObject([{ kind: 'copy', deleteAfterDays: 31 }]);
  });

  it.each([
    { name: 'whose copy had the days of the rule', days: 32, copies: 0 },
    { name: 'whose copy had fewer, by rules of before', days: 2, copies: 1 },
  ])('are made for a period whose first one is gone at home and $name: $copies', ({ copies, days }) => {
    const first = Date.UTC(2026, 9, 2, 3);
    const gone = {
      id: 'arn:aws:backup:x:gone',
      vault: VAULT_ARN,
      policy: 'standard',
      slot: first,
      tableId: tableIdOf('Orders'),
      createdAt: first,
      goneAt: NOW - DAY_MS,
      copies: [
        {
          vault: DR,
          attempt: 1,
          state: 'completed',
          startedAt: first,
          deletesAt: first + days * DAY_MS,
          isEnded: true,
        } as const,
      ],
    };
    const last = aVaultPoint({ slot: Date.UTC(2026, 9, 30, 3) });
    const { actions } = planned({
      copyTo: [{ vaultArn: DR, retention: { monthly: 1 } }],
      memory: remembering(record({ points: [gone] })),
      recoveryPoints: [last, ...beside],
      policy: { retention: { daily: 60 } },
    });
    const made = actions.filter((action) => action.kind === 'copy' && action.recoveryPoint.id === last.id);
    expect(made).toHaveLength(copies);
  });

  it('are known by the job that made them where AWS Backup lost their tags', () => {
    const stranger = aCopyUntil(NOW + 7 * DAY_MS);
    const { copyOf: _, origin: __, ...bare } = stranger;
    const jobs = [aCopyJob({ state: 'completed', copyId: bare.id, endedAt: NOW - 3 * HOUR_MS })];
    expect(planned({ copyTo, jobs, recoveryPoints: [aVaultPoint(), bare] }).actions).toEqual([]);
  });

  it('are not begun while the vault, or jobs, could not be read', () => {
    const gaps = [{ facet: 'vaults', vault: DR, failure: aFailure() } as const];
    expect(ids(planned({ copyTo, recoveryPoints: [aVaultPoint()], gaps }))).not.toContain('copy');
  });

  it('keep their source until they are there', () => {
    const recoveryPoints = daily(9);
    const jobs = recoveryPoints.map(({ id }, at) =>
      aCopyJob({ id: `c${at}`, sourceId: id, state: 'waiting' }),
    );
    const { actions, retention } = planned({ mode: 'expire', copyTo, recoveryPoints, jobs });
    expect(actions).toEqual([]);
    expect(retention.at(-1)?.heldBack).toEqual([
      'it waits for its copy to dr in eu-west-1 of account 111122223333',
    ]);
    const done = jobs.map((job) => ({ ...job, state: 'completed' as const, endedAt: NOW }));
    expect(planned({ mode: 'expire', copyTo, recoveryPoints, jobs: done }).actions).toHaveLength(2);
  });
});

describe('what is remembered', () => {
  const input = (seen: Partial<Observation>) => ({
    instance: INSTANCE,
    now: NOW,
    observation: aVaultObservation(seen),
  });

  it('is a recovery point from the first time it is seen, and its copy from the first look at its job', () => {
    const jobs = [aCopyJob({ copyId: 'the copy' })];
    const [seen] = nextVaultRecords(undefined, input({ recoveryPoints: [aVaultPoint()], jobs })) ?? [];
    expect(seen?.points).toMatchObject([
      {
        id: aVaultPoint().id,
        slot: LATEST_SLOT,
        copies: [{ vault: DR, attempt: 1, id: 'the copy', state: 'running' }],
      },
    ]);
  });

  it('is the same at every later look, and stays when AWS forgets the job', () => {
    const jobs = [1, 2].map((at) =>
      aCopyJob({
        id: `copy-${at}`,
        state: at === 1 ? 'failed' : 'completed',
        destination: FAR,
        createdAt: LATEST_SLOT + at * HOUR_MS,
      }),
    );
    const first = nextVaultRecords(undefined, input({ recoveryPoints: [aVaultPoint()], jobs }));
    expect(first?.[0]?.points[0]?.copies).toMatchObject([
      { attempt: 2, state: 'completed', jobId: 'copy-2' },
    ]);
    expect(nextVaultRecords(first, input({ recoveryPoints: [aVaultPoint()], jobs }))).toEqual(first);
    expect(nextVaultRecords(first, input({ recoveryPoints: [aVaultPoint()] }))).toEqual(first);
  });

  it('is forgotten with the recovery point, and only where its vault was read', () => {
    const first = nextVaultRecords(undefined, input({ recoveryPoints: [aVaultPoint()] }));
    const gaps = [{ facet: 'vaults', vault: VAULT_ARN, failure: aFailure() } as const];
    expect(nextVaultRecords(first, input({ gaps }))).toEqual(first);
    expect(nextVaultRecords(first, input({ facets: ['tags'] }))).toEqual(first);
    expect(nextVaultRecords(first, input({}))).toBeUndefined();
  });

  it('is a copy in another account for as long as it lives, though its source is gone', () => {
    const jobs = [aCopyJob({ destination: FAR, state: 'completed', endedAt: NOW })];
    const first = nextVaultRecords(undefined, input({ recoveryPoints: [aVaultPoint()], jobs }));
    const gone = nextVaultRecords(first, input({}));
    const [record] = first ?? [];
    const points = record?.points.map((point) => ({ ...point, goneAt: NOW }));
    expect(gone).toEqual([{ ...record, points }]);
    expect(nextVaultRecords(gone, { ...input({}), now: NOW + DAY_MS })).toEqual(gone);
    expect(vaultsToLook({ ...somePolicies(), policies: [] }, { vaultRecords: gone ?? [] }, TARGET)).toEqual(
      [],
    );
  });

  it('is the copy that a job made, whatever came to nothing and lies beside it', () => {
    const place = { target: { ...TARGET, region: 'eu-west-1' }, vault: 'dr' };
    const partial = aVaultPoint({
      id: 'partial',
      copyOf: aVaultPoint().id,
      location: place,
      status: 'unusable',
    });
    const jobs = [aCopyJob({ state: 'completed', copyId: 'without tags', endedAt: NOW - HOUR_MS })];
    const [seen] =
      nextVaultRecords(undefined, input({ recoveryPoints: [aVaultPoint(), partial], jobs })) ?? [];
    expect(seen?.points[0]?.copies).toMatchObject([{ id: 'without tags', state: 'completed' }]);
  });

  it('is that copy also where no run saw it for days, as long as its vault lists it', () => {
    const place = { target: { ...TARGET, region: 'eu-west-1' }, vault: 'dr' };
    const partial = aVaultPoint({
      id: 'partial',
      copyOf: aVaultPoint().id,
      location: place,
      status: 'unusable',
    });
    const { origin: _, ...untagged } = aVaultPoint({
      id: 'without tags',
      copyOf: VAULT_ARN,
      location: place,
    });
    const jobs = [aCopyJob({ state: 'completed', copyId: 'without tags', endedAt: NOW - 7 * DAY_MS })];
    const copiesSeen = (listed: readonly RecoveryPoint[]) =>
      nextVaultRecords(undefined, input({ recoveryPoints: [aVaultPoint(), ...listed], jobs }))?.[0]?.points[0]
        ?.copies;
    expect(copiesSeen([partial, untagged])).toMatchObject([{ id: 'without tags', state: 'completed' }]);
    expect(copiesSeen([partial])).toBeUndefined();
  });

  it('is until when a copy had its days, also once another was begun and failed', () => {
    const jobs = [aCopyJob({ state: 'completed', copyId: 'first', endedAt: NOW, deleteAfterDays: 2 })];
    const recoveryPoints = [aVaultPoint()];
    const until = aVaultPoint().createdAt + 2 * DAY_MS;
    const at = (now: number, seen: Partial<Observation>) => ({ ...input({ recoveryPoints, ...seen }), now });
    const first = nextVaultRecords(undefined, at(NOW, { jobs }));
    const later = NOW + 5 * DAY_MS;
    const failed = aCopyJob({ id: 'copy-2', state: 'failed', createdAt: later, deleteAfterDays: 9 });
    const second = nextVaultRecords(first, at(later, { jobs: [...jobs, failed] }));
    expect(second?.[0]?.points[0]?.copies).toMatchObject([{ jobId: 'copy-2', hadUntil: until }]);
    // The last copy is begun once more a while before its end.
    const early = { ...failed, createdAt: NOW + DAY_MS };
    const soon = nextVaultRecords(first, at(NOW + DAY_MS, { jobs: [...jobs, early] }));
    expect(soon?.[0]?.points[0]?.copies).toMatchObject([{ jobId: 'copy-2', hadUntil: until }]);
    const third = nextVaultRecords(second, at(later + DAY_MS, { jobs: [...jobs, failed] }));
    expect(third?.[0]?.points[0]?.copies).toMatchObject([{ jobId: 'copy-2', hadUntil: until }]);
  });

  it('is a copy whose life is over, so that nobody makes it again, while its source is there', () => {
    const jobs = [aCopyJob({ destination: FAR, state: 'completed', endedAt: NOW })];
    const recoveryPoints = [aVaultPoint()];
    const first = nextVaultRecords(undefined, input({ recoveryPoints, jobs }));
    const [begun] = first ?? [];
    const known = begun?.points[0]?.copies?.[0];
    if (begun === undefined || known === undefined) throw new Error('nothing is noted');
    const deletesAt = NOW + 2 * DAY_MS;
    const points = begun.points.map((point) => ({ ...point, copies: [{ ...known, deletesAt }] }));
    const at = (now: number, seen: Partial<Observation>) => ({ ...input(seen), now });
    const before = [{ ...begun, points }];
    const over = nextVaultRecords(before, at(NOW + 3 * DAY_MS, { recoveryPoints, jobs }));
    expect(over?.[0]?.points[0]?.copies).toEqual([{ ...known, deletesAt, isEnded: true }]);
    // AWS forgets the job, and the source goes later.
    const later = nextVaultRecords(over, at(NOW + 60 * DAY_MS, { recoveryPoints }));
    expect(later).toEqual(over);
    expect(
      vaultsToLook({ ...somePolicies(), policies: [] }, { vaultRecords: later ?? [] }, TARGET),
    ).toHaveLength(1);
    expect(nextVaultRecords(later, at(NOW + 61 * DAY_MS, {}))).toBeUndefined();
  });

  it('is when a copy ends, by its job, where the run that began it was killed before it noted that', () => {
    const jobs = [aCopyJob({ destination: FAR, state: 'completed', endedAt: NOW, deleteAfterDays: 8 })];
    const [seen] = nextVaultRecords(undefined, input({ recoveryPoints: [aVaultPoint()], jobs })) ?? [];
    expect(seen?.points[0]?.copies).toMatchObject([{ deletesAt: aVaultPoint().createdAt + 8 * DAY_MS }]);
  });

  it('is a copy whose life is over for as long as AWS lists its job, which would have it there again', () => {
    const jobs = [aCopyJob({ destination: FAR, state: 'completed', endedAt: NOW })];
    const first = nextVaultRecords(undefined, input({ recoveryPoints: [aVaultPoint()], jobs }));
    const [begun] = first ?? [];
    if (begun === undefined) throw new Error('nothing is noted');
    const points = begun.points.map((point) => ({
      ...point,
      copies: point.copies?.map((copy) => ({ ...copy, deletesAt: NOW + DAY_MS })) ?? [],
    }));
    const at = (now: number, seen: Partial<Observation>) => ({ ...input(seen), now });
    const over = nextVaultRecords([{ ...begun, points }], at(NOW + 2 * DAY_MS, { jobs }));
    const again = nextVaultRecords(over, at(NOW + 3 * DAY_MS, { jobs }));
    expect(again?.[0]?.points[0]?.copies).toMatchObject([{ deletesAt: NOW + DAY_MS, isEnded: true }]);
    expect(nextVaultRecords(again, at(NOW + 41 * DAY_MS, {}))).toBeUndefined();
  });

  it('is a copy whose life is over for as long as it fills a period of its rule', () => {
    const copyTo = [{ vaultArn: DR, retention: { weekly: 1 } }];
    const policies = somePolicies({ policies: [aVaultPolicy(copyTo)] });
    const monday = LATEST_SLOT;
    const gone = {
      id: 'arn:aws:backup:x:gone',
      vault: VAULT_ARN,
      policy: 'standard',
      slot: monday,
      tableId: tableIdOf('Orders'),
      createdAt: monday,
      goneAt: monday + DAY_MS,
      copies: [
        {
          vault: DR,
          attempt: 1,
          state: 'completed',
          startedAt: monday,
          deletesAt: monday + 8 * DAY_MS,
        } as const,
      ],
    };
    const sunday = aVaultPoint({ slot: monday + 6 * DAY_MS });
    const at = (recoveryPoints: readonly RecoveryPoint[]) => ({
      ...input({ recoveryPoints }),
      policies,
      now: monday + 60 * DAY_MS,
    });
    const kept = nextVaultRecords([record({ points: [gone] })], at([sunday]));
    expect(kept?.[0]?.points.find(({ id }) => id === gone.id)?.copies).toMatchObject([{ isEnded: true }]);
    const next = nextVaultRecords(kept, at([aVaultPoint({ slot: monday + 7 * DAY_MS })]));
    expect(next?.[0]?.points.some(({ id }) => id === gone.id)).toBe(false);
  });

  it('is what a run began, and what AWS Backup would not delete', () => {
    const [create] = planned({}).actions;
    const [copy] = planned({ copyTo: [{ vaultArn: DR }], recoveryPoints: [aVaultPoint()] }).actions;
    if (create === undefined || copy === undefined) throw new Error('nothing is planned');
    const job = { id: 'job-9', startedAt: NOW };
    const known = nextVaultRecords(undefined, input({ recoveryPoints: [aVaultPoint()] }));
    const expire = {
      kind: 'expire',
      engine: 'aws-backup',
      table: 'Orders',
      policy: 'standard',
      recoveryPoint: aVaultPoint(),
      reason: '',
    } as const;
    const [after] =
      withOutcomes(
        known,
        [
          { action: create, status: 'done', reason: '', job },
          { action: copy, status: 'done', reason: '', job: { id: 'copy-9', startedAt: NOW } },
          { action: expire, status: 'deferred', failure: ownFailure('held', '') },
        ],
        NOW,
      ) ?? [];
    expect(after?.attempts).toMatchObject([{ jobId: 'job-9', attempt: 1, slot: LATEST_SLOT }]);
    expect(after?.points).toMatchObject([{ heldAt: NOW, copies: [{ jobId: 'copy-9', state: 'waiting' }] }]);
  });

  it('proves plain recovery points by the job that made them', () => {
    const attempts = [
      { jobId: 'job-1', policy: 'standard', slot: LATEST_SLOT, tableId: 'id', attempt: 1, startedAt: NOW },
    ];
    const jobs = [aVaultJob({ state: 'completed', recoveryPointId: 'plain' })];
    const known = knownOrigins(remembering(record({ attempts, strangers: ['foreign'] })), jobs, INSTANCE);
    expect(known.get('plain')).toEqual({
      origin: { instance: INSTANCE, policy: 'standard', slot: LATEST_SLOT },
      tableId: 'id',
    });
    expect(known.get('foreign')).toEqual({});
    expect(
      knownOrigins(
        remembering(record({ attempts })),
        [aVaultJob({ isOwn: false, recoveryPointId: 'plain' })],
        INSTANCE,
      ).size,
    ).toBe(0);
  });

  it('says where to look: vaults that are named, and those that were', () => {
    const point = {
      id: 'a',
      vault: VAULT_ARN.replace('tablekeeper', 'former'),
      policy: 'standard',
      slot: 0,
      tableId: '',
      createdAt: 0,
    };
    const policies = somePolicies({ policies: [aVaultPolicy([{ vaultArn: DR }, { vaultArn: FAR }])] });
    expect(
      vaultsToLook(policies, remembering(record({ points: [point] })), TARGET).map(({ name }) => name),
    ).toEqual(['former', 'tablekeeper', 'dr']);
  });
});
