import { describe, expect, it } from 'vitest';
import { findingsOfOutcomes } from '../../../shared/core/findings/find.ts';
import type { Finding } from '../../../shared/model/finding.ts';
import { DAY_MS, HOUR_MS, isoInstant, MINUTE_MS } from '../../../shared/model/instant.ts';
import type { Facet, Gap, Observation } from '../../../shared/model/observation.ts';
import type { Outcome } from '../../../shared/model/outcome.ts';
import type { TableStatus, TaggedTable } from '../../../shared/model/table.ts';
import { adviceText } from '../../support/advice-text.ts';
import { aCreate, anExpire, anOutcome, aRepair } from '../../support/attempts.ts';
import { aContext } from '../../support/check-context.ts';
import { aCallFailure, aFailure } from '../../support/failures.ts';
import { findingsOf } from '../../support/find.ts';
import {
  anObservation,
  anOpenFinding,
  aPitr,
  aPolicy,
  aRecoveryPoint,
  aTable,
  aTaggedTable,
  dailyRecoveryPoints,
  LATEST_SLOT,
  NOW,
  PITR_OFF,
  someDetails,
  somePolicies,
} from '../../support/world.ts';

// What a person reads of each kind of finding, whole. The other files say when there is one.

const textOf = ({
  severity,
  id,
  fact,
  measured,
  promised,
  since,
  until: _until,
  advice,
  ...about
}: Finding): string => {
  const { kind, subjects: _, remedy: _remedy, ...subject } = about;
  expect(id.split('/')[0]).toBe(kind);
  const parts = Object.entries(subject).map(([name, value]) => ` ${name}=${value}`);
  return `${severity} ${id}${parts.join('')}
  ${fact}
  ${measured} (${promised}) since ${isoInstant(since)}
  ${adviceText(advice).replaceAll('\n', '\n  ')}`;
};

const texts = (findings: readonly Finding[]): string => `\n${findings.map(textOf).join('\n\n')}\n`;

type Given = Parameters<typeof aContext>[0];

const found = (given: Given): string => texts(findingsOf(aContext(given)));

const seeing = (observation: Partial<Observation>, more: Given = {}): string =>
  found({ ...more, observation: anObservation(observation) });

const tables = (...some: readonly Partial<TaggedTable>[]) => some.map((one) => aTable(one));

describe('findings of recovery points, word for word', () => {
  it('one that is in the making for too long', () => {
    const status = 'creating' as const;
    const recoveryPoints = [
      aRecoveryPoint(),
      aRecoveryPoint({ status, slot: LATEST_SLOT - DAY_MS }),
      aRecoveryPoint({ status, slot: LATEST_SLOT - 2 * DAY_MS }),
    ];
    expect(seeing({ recoveryPoints })).toMatchInlineSnapshot(`
      "
      warning backup-stuck/Orders/standard table=Orders policy=standard
        2 recovery points of Orders under standard cannot be restored yet: in the making since 2026-11-21 03:01 UTC, 49 h; minutes are usual.
        CREATING for 49 h (made within 6 h) since 2026-11-21T03:01:00Z
        See the state of the table and of its backups; open a case with AWS if it lasts.
          aws dynamodb list-backups --region eu-central-1 --table-name Orders --backup-type USER
          aws dynamodb describe-table --region eu-central-1 --table-name Orders
      "
    `);
  });

  it('one that is overdue, of three tables', () => {
    const given = {
      tables: tables({ name: 'Old' }, { name: 'Older' }, { name: 'None' }),
      recoveryPoints: [
        aRecoveryPoint({ tableName: 'Old', slot: LATEST_SLOT - DAY_MS }),
        aRecoveryPoint({ tableName: 'Older', slot: LATEST_SLOT - 9 * DAY_MS }),
      ],
    };
    const memory = { coverage: { tables: 3, seenAt: NOW }, pitrBaselines: [] };
    const failing = { id: 'backups-failing/None/standard', kind: 'backups-failing', table: 'None' } as const;
    const openFindings = [anOpenFinding({ ...failing, cause: 'CreateBackup: LimitExceededException' })];
    expect(seeing(given, { memory, openFindings })).toMatchInlineSnapshot(`
      "
      warning recovery-point-overdue/None/standard table=None policy=standard cause=CreateBackup: LimitExceededException
        None has no recovery point under standard that can be restored; the policy promises one at most 26 h old. Its backups fail: CreateBackup: LimitExceededException.
        none (at most 26 h old) since 2026-11-23T05:00:00Z
        If its tag is new, the next backup run makes one within half an hour. Otherwise see why there is none:
          tablekeeper explain None
          tablekeeper run backup

      critical recovery-point-overdue/Older/standard table=Older policy=standard cause=no backup was made
        The newest recovery point of Older under standard is of 2026-11-14 03:01 UTC, 9 days old; the policy promises at most 26 h.
        9 days old (at most 26 h old) since 2026-11-15T05:25:00Z
        See why no newer one was made:
          tablekeeper explain Older
          tablekeeper run backup
      "
    `);
  });

  it('those of tables that are gone, and of policies that are', () => {
    const given = {
      tables: tables({ details: someDetails('Orders', { tableId: 'made-again' }) }),
      tableNames: ['Orders', 'Users'],
      recoveryPoints: [
        aRecoveryPoint({ tableId: 'made-again' }),
        aRecoveryPoint({ slot: LATEST_SLOT - DAY_MS }),
        aRecoveryPoint({ tableName: 'Gone', sizeBytes: 3_000_000 }),
        aRecoveryPoint({ tableName: 'Gone', slot: LATEST_SLOT - DAY_MS }),
        aRecoveryPoint({ tableName: 'Users' }),
        aRecoveryPoint({ tableName: 'Opted', policy: 'retired' }),
        aRecoveryPoint({ policy: 'retired', tableId: 'made-again', sizeBytes: 2_500_000 }),
      ],
    };
    expect(seeing(given)).toMatchInlineSnapshot(`
      "
      warning no-longer-protected/Users/standard table=Users policy=standard cause=its tag is gone needs=standard
        Users is no longer backed up: its tag backup:policy named standard until 2026-11-23 03:01 UTC, and is gone. Its newest recovery point is of 2026-11-23 03:01 UTC, 1 h old; standard promised at most 26 h.
        1 h old, and no new one (at most 26 h old, PITR of 35 days) since 2026-11-23T03:01:00Z
        Bring the tag back, and see who changed it:
          aws dynamodb tag-resource --region eu-central-1 --resource-arn arn:aws:dynamodb:eu-central-1:111122223333:table/Users --tags Key=backup:policy,Value=standard
          aws cloudtrail lookup-events --region eu-central-1 --lookup-attributes AttributeKey=ResourceName,AttributeValue=Users
        If it is meant, say so, and nothing more is reported:
          aws dynamodb tag-resource --region eu-central-1 --resource-arn arn:aws:dynamodb:eu-central-1:111122223333:table/Users --tags Key=backup:policy,Value=none

      info recovery-points-of-lost-table/Gone table=Gone
        Gone was deleted; 2 recovery points of the former table (4.0 MB) are kept, the newest: tablekeeper.prod.standard.20261123T030000Z of 2026-11-23 03:01 UTC, tablekeeper.prod.standard.20261122T030000Z of 2026-11-22 03:01 UTC.
        2 recovery points (a person decides) since 2026-11-23T05:00:00Z
        Tablekeeper never deletes them: their policy has no afterDeletion. Restore the table from one, or delete them once nobody needs them:
          tablekeeper explain Gone
          aws dynamodb delete-backup --region eu-central-1 --backup-arn ARN

      info recovery-points-of-lost-table/Opted table=Opted
        Opted was deleted; 1 recovery point of the former table (1.0 MB) is kept, the newest: tablekeeper.prod.retired.20261123T030000Z of 2026-11-23 03:01 UTC.
        1 recovery point (a person decides) since 2026-11-23T05:00:00Z
        Tablekeeper does not delete them: retired is not in the policy file. Restore the table from one, or delete them once nobody needs them:
          tablekeeper explain Opted
          aws dynamodb delete-backup --region eu-central-1 --backup-arn ARN

      info recovery-points-of-lost-table/Orders table=Orders
        Orders was deleted and made again; 1 recovery point of the former table (1.0 MB) is kept, the newest: tablekeeper.prod.standard.20261122T030000Z of 2026-11-22 03:01 UTC.
        1 recovery point (a person decides) since 2026-11-23T05:00:00Z
        Tablekeeper never deletes them: their policy has no afterDeletion. Restore the table from one, or delete them once nobody needs them:
          tablekeeper explain Orders
          aws dynamodb delete-backup --region eu-central-1 --backup-arn ARN

      info recovery-points-without-policy/retired policy=retired
        The policy file has no policy retired; 2 recovery points with its name (3.5 MB) are kept, of Opted, Orders.
        2 recovery points (a person decides) since 2026-11-23T05:00:00Z
        Tablekeeper never deletes them. Find out who made them and what for: a name proves neither, and is no reason to change a tag. Delete them once nobody needs them:
          aws dynamodb delete-backup --region eu-central-1 --backup-arn ARN

      info untagged-tables
        1 table of 2 is without the tag backup:policy: Users.
        1 without a tag (every table says what it needs) since 2026-11-23T05:00:00Z
        Tag each with a policy, or with "none" if it needs no backup:
          aws dynamodb tag-resource --region eu-central-1 --resource-arn arn:aws:dynamodb:eu-central-1:111122223333:table/TABLE --tags Key=backup:policy,Value=POLICY
      "
    `);
  });

  it('those from the future, with the event', () => {
    const recoveryPoints = [
      aRecoveryPoint(),
      aRecoveryPoint({ name: 'by-hand', createdAt: NOW + HOUR_MS, id: 'by-hand' }),
      aRecoveryPoint({ slot: LATEST_SLOT - DAY_MS, createdAt: NOW - 30 * HOUR_MS }),
    ];
    expect(seeing({ recoveryPoints }, { eventTime: NOW + 2 * DAY_MS })).toMatchInlineSnapshot(`
      "
      warning from-the-future/event
        The event that started this run is of 2026-11-25 05:00 UTC, while it is 2026-11-23 05:00 UTC here: nothing is deleted.
        48 h ahead (at most 5 min ahead) since 2026-11-23T05:00:00Z
        Find out who sent the event: the schedules of EventBridge send none of the future.

      warning from-the-future/names
        1 recovery point carries the name of a slot that came only after the recovery point was made. What is named so counts for nothing and is kept: Orders: tablekeeper.prod.standard.20261122T030000Z.
        named 4 h ahead (at most 5 min ahead) since 2026-11-23T05:00:00Z
        Tablekeeper gives no such names: find out who made them, and delete them by hand once nobody needs them.

      warning from-the-future/recovery-points
        1 recovery point was created later than now, 2026-11-23 05:00 UTC, so one of two clocks is wrong and nothing is deleted: Orders: by-hand.
        1 h ahead (at most 5 min ahead) since 2026-11-23T05:00:00Z
        Compare the clock of whatever runs Tablekeeper with the real time; in Lambda, open a case with AWS.
      "
    `);
  });

  it('more of them at once than the guardrail allows', () => {
    const limits = { maxShare: 0.5, floor: 5_000 };
    const worst = { table: 'Orders', lost: 6_000, available: 9_000 };
    const excess = { policy: 'standard', expiries: 6_000, worst };
    const refusal = { digest: 'cbf29ce484222325', expiries: 7_000, tables: ['Orders'], limits };
    const one = found({ guardrail: { ...refusal, excesses: [{ ...excess, tables: ['Orders'] }] } });
    const weekly = { policy: 'weekly', tables: ['Orders', 'Users'], expiries: 6_007, worst };
    const all = found({ guardrail: { ...refusal, excesses: [{ ...excess, tables: ['Orders'] }, weekly] } });
    expect(one + all).toMatchInlineSnapshot(`
      "
      warning guardrail-refusal policy=standard
        The rules would delete 7,000 recovery points of Orders. Over the limit: 6,000 of 9,000 recovery points of Orders under standard (67 %); the guardrail allows at most 50 % of a table's recovery points or of how far back they reach. Nothing was deleted.
        6,000 of 9,000 recovery points of Orders under standard (67 %) (at most 50 % of a table's recovery points or of how far back they reach) since 2026-11-23T05:00:00Z
        See which ones and why. Undo the change of a policy, a tag or a hold that caused it, or have exactly these 7,000 deleted:
          tablekeeper plan
          tablekeeper run prune --approve cbf29ce484222325

      warning guardrail-refusal
        The rules would delete 7,000 recovery points of Orders. Over the limit: 6,000 of 9,000 recovery points of Orders under standard (67 %); 6,000 of 9,000 recovery points of Orders under weekly (67 %), the worst of 2 tables over the limit (6,007 recovery points in all); the guardrail allows at most 50 % of a table's recovery points or of how far back they reach. Nothing was deleted. Tables over the limit: Orders, Users.
        6,000 of 9,000 recovery points of Orders under standard (67 %); 6,000 of 9,000 recovery points of Orders under weekly (67 %), the worst of 2 tables over the limit (6,007 recovery points in all) (at most 50 % of a table's recovery points or of how far back they reach) since 2026-11-23T05:00:00Z
        See which ones and why. Undo the change of a policy, a tag or a hold that caused it, or have exactly these 7,000 deleted:
          tablekeeper plan
          tablekeeper run prune --approve cbf29ce484222325
      "
    `);
  });
});

describe('findings of point-in-time recovery, word for word', () => {
  const two = somePolicies({
    policies: [aPolicy(), aPolicy({ name: 'week', pitr: { recoveryPeriodDays: 7, onDrift: 'repair' } })],
  });
  const repairs = [aRepair({ table: 'b' })];

  it('off', () => {
    const off = tables(
      { name: 'a', pitr: PITR_OFF, tags: { 'backup:policy': 'standard+week' } },
      { name: 'b', pitr: PITR_OFF },
    );
    const recoveryPoints = ['a', 'b'].flatMap((tableName) => [
      aRecoveryPoint({ tableName }),
      aRecoveryPoint({ tableName, policy: 'week' }),
    ]);
    const given = { tables: off, recoveryPoints: recoveryPoints.slice(0, 3) };
    expect(seeing(given, { policies: two, plannedRepairs: repairs })).toMatchInlineSnapshot(`
      "
      critical pitr-off/a table=a needs=35 days
        Point-in-time recovery of a is off; standard and week promise 35 days.
        off (on, 35 days) since 2026-11-23T05:00:00Z
        Switch it on and see who switched it off:
          aws dynamodb update-continuous-backups --region eu-central-1 --table-name a --point-in-time-recovery-specification PointInTimeRecoveryEnabled=true,RecoveryPeriodInDays=35
          aws cloudtrail lookup-events --region eu-central-1 --lookup-attributes AttributeKey=ResourceName,AttributeValue=a

      info pitr-off/b table=b needs=nothing, this run switches it on again
        Point-in-time recovery of b is off; standard promises 35 days.
        off (on, 35 days) since 2026-11-23T05:00:00Z
        No run has seen it on before, and this one switches it on.
      "
    `);
  });

  it('too short, restarted, and behind', () => {
    const some = tables(
      { name: 'a', pitr: aPitr({ recoveryPeriodDays: 7 }) },
      { name: 'b', pitr: aPitr({ recoveryPeriodDays: 1 }) },
      { name: 'c', pitr: aPitr({ earliestRestorableAt: NOW - 3 * DAY_MS }) },
      { name: 'd', pitr: aPitr({ latestRestorableAt: NOW - 16 * MINUTE_MS }) },
    );
    const recoveryPoints = some.map(({ name }) => aRecoveryPoint({ tableName: name }));
    const before = { table: 'c', tableId: 'id-of-c', earliestRestorableAt: NOW - 35 * DAY_MS };
    const memory = { pitrBaselines: [{ ...before, recoveryPeriodDays: 35 }] };
    expect(
      seeing({ tables: some, recoveryPoints }, { memory, plannedRepairs: repairs }),
    ).toMatchInlineSnapshot(`
      "
      warning pitr-window-restarted/c table=c
        c can be restored no further back than 2026-11-20 05:00 UTC (3 days ago): point-in-time recovery was switched off and on again, or kept for fewer days for a while; standard promises 35 days.
        3 days (35 days) since 2026-11-20T05:00:00Z
        What lay before is lost to PITR; keep older recovery points until the window has grown back. See who did it:
          aws cloudtrail lookup-events --region eu-central-1 --lookup-attributes AttributeKey=ResourceName,AttributeValue=c

      warning pitr-window-short/a table=a needs=35 days
        Point-in-time recovery of a keeps 7 days; standard promises 35 days.
        7 days (35 days) since 2026-11-23T05:00:00Z
        Set the period again:
          aws dynamodb update-continuous-backups --region eu-central-1 --table-name a --point-in-time-recovery-specification PointInTimeRecoveryEnabled=true,RecoveryPeriodInDays=35

      warning pitr-window-short/b table=b needs=nothing, this run sets it again
        Point-in-time recovery of b keeps 1 day; standard promises 35 days.
        1 day (35 days) since 2026-11-23T05:00:00Z
        This run sets the period again; the window grows back day by day.

      warning restorable-lag/d table=d
        d can be restored up to 2026-11-23 04:44 UTC, which is 16 min behind; 5 min are usual.
        16 min (15 min) since 2026-11-23T04:44:00Z
        Look at the state of the table and its key, and at the AWS Health Dashboard; open a case if it lasts.
          aws dynamodb describe-table --region eu-central-1 --table-name d
      "
    `);
  });
});

describe('findings of tables, word for word', () => {
  const pointsOf = (some: readonly TaggedTable[]) =>
    some.map(({ name }) => aRecoveryPoint({ tableName: name }));

  it('in a state in which nothing can be backed up', () => {
    const statuses: readonly TableStatus[] = [
      ...(['ARCHIVED', 'ARCHIVING', 'CREATING', 'DELETING'] as const),
      ...(['INACCESSIBLE_ENCRYPTION_CREDENTIALS', 'REPLICATION_NOT_AUTHORIZED', 'UPDATING'] as const),
    ];
    const some = tables(
      ...statuses.map((status) => ({ name: status, details: someDetails(status, { status }) })),
    );
    expect(seeing({ tables: some, recoveryPoints: pointsOf(some) })).toMatchInlineSnapshot(`
      "
      critical table-inaccessible/ARCHIVED table=ARCHIVED cause=ARCHIVED
        ARCHIVED is ARCHIVED and cannot be backed up: its KMS key could not be used for seven days, and DynamoDB has archived it into a backup.
        ARCHIVED (ACTIVE) since 2026-11-23T05:00:00Z
        First make its key usable: enable it, cancel its deletion, or give its policy back to DynamoDB. Without it the backup cannot be restored, and a key that is deleted takes the backup with it. See which key:
          aws dynamodb describe-table --region eu-central-1 --table-name ARCHIVED
        Restore it from the backup into which DynamoDB archived it. Its ARN is ArchivalSummary.ArchivalBackupArn in:
          aws dynamodb describe-table --region eu-central-1 --table-name ARCHIVED

      critical table-inaccessible/ARCHIVING table=ARCHIVING cause=ARCHIVING
        ARCHIVING is ARCHIVING and cannot be backed up: its KMS key could not be used for seven days, and DynamoDB is archiving it into a backup.
        ARCHIVING (ACTIVE) since 2026-11-23T05:00:00Z
        It cannot be stopped. Make its key usable, because the backup needs it as well. Once the table is ARCHIVED, restore it from that backup: ArchivalSummary.ArchivalBackupArn in:
          aws dynamodb describe-table --region eu-central-1 --table-name ARCHIVING

      critical table-inaccessible/INACCESSIBLE_ENCRYPTION_CREDENTIALS table=INACCESSIBLE_ENCRYPTION_CREDENTIALS cause=INACCESSIBLE_ENCRYPTION_CREDENTIALS
        INACCESSIBLE_ENCRYPTION_CREDENTIALS is INACCESSIBLE_ENCRYPTION_CREDENTIALS and cannot be backed up: its KMS key cannot be used; after seven days DynamoDB archives the table into a backup, and a replica leaves its global table after 20 hours.
        INACCESSIBLE_ENCRYPTION_CREDENTIALS (ACTIVE) since 2026-11-23T05:00:00Z
        Bring the key back: enable it, cancel its deletion, or give its policy back to DynamoDB. See which key:
          aws dynamodb describe-table --region eu-central-1 --table-name INACCESSIBLE_ENCRYPTION_CREDENTIALS

      critical table-inaccessible/REPLICATION_NOT_AUTHORIZED table=REPLICATION_NOT_AUTHORIZED cause=REPLICATION_NOT_AUTHORIZED
        REPLICATION_NOT_AUTHORIZED is REPLICATION_NOT_AUTHORIZED and does not replicate: DynamoDB may not replicate it any more; after 20 hours the replica leaves its global table for good and is a table of its own, and where its key cannot be used either it is archived after seven days.
        REPLICATION_NOT_AUTHORIZED (ACTIVE) since 2026-11-23T05:00:00Z
        Its backups go on where DynamoDB lets them. Give the permission to replicate back: in the resource policy of the table and of the other replicas, and in the service-linked role. See the replicas:
          aws dynamodb describe-table --region eu-central-1 --table-name REPLICATION_NOT_AUTHORIZED
      "
    `);
  });

  it('whose tag names no policy', () => {
    const tagged = (name: string, value: string) => ({ name, tags: { 'backup:policy': value } });
    const some = tables(
      tagged('a', 'standrad'),
      tagged('b', 'none+standard'),
      tagged('c', ''),
      tagged('d', 'gold+silver'),
    );
    expect(seeing({ tables: some, recoveryPoints: pointsOf(some.slice(1, 2)) })).toMatchInlineSnapshot(`
      "
      critical unknown-policy/a table=a cause="standrad" needs=standard
        The tag backup:policy of a names "standrad" (did you mean "standard"?), and no policy is called so. No policy governs a: it is not backed up.
        "standrad" (one of standard) since 2026-11-23T05:00:00Z
        Set the tag to standard (several are joined by "+"), or to "none" to opt out:
          aws dynamodb tag-resource --region eu-central-1 --resource-arn arn:aws:dynamodb:eu-central-1:111122223333:table/a --tags Key=backup:policy,Value=standard

      warning unknown-policy/b table=b cause="none"
        The tag backup:policy of b says "none" beside other names, which contradict it. Only standard governs it.
        "none" (one of standard) since 2026-11-23T05:00:00Z
        Set the tag to standard (several are joined by "+"), or to "none" to opt out:
          aws dynamodb tag-resource --region eu-central-1 --resource-arn arn:aws:dynamodb:eu-central-1:111122223333:table/b --tags Key=backup:policy,Value=POLICY

      critical unknown-policy/c table=c cause=""
        The tag backup:policy of c names nothing. No policy governs c: it is not backed up.
        "" (one of standard) since 2026-11-23T05:00:00Z
        Set the tag to standard (several are joined by "+"), or to "none" to opt out:
          aws dynamodb tag-resource --region eu-central-1 --resource-arn arn:aws:dynamodb:eu-central-1:111122223333:table/c --tags Key=backup:policy,Value=POLICY

      critical unknown-policy/d table=d cause="gold", "silver"
        The tag backup:policy of d names "gold", and no policy is called so; it names "silver", and no policy is called so. No policy governs d: it is not backed up.
        "gold", "silver" (one of standard) since 2026-11-23T05:00:00Z
        Set the tag to standard (several are joined by "+"), or to "none" to opt out:
          aws dynamodb tag-resource --region eu-central-1 --resource-arn arn:aws:dynamodb:eu-central-1:111122223333:table/d --tags Key=backup:policy,Value=POLICY
      "
    `);
  });

  it('without the tag', () => {
    const one = seeing({ tableNames: ['Orders', 'Users'] });
    const many = seeing({ tableNames: ['Carts', 'Orders', 'Users', 'awsbackup-restore-test-1'] });
    expect(one + many).toMatchInlineSnapshot(`
      "
      info untagged-tables
        1 table of 2 is without the tag backup:policy: Users.
        1 without a tag (every table says what it needs) since 2026-11-23T05:00:00Z
        Tag each with a policy, or with "none" if it needs no backup:
          aws dynamodb tag-resource --region eu-central-1 --resource-arn arn:aws:dynamodb:eu-central-1:111122223333:table/TABLE --tags Key=backup:policy,Value=POLICY

      info untagged-tables
        2 tables of 3 are without the tag backup:policy: Carts, Users.
        2 without a tag (every table says what it needs) since 2026-11-23T05:00:00Z
        Tag each with a policy, or with "none" if it needs no backup:
          aws dynamodb tag-resource --region eu-central-1 --resource-arn arn:aws:dynamodb:eu-central-1:111122223333:table/TABLE --tags Key=backup:policy,Value=POLICY
      "
    `);
  });

  it('which lost the tag, all or most', () => {
    const memory = { coverage: { tables: 1_200, seenAt: NOW - DAY_MS }, pitrBaselines: [] };
    const none = { tables: [], tableNames: [], recoveryPoints: [] };
    const first = seeing(none);
    const later = seeing(none, { memory });
    const most = seeing({ tableNames: ['Orders'] }, { memory });
    expect(first + later + most).toMatchInlineSnapshot(`
      "
      info waiting-for-first-table
        No table carries the tag backup:policy yet, so nothing is backed up: Tablekeeper waits for its first table.
        0 tagged tables (at least one) since 2026-11-23T05:00:00Z
        Tag each table with a policy (standard), or with "none" if it needs no backup; where no table needs one, remove the deployment:
          aws dynamodb tag-resource --region eu-central-1 --resource-arn arn:aws:dynamodb:eu-central-1:111122223333:table/TABLE --tags Key=backup:policy,Value=standard

      critical coverage-dropped
        No table opts in by the tag backup:policy, so nothing is backed up.
        0 tagged tables (1,200) since 2026-11-23T05:00:00Z
        Find out what took the tag backup:policy away, or tag the tables that need backups. Each of them is reported by name; one that needs no backup says "none":
          aws dynamodb tag-resource --region eu-central-1 --resource-arn arn:aws:dynamodb:eu-central-1:111122223333:table/TABLE --tags Key=backup:policy,Value=POLICY

      warning coverage-dropped
        Only 1 table of 1,200 still carries the tag backup:policy.
        1 tagged table (1,200) since 2026-11-23T05:00:00Z
        Find out what took the tag backup:policy away, or tag the tables that need backups. Each of them is reported by name; one that needs no backup says "none":
          aws dynamodb tag-resource --region eu-central-1 --resource-arn arn:aws:dynamodb:eu-central-1:111122223333:table/TABLE --tags Key=backup:policy,Value=POLICY
      "
    `);
  });

  it('muted, and meant to be', () => {
    const until = (name: string, value: string) => ({
      name,
      tags: { 'backup:policy': 'standard', 'backup:mute-until': value },
    });
    const some = tables(
      { ...until('a', '2026-12-01'), pitr: PITR_OFF },
      until('b', 'tomorrow'),
      until('c', '2027-12-01'),
    );
    const openFindings = [anOpenFinding({ id: 'backup-stuck/a/standard', kind: 'backup-stuck', table: 'a' })];
    expect(seeing({ tables: some, recoveryPoints: pointsOf(some) }, { openFindings })).toMatchInlineSnapshot(`
      "
      warning mute-refused/b table=b cause="tomorrow"
        The tag backup:mute-until of b says "tomorrow", which is no date: nothing is muted.
        "tomorrow" (a date at most 90 days ahead) since 2026-11-23T05:00:00Z
        Write a date such as 2026-12-01, or a moment such as 2026-12-01T06:00:00Z, or take the tag away:
          aws dynamodb untag-resource --region eu-central-1 --resource-arn arn:aws:dynamodb:eu-central-1:111122223333:table/b --tag-keys backup:mute-until

      warning mute-refused/c table=c cause="2027-12-01"
        The tag backup:mute-until of c says "2027-12-01", which is more than 90 days ahead: nothing is muted.
        "2027-12-01" (a date at most 90 days ahead) since 2026-11-23T05:00:00Z
        Write a date such as 2026-12-01, or a moment such as 2026-12-01T06:00:00Z, or take the tag away:
          aws dynamodb untag-resource --region eu-central-1 --resource-arn arn:aws:dynamodb:eu-central-1:111122223333:table/c --tag-keys backup:mute-until

      info muted/a table=a cause=until 2026-12-01 00:00 UTC
        Findings of a are held back until 2026-12-01 00:00 UTC, as its tag backup:mute-until says; 2 findings so far.
        2 findings held back (reported at once) since 2026-11-23T05:00:00Z
        Backups go on meanwhile. What is still open then is reported then; to be alerted now, take the tag away:
          aws dynamodb untag-resource --region eu-central-1 --resource-arn arn:aws:dynamodb:eu-central-1:111122223333:table/a --tag-keys backup:mute-until

      critical pitr-off/a table=a needs=35 days
        Point-in-time recovery of a is off; standard promises 35 days.
        off (on, 35 days) since 2026-11-23T05:00:00Z
        Switch it on and see who switched it off:
          aws dynamodb update-continuous-backups --region eu-central-1 --table-name a --point-in-time-recovery-specification PointInTimeRecoveryEnabled=true,RecoveryPeriodInDays=35
          aws cloudtrail lookup-events --region eu-central-1 --lookup-attributes AttributeKey=ResourceName,AttributeValue=a
      "
    `);
  });

  it('deleted lately', () => {
    const announced = { kind: 'table-deleted', severity: 'warning', fact: 'Gone was deleted.' } as const;
    const told = { returns: [NOW], flapping: true, toldSeverity: 'info' } as const;
    const openFindings = [anOpenFinding({ id: 'table-deleted/Gone', table: 'Gone', ...announced, ...told })];
    expect(seeing({}, { openFindings })).toMatchInlineSnapshot(`
      "
      info table-deleted/Gone table=Gone
        Gone was deleted.
        off (on, 35 days) since 2026-11-23T04:00:00Z
        Switch it on.
      "
    `);
  });
});

describe('findings of what a run could not see or do, word for word', () => {
  it('a list', () => {
    const facets: readonly Facet[] = [
      ...(['details', 'memory', 'pitr', 'recent-recovery-points', 'recovery-points'] as const),
      ...(['subscriptions', 'table-names', 'tags'] as const),
    ];
    const gaps = facets.map(
      (facet): Gap => ({ facet, failure: aCallFailure('Call', 'DeniedException', `no ${facet}.`) }),
    );
    expect(seeing({ gaps })).toMatchInlineSnapshot(`
      "
      critical observation-gap/details facet=details cause=Call: DeniedException errorName=DeniedException
        The description of tables could not be read: Call: DeniedException: no details.
        unknown (read whole) since 2026-11-23T05:00:00Z
        Check that the role may call dynamodb:DescribeTable. Until it can be read, no backup is made of it and nothing of it is deleted.

      critical observation-gap/memory facet=memory cause=Call: DeniedException errorName=DeniedException
        What earlier runs found could not be read: Call: DeniedException: no memory.
        unknown (read whole) since 2026-11-23T05:00:00Z
        Check that the state table is there and that the role may read and write it; docs/runbook.md says how to bring it back. Meanwhile every audit reports all that is wrong. Until it can be read, backups go on as far as they can, and nothing that depends on it is deleted.

      critical observation-gap/pitr facet=pitr cause=Call: DeniedException errorName=DeniedException
        Point-in-time recovery of tables could not be read: Call: DeniedException: no pitr.
        unknown (read whole) since 2026-11-23T05:00:00Z
        Check that the role may call dynamodb:DescribeContinuousBackups. Until it can be read, backups go on as far as they can, and nothing that depends on it is deleted.

      critical observation-gap/recent-recovery-points facet=recent-recovery-points cause=Call: DeniedException errorName=DeniedException
        The list of recent recovery points could not be read: Call: DeniedException: no recent-recovery-points.
        unknown (read whole) since 2026-11-23T05:00:00Z
        Check that the role may call dynamodb:ListBackups. Until it can be read, backups go on as far as they can, and nothing that depends on it is deleted.

      critical observation-gap/recovery-points facet=recovery-points cause=Call: DeniedException errorName=DeniedException
        The list of recovery points could not be read: Call: DeniedException: no recovery-points.
        unknown (read whole) since 2026-11-23T05:00:00Z
        Check that the role may call dynamodb:ListBackups. Until it can be read, backups go on as far as they can, and nothing that depends on it is deleted.

      critical observation-gap/subscriptions facet=subscriptions cause=Call: DeniedException errorName=DeniedException
        The subscriptions of the alert topic could not be read: Call: DeniedException: no subscriptions.
        unknown (read whole) since 2026-11-23T05:00:00Z
        Check that the alert topic exists and that the role may call sns:GetTopicAttributes and sns:ListSubscriptionsByTopic. Until it can be read, backups go on as far as they can, and nothing that depends on it is deleted.

      critical observation-gap/table-names facet=table-names cause=Call: DeniedException errorName=DeniedException
        The list of all tables could not be read: Call: DeniedException: no table-names.
        unknown (read whole) since 2026-11-23T05:00:00Z
        Check that the role may call dynamodb:ListTables. Until it can be read, backups go on as far as they can, and nothing that depends on it is deleted.

      critical observation-gap/tags facet=tags cause=Call: DeniedException errorName=DeniedException
        The list of tagged tables could not be read: Call: DeniedException: no tags.
        unknown (read whole) since 2026-11-23T05:00:00Z
        Check that the role may call tag:GetResources. Until it can be read, backups go on as far as they can, and nothing that depends on it is deleted.
      "
    `);
  });

  it('a table, and many', () => {
    const denied = (facet: Facet, table: string): Gap => ({
      facet,
      table,
      failure: aCallFailure('Call', 'DeniedException', 'no.'),
    });
    const many = Array.from({ length: 21 }, (_, at) => denied('pitr', `T${at}`));
    const waits: Gap = { facet: 'pitr', table: 'Z', failure: aFailure('no time'), deferred: true };
    expect(seeing({ gaps: [denied('details', 'Orders'), ...many, waits] })).toMatchInlineSnapshot(`
      "
      warning observation-gap/details/Orders table=Orders facet=details cause=Call: DeniedException errorName=DeniedException
        The description of tables could not be read for Orders: Call: DeniedException: no.
        unknown (read whole) since 2026-11-23T05:00:00Z
        Check that the role may call dynamodb:DescribeTable. Until it can be read, no backup is made of it and nothing of it is deleted.

      critical observation-gap/pitr facet=pitr cause=Call: DeniedException errorName=DeniedException
        Point-in-time recovery of tables could not be read for 21 tables: T0, T1, T10, T11, T12, T13, T14, T15, T16, T17, T18, T19, T2, T20, T3, T4, T5, T6, T7, T8 and 1 more: Call: DeniedException: no.
        21 tables unknown (read whole) since 2026-11-23T05:00:00Z
        Check that the role may call dynamodb:DescribeContinuousBackups. Until it can be read, backups go on as far as they can, and nothing that depends on it is deleted.
      "
    `);
  });

  it('anybody who listens', () => {
    const facets = ['tags', 'details', 'table-names', 'recovery-points', 'pitr', 'memory'] as const;
    const pending = (count: number) =>
      seeing({ facets: [...facets, 'subscriptions'], topic: { confirmed: 0, pending: count } });
    expect(pending(0) + pending(1) + pending(2)).toMatchInlineSnapshot(`
      "
      critical no-confirmed-subscription
        Nobody has confirmed a subscription of the alert topic, so no message reaches anybody; nobody was asked.
        no confirmed subscription (at least one) since 2026-11-23T05:00:00Z
        Click the link in the confirmation mail, or subscribe somebody. Until then nothing counts as sent:
          tablekeeper doctor

      critical no-confirmed-subscription
        Nobody has confirmed a subscription of the alert topic, so no message reaches anybody; 1 subscription waits for the link in a mail to be clicked.
        no confirmed subscription (at least one) since 2026-11-23T05:00:00Z
        Click the link in the confirmation mail, or subscribe somebody. Until then nothing counts as sent:
          tablekeeper doctor

      critical no-confirmed-subscription
        Nobody has confirmed a subscription of the alert topic, so no message reaches anybody; 2 subscriptions wait for the link in a mail to be clicked.
        no confirmed subscription (at least one) since 2026-11-23T05:00:00Z
        Click the link in the confirmation mail, or subscribe somebody. Until then nothing counts as sent:
          tablekeeper doctor
      "
    `);
  });

  it('what it tried', () => {
    const outcomes: readonly Outcome[] = [
      anOutcome(aCreate(), 'failed', aCallFailure('CreateBackup', 'LimitExceededException', 'too many.')),
      anOutcome(aCreate({ table: 'Users' }), 'refused', 'no'),
      anOutcome(aRepair(), 'failed', aCallFailure('UpdateContinuousBackups', 'InternalServerError', 'oh')),
      ...dailyRecoveryPoints(2).map((recoveryPoint) =>
        anOutcome(anExpire({ recoveryPoint }), 'refused', aCallFailure('DeleteBackup', 'DeniedException')),
      ),
      anOutcome(
        anExpire({ table: 'Users' }),
        'failed',
        aCallFailure('DeleteBackup', 'InternalServerError', 'oh'),
      ),
    ];
    const attempt = { outcomes, openFindings: [], policies: somePolicies(), now: NOW };
    expect(texts(findingsOfOutcomes(attempt))).toMatchInlineSnapshot(`
      "
      warning backups-failing/Orders/standard table=Orders policy=standard cause=CreateBackup: LimitExceededException errorName=LimitExceededException
        The backup of Orders under standard failed: CreateBackup: LimitExceededException: too many.
        failed (done) since 2026-11-23T05:00:00Z
        Every run tries again, and nothing of this table expires meanwhile. AWS asked for patience: too many calls were made at once. Nothing has to be done unless it lasts; then see in CloudTrail who else calls it so often. If it lasts, see why and try by hand:
          tablekeeper explain Orders
          tablekeeper run backup

      warning backups-failing/Users/standard table=Users policy=standard
        The backup of Users under standard was refused: no.
        refused (done) since 2026-11-23T05:00:00Z
        Every run tries again, and nothing of this table expires meanwhile. If it lasts, see why and try by hand:
          tablekeeper explain Users
          tablekeeper run backup

      warning expiries-failing/standard policy=standard
        3 recovery points under standard could not be deleted, of Orders, Users: DeleteBackup: DeniedException: no; DeleteBackup: InternalServerError: oh.
        3 not deleted (all deleted) since 2026-11-23T05:00:00Z
        Every run tries again; what is not deleted is kept and paid for. Check that the role may call dynamodb:DeleteBackup. Then:
          tablekeeper run prune

      critical pitr-repair-failing/Orders table=Orders cause=UpdateContinuousBackups: InternalServerError errorName=InternalServerError
        Point-in-time recovery of Orders could not be set to 35 days: UpdateContinuousBackups: InternalServerError: oh.
        failed (on, 35 days) since 2026-11-23T05:00:00Z
        Every audit tries again. AWS did not answer, or with a failure of its own. If it lasts, see the AWS Health Dashboard. Then:
          tablekeeper explain Orders
          tablekeeper run audit
      "
    `);
  });
});

it('a table that nobody confirmed is not called anything', () => {
  const tagged = aTaggedTable({ tags: { 'backup:policy': 'standrad', 'backup:mute-until': 'tomorrow' } });
  expect(seeing({ tables: [tagged], recoveryPoints: [] })).toBe('\n\n');
});
