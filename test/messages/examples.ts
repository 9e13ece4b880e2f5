import type { CheckContext } from '../../shared/core/findings/context.ts';
import { findingsOfOutcomes } from '../../shared/core/findings/find.ts';
import { expiryDigest } from '../../shared/core/text/digest.ts';
import type { DrillState } from '../../shared/model/drill.ts';
import { ownFailure } from '../../shared/model/failure.ts';
import type { Finding, FindingKind } from '../../shared/model/finding.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../shared/model/instant.ts';
import type { AskedKey } from '../../shared/model/key-facts.ts';
import type { Observation } from '../../shared/model/observation.ts';
import type { Outcome } from '../../shared/model/outcome.ts';
import type { CopyDestination } from '../../shared/model/policy.ts';
import type { VaultFacts } from '../../shared/model/vault-facts.ts';
import { aCreate, anExpire, anOutcome, aRepair } from '../support/attempts.ts';
import { aContext } from '../support/check-context.ts';
import { aDrill, aDrillState, drillContext } from '../support/drills.ts';
import { aCallFailure } from '../support/failures.ts';
import { findingsOf } from '../support/find.ts';
import {
  aSeenVault,
  denying,
  JOB_ROLE,
  MADE_VAULT,
  someVaultFacts,
  VAULT_KEY,
} from '../support/vault-facts.ts';
import {
  aCopyJob,
  aVaultJob,
  aVaultPoint,
  DR,
  unprovenPoint,
  VAULT_ARN,
  vaultContext,
} from '../support/vaults.ts';
import {
  anObservation,
  aPitr,
  aRecoveryPoint,
  aTable,
  dailyRecoveryPoints,
  LATEST_SLOT,
  NOW,
  PITR_OFF,
  someDetails,
  somePolicies,
  tableIdOf,
} from '../support/world.ts';

// One finding of each kind, found by its own check in a setting that causes it.

const withAfterDeletion = (days: number) => {
  const policies = somePolicies();
  return {
    ...policies,
    policies: policies.policies.map((policy) => ({ ...policy, afterDeletion: { keepMs: days * DAY_MS } })),
  };
};

type Given = NonNullable<Parameters<typeof aContext>[0]>;

/** What the last example was found in. */
let looked: CheckContext | undefined;

const foundIn = (context: CheckContext): readonly Finding[] => {
  looked = context;
  return findingsOf(context);
};

const seen = (observation: Partial<Observation>, given: Given = {}): readonly Finding[] =>
  foundIn(aContext({ observation: anObservation(observation), ...given }));

const attempted = (...outcomes: readonly Outcome[]): readonly Finding[] =>
  findingsOfOutcomes({ outcomes, openFindings: [], policies: somePolicies(), now: NOW });

const DENIED = aCallFailure(
  'CreateBackup',
  'AccessDeniedException',
  'User: arn:aws:sts::111122223333:assumed-role/tablekeeper-prod-backup/tablekeeper-prod-backup is not authorized to ' +
    'perform: dynamodb:CreateBackup on resource: arn:aws:dynamodb:eu-central-1:111122223333:table/Orders',
);

const inVaults = (...given: Parameters<typeof vaultContext>) => foundIn(vaultContext(...given));

const preflighted = (changes: Partial<VaultFacts>, copyTo: readonly CopyDestination[] = []) =>
  inVaults(
    { facets: [...anObservation().facets, 'vaults', 'vault-settings'], vaultFacts: someVaultFacts(changes) },
    copyTo,
  );

const TABLE_KEY = 'arn:aws:kms:eu-central-1:111122223333:key/orders-2025';

/** Recovery points of a table that changed its key after they were made. */
const underKey = (key: AskedKey['seen']) => {
  const { facets, observedAt, recoveryPoints } = anObservation();
  const [point] = recoveryPoints;
  const { createdAt: until = observedAt, tableId = '', tableName: table = '' } = point ?? {};
  const spans = [
    { keyArn: TABLE_KEY, from: until - DAY_MS, until },
    { keyArn: `${TABLE_KEY}-next`, from: observedAt, until: observedAt },
  ];
  return seen({
    facets: [...facets, 'table-keys'],
    keyFacts: { tables: [{ table, tableId, spans }], keys: [{ arn: TABLE_KEY, seen: key }] },
  });
};

const inDrills = (state: DrillState) => foundIn(drillContext([state]));

const MADE: Readonly<Record<FindingKind, () => readonly Finding[]>> = {
  'also-backed-up': () =>
    inVaults({
      jobs: [
        aVaultJob({ isOwn: false, plan: 'arn:aws:backup:eu-central-1:111122223333:backup-plan:nightly' }),
      ],
    }),
  'backup-key-ending': () =>
    underKey({
      kind: 'found',
      value: { state: 'pending-deletion', word: 'PendingDeletion', deletesAt: NOW + 30 * DAY_MS },
    }),
  'backup-key-unusable': () => underKey({ kind: 'found', value: { state: 'disabled', word: 'Disabled' } }),
  'backup-keys-unchecked': () => underKey({ kind: 'unreadable', failure: DENIED }),
  'backup-settings-off': () =>
    preflighted({ optIn: { kind: 'found', value: { optedIn: true, advanced: false } } }, [{ vaultArn: DR }]),
  'backup-job-failed': () =>
    inVaults({
      jobs: [aVaultJob({ state: 'failed', cause: 'internal', message: 'An internal error occurred.' })],
    }),
  'backup-job-with-issues': () =>
    inVaults({
      jobs: [
        aVaultJob({
          state: 'completed',
          cause: 'tags',
          message: 'We are unable to copy resource tags to your backup because of the Internal Failure.',
          recoveryPointId: aVaultPoint().id,
        }),
      ],
      recoveryPoints: [aVaultPoint()],
    }),
  'copies-vanished': () =>
    inVaults(
      { recoveryPoints: [aVaultPoint()] },
      [],
      [
        {
          recordedTable: 'Orders',
          version: 1,
          points: [],
          lostCopies: [8, 7].map((days) => ({
            ...{ vault: DR, policy: 'standard', source: `gone-${days}` },
            ...{ createdAt: NOW - days * DAY_MS, goneAt: NOW - HOUR_MS },
          })),
        },
      ],
    ),
  'copy-failing': () =>
    inVaults(
      {
        recoveryPoints: [aVaultPoint()],
        jobs: [
          aCopyJob({
            ...{ state: 'failed', cause: 'destination', endedAt: NOW - HOUR_MS },
            message: 'Access Denied trying to call AWS Backup service',
          }),
        ],
      },
      [{ vaultArn: DR }],
    ),
  'copy-impossible': () => inVaults({ recoveryPoints: [aVaultPoint({ isCold: true })] }, [{ vaultArn: DR }]),
  'copy-overdue': () =>
    inVaults(
      { recoveryPoints: [aVaultPoint({ createdAt: NOW - 3 * DAY_MS, slot: LATEST_SLOT - 3 * DAY_MS })] },
      [{ vaultArn: DR }],
    ),
  'job-stuck': () => inVaults({ jobs: [aVaultJob({ state: 'running', createdAt: NOW - 3 * DAY_MS })] }),
  'lost-table-ending': () =>
    inVaults({
      tableNames: ['Orders'],
      recoveryPoints: [
        aVaultPoint(),
        ...[2, 3].map((days) =>
          aVaultPoint({
            tableName: 'Carts',
            slot: LATEST_SLOT - days * DAY_MS,
            deletesAt: NOW + (5 - days) * DAY_MS,
          }),
        ),
      ],
    }),
  'recovery-points-ending': () =>
    inVaults({ recoveryPoints: [aVaultPoint({ deletesAt: NOW + 20 * HOUR_MS })] }),
  'recovery-points-not-deleted': () =>
    inVaults({
      recoveryPoints: [aVaultPoint(), aVaultPoint({ status: 'expired', slot: LATEST_SLOT - 9 * DAY_MS })],
    }),
  'recovery-points-unproven': () => inVaults({ recoveryPoints: [unprovenPoint()] }),
  'backup-stuck': () =>
    seen({ recoveryPoints: [aRecoveryPoint({ status: 'creating', createdAt: NOW - 8 * HOUR_MS })] }),
  'backups-failing': () => attempted(anOutcome(aCreate(), 'failed', DENIED)),
  'coverage-dropped': () =>
    seen({}, { memory: { coverage: { tables: 42, seenAt: NOW - DAY_MS }, pitrBaselines: [] } }),
  'drill-cap-reached': () =>
    inDrills(
      aDrillState({
        refused: {
          ...{ policy: 'standard', reason: 'cap', since: NOW - DAY_MS, at: NOW - HOUR_MS },
          ...{ usd: 6.2, spentUsd: 17.5, capUsd: 20 },
        },
      }),
    ),
  'drill-failed': () =>
    inDrills(
      aDrillState({
        past: [
          aDrill({
            result: 'failed',
            checks: [
              { name: 'schema', verdict: 'passed', found: 'pk (HASH)' },
              { name: 'items', verdict: 'failed', expected: '100 items', found: '0 items' },
            ],
          }),
        ],
      }),
    ),
  'drill-name-tagged': () => seen({ tables: [aTable(), aTable({ name: 'tablekeeper-drill.invoices' })] }),
  'drill-overdue': () => inDrills(aDrillState({ past: [aDrill({ checkedAt: NOW - 12 * DAY_MS })] })),
  'drill-proves-less': () =>
    inDrills(
      aDrillState({
        past: [aDrill({ level: 'described', askedLevel: 'restored', sizeBytes: 120_000_000_000 })],
      }),
    ),
  'drill-table-left-over': () =>
    foundIn(
      drillContext([], { tableNames: ['Orders', 'tablekeeper-drill.prod.Orders.1x2y3z.20261120-031500'] }),
    ),
  'expiries-failing': () =>
    attempted(
      anOutcome(
        anExpire(),
        'failed',
        aCallFailure('DeleteBackup', 'AccessDeniedException', 'explicit deny in a service control policy'),
      ),
    ),
  'from-the-future': () =>
    seen({ recoveryPoints: [aRecoveryPoint({ createdAt: NOW + 3 * HOUR_MS, slot: NOW + 3 * HOUR_MS })] }),
  'guardrail-refusal': () =>
    seen(
      {},
      {
        guardrail: {
          digest: expiryDigest(['a', 'b']),
          expiries: 830,
          tables: ['Orders', 'Returns', 'Users'],
          limits: { maxShare: 0.5, floor: 5 },
          excesses: [
            {
              policy: 'standard',
              tables: ['Orders', 'Users'],
              expiries: 812,
              worst: { table: 'Orders', lost: 540, available: 600 },
            },
          ],
        },
      },
    ),
  'hold-lifted': () =>
    seen(
      { recoveryPoints: dailyRecoveryPoints(20) },
      {
        memory: {
          pitrBaselines: [],
          protections: [
            {
              table: 'Orders',
              promises: [{ name: 'standard', rpoMs: 26 * HOUR_MS, pitrDays: 35 }],
              hold: { liftedAt: NOW - HOUR_MS },
            },
          ],
        },
      },
    ),
  'hold-unclear': () =>
    seen({ tables: [aTable({ tags: { 'backup:policy': 'standard', 'backup:hold': 'please' } })] }),
  'table-shrunk': () =>
    seen({
      recoveryPoints: dailyRecoveryPoints(4).map((point, at) => ({
        ...point,
        sizeBytes: at === 3 ? 0 : 400_000_000_000,
      })),
    }),
  'unscheduled-recovery-points': () =>
    seen({
      recoveryPoints: [aRecoveryPoint(), aRecoveryPoint({ slot: LATEST_SLOT - 3 * DAY_MS, createdAt: NOW })],
    }),
  'mute-refused': () =>
    seen({ tables: [aTable({ tags: { 'backup:policy': 'standard', 'backup:mute-until': 'next week' } })] }),
  muted: () =>
    seen({
      tables: [
        aTable({ tags: { 'backup:policy': 'standard', 'backup:mute-until': '2026-12-01' }, pitr: PITR_OFF }),
      ],
    }),
  'no-confirmed-subscription': () =>
    seen({
      facets: [...anObservation().facets, 'subscriptions'],
      topic: { confirmed: 0, pending: 1 },
    }),
  'no-longer-protected': () =>
    seen(
      { tables: [aTable({ name: 'Carts' })], tableNames: ['Carts', 'Orders'] },
      {
        memory: {
          coverage: { tables: 2, seenAt: NOW - HOUR_MS },
          pitrBaselines: [],
          protections: [
            {
              table: 'Orders',
              promises: [{ name: 'standard', rpoMs: 26 * HOUR_MS, pitrDays: 35, until: NOW - 3 * DAY_MS }],
            },
          ],
        },
      },
    ),
  'protection-changed': () =>
    seen(
      { tables: [aTable({ tags: { 'backup:policy': 'none' } })] },
      {
        memory: {
          coverage: { tables: 2, seenAt: NOW - HOUR_MS },
          pitrBaselines: [],
          protections: [{ table: 'Orders', promises: [{ name: 'standard', rpoMs: 26 * HOUR_MS }] }],
        },
      },
    ),
  'observation-gap': () =>
    seen({
      gaps: [{ facet: 'tags', failure: aCallFailure('GetResources', 'ThrottledException', 'Rate exceeded') }],
    }),
  'pitr-off': () => seen({ tables: [aTable({ pitr: PITR_OFF })] }),
  'pitr-repair-failing': () =>
    attempted(
      anOutcome(
        aRepair(),
        'failed',
        aCallFailure('UpdateContinuousBackups', 'AccessDeniedException', 'not authorized'),
      ),
    ),
  'pitr-window-restarted': () =>
    seen(
      { tables: [aTable({ pitr: aPitr({ earliestRestorableAt: NOW - 2 * HOUR_MS }) })] },
      {
        memory: {
          pitrBaselines: [
            {
              table: 'Orders',
              tableId: tableIdOf('Orders'),
              earliestRestorableAt: NOW - 35 * DAY_MS - HOUR_MS,
              recoveryPeriodDays: 35,
            },
          ],
        },
      },
    ),
  'pitr-window-short': () => seen({ tables: [aTable({ pitr: aPitr({ recoveryPeriodDays: 7 }) })] }),
  'recovery-point-overdue': () =>
    seen({ recoveryPoints: [aRecoveryPoint({ slot: NOW - 30 * HOUR_MS, createdAt: NOW - 30 * HOUR_MS })] }),
  'deleted-table-ended': () =>
    seen(
      { tableNames: ['Orders'], recoveryPoints: [aRecoveryPoint()] },
      {
        policies: withAfterDeletion(30),
        memory: {
          pitrBaselines: [],
          goneLookedAt: NOW - 6 * HOUR_MS,
          goneTables: [
            {
              goneTable: 'pr-12-orders',
              tableId: tableIdOf('pr-12-orders'),
              policies: ['standard'],
              since: NOW - 31 * DAY_MS,
              toldAt: NOW - 9 * DAY_MS,
              dueAt: NOW - DAY_MS,
              deleted: { points: 7, at: NOW - 8 * HOUR_MS },
              endedAt: NOW - 6 * HOUR_MS,
            },
          ],
        },
      },
    ),
  'deleted-table-ending': () =>
    seen(
      {
        tableNames: ['Orders'],
        recoveryPoints: [aRecoveryPoint(), ...dailyRecoveryPoints(3, { tableName: 'pr-12-orders' })],
      },
      {
        policies: withAfterDeletion(30),
        memory: {
          pitrBaselines: [],
          goneLookedAt: NOW - 6 * HOUR_MS,
          goneTables: [
            {
              goneTable: 'pr-12-orders',
              tableId: tableIdOf('pr-12-orders'),
              policies: ['standard'],
              since: NOW - 25 * DAY_MS,
            },
          ],
        },
      },
    ),
  'recovery-points-of-lost-table': () =>
    seen({
      tableNames: ['Orders'],
      recoveryPoints: [aRecoveryPoint(), ...dailyRecoveryPoints(3, { tableName: 'Carts' })],
    }),
  'recovery-points-vanished': () =>
    seen(
      { recoveryPoints: dailyRecoveryPoints(2) },
      {
        memory: {
          pitrBaselines: [],
          series: [
            {
              table: 'Orders',
              tableId: tableIdOf('Orders'),
              policy: 'standard',
              seen: dailyRecoveryPoints(7)
                .map(({ createdAt }) => createdAt)
                .toSorted((a, b) => a - b),
            },
          ],
        },
      },
    ),
  'recovery-points-without-policy': () =>
    seen({ recoveryPoints: [aRecoveryPoint(), ...dailyRecoveryPoints(12, { policy: 'hourly' })] }),
  'restorable-lag': () =>
    seen({ tables: [aTable({ pitr: aPitr({ latestRestorableAt: NOW - 50 * MINUTE_MS }) })] }),
  'restore-slower-than-rto': () =>
    inDrills(
      aDrillState({
        past: [
          aDrill({
            acceptedAt: NOW - 2 * DAY_MS,
            unreadyAt: NOW - 2 * DAY_MS + 6.9 * HOUR_MS,
            activeAt: NOW - 2 * DAY_MS + 7 * HOUR_MS,
          }),
        ],
      }),
    ),
  'subscriber-unreached': () =>
    seen(
      {
        facets: [...anObservation().facets, 'subscriptions'],
        topic: { confirmed: 1, pending: 0, subscribers: [] },
      },
      {
        memory: {
          pitrBaselines: [],
          subscribers: [{ protocol: 'email', endpoint: 'ops@example.com', wasConfirmed: true }],
        },
      },
    ),
  'table-deleted': () =>
    foundIn({
      ...aContext(),
      lostTables: [
        {
          name: 'Carts',
          wasGoverned: true,
          points: dailyRecoveryPoints(7, { tableName: 'Carts' }),
          systemBackups: [
            {
              id: 'arn:aws:dynamodb:eu-central-1:111122223333:table/Carts/backup/01795410000000-7f2c11aa',
              name: 'Carts$DeletedTableBackup',
              tableName: 'Carts',
              tableId: tableIdOf('Carts'),
              createdAt: NOW - MINUTE_MS,
              expiresAt: NOW + 35 * DAY_MS - MINUTE_MS,
            },
          ],
        },
      ],
    }),
  'table-inaccessible': () =>
    seen({
      tables: [aTable({ details: someDetails('Orders', { status: 'INACCESSIBLE_ENCRYPTION_CREDENTIALS' }) })],
    }),
  'table-replaced': () =>
    seen(
      {
        tables: [
          aTable({ details: someDetails('Orders', { tableId: 'made-again', createdAt: NOW - MINUTE_MS }) }),
        ],
        recoveryPoints: dailyRecoveryPoints(7),
        systemBackups: {
          items: [
            {
              id: 'arn:aws:dynamodb:eu-central-1:111122223333:table/Orders/backup/01795410000000-7f2c11aa',
              name: 'Orders$DeletedTableBackup',
              tableName: 'Orders',
              tableId: tableIdOf('Orders'),
              createdAt: NOW - 2 * MINUTE_MS,
              expiresAt: NOW + 35 * DAY_MS - 2 * MINUTE_MS,
            },
          ],
        },
      },
      {
        memory: {
          pitrBaselines: [],
          protections: [
            {
              table: 'Orders',
              tableId: tableIdOf('Orders'),
              promises: [{ name: 'standard', rpoMs: 26 * HOUR_MS, pitrDays: 35 }],
            },
          ],
        },
      },
    ),
  'unknown-policy': () => seen({ tables: [aTable({ tags: { 'backup:policy': 'standrad' } })] }),
  'policy-tag-unclear': () =>
    seen({
      tableNames: ['Carts', 'Orders'],
      strayTags: [{ table: 'Carts', key: 'Backup:Policy', value: 'standard' }],
    }),
  'untagged-tables': () => seen({ tableNames: ['Carts', 'Orders', 'Scratch'] }),
  'vault-key-unusable': () =>
    preflighted({
      keys: [
        {
          arn: VAULT_KEY,
          seen: {
            kind: 'found',
            value: { state: 'pending-deletion', word: 'PendingDeletion', deletesAt: NOW + 30 * DAY_MS },
          },
        },
      ],
    }),
  'vault-lock-refuses': () => preflighted({ vaults: [aSeenVault({ lock: { maxDays: 30 } })] }),
  'vault-missing': () =>
    inVaults({
      gaps: [
        { facet: 'vaults', vault: VAULT_ARN, failure: ownFailure('not-there', 'there is no backup vault') },
      ],
    }),
  'vault-locked-for-good': () =>
    preflighted({ vaults: [aSeenVault({ lock: { minDays: 3650, finalAt: NOW + 3 * DAY_MS } })] }),
  'vault-unguarded': () => preflighted({ made: MADE_VAULT }),
  'vault-policy-denies': () =>
    preflighted({
      policies: [{ arn: VAULT_ARN, seen: { kind: 'found', value: denying('backup:StartBackupJob') } }],
    }),
  'vault-role-unusable': () => preflighted({ jobRole: { arn: JOB_ROLE, seen: { kind: 'missing' } } }),
  'vault-unchecked': () =>
    preflighted({ jobRole: { arn: JOB_ROLE, seen: { kind: 'unreadable', failure: DENIED } } }),
  'waiting-for-first-table': () => seen({ tables: [], recoveryPoints: [] }),
};

/** Returns a finding of a kind as its check makes it. Throws when the check does not find it. */
export const exampleOf = (kind: FindingKind): Finding => {
  const found = MADE[kind]().find((finding) => finding.kind === kind);
  if (found === undefined) throw new Error(`nothing is ${kind} in the world that was to be so`);
  return found;
};

/** Returns what an audit saw that finds a kind; undefined for one that no look alone shows. */
export const contextOf = (kind: FindingKind): CheckContext | undefined => {
  looked = undefined;
  MADE[kind]();
  return looked;
};

/** Returns everything that the checks find in these worlds. */
export const allExamples = (): readonly Finding[] => Object.values(MADE).flatMap((found) => found());
