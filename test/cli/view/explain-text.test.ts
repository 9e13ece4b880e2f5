import { describe, expect, it } from 'vitest';
import { pointsBlock } from '../../../cli/view/explain-points.ts';
import { explanationOf } from '../../../shared/core/explain/explanation.ts';
import { inputOf, textOf, withTag } from '../../core/messages/explained.ts';
import { MARKED } from '../../core/messages/marked.ts';
import { aVaultObservation, aVaultPoint, aVaultPolicy } from '../../support/vaults.ts';
import {
  anObservation,
  anOpenFinding,
  aPitr,
  aPolicy,
  aPolicyWithoutPitr,
  aRecoveryPoint,
  aTable,
  aTaggedTable,
  dailyRecoveryPoints,
  NOW,
  PITR_OFF,
  somePolicies,
} from '../../support/world.ts';

describe('an explanation', () => {
  it('of a healthy table tells verdict, policy, recovery points and window', () => {
    expect(textOf({})).toMatchInlineSnapshot(`
      "Tablekeeper prod, account 111122223333, eu-central-1, 2026-11-23 05:00Z

      Orders: protected
        the newest recovery point of standard is 1 h old; point-in-time recovery reaches back to 2026-10-19 05:00Z

      Policies
        its tag backup:policy names the policy standard
        standard  next slot 2026-11-24 03:00Z (in 22 h), by 0 3 * * * in UTC
                  keeps the newest of each of the last 7 days that has one
                  promises a newest recovery point at most 26 hours 24 minutes old (RPO)
                  point-in-time recovery of 35 days is promised; alerts when it is off

      Tags
        backup:policy  =  standard

      1 recovery point
        SLOT               AGE  SIZE    POLICY    STATUS     DECISION  WHY
        2026-11-23 03:00Z  1 h  1.0 MB  standard  available  keep      the newest of 2026-11-23 (daily 1 of 7)

      Point-in-time recovery
        on, set to 35 days: any second from 2026-10-19 05:00Z to 2026-11-23 04:55Z, 35 days
        point-in-time recovery of 35 days is promised; alerts when it is off

      No findings"
    `);
  });

  it.each([
    {
      name: 'an empty tag',
      given: { observation: withTag('') },
      says: 'its tag backup:policy is empty and so names no policy',
    },
    { name: 'an opted-out table', given: { observation: withTag('none') }, says: 'Orders opted out:' },
    {
      name: 'PITR that is off',
      given: { observation: anObservation({ tables: [aTable({ pitr: PITR_OFF })] }) },
      says: 'Point-in-time recovery\n  off\n',
    },
    {
      name: 'PITR without a window yet',
      given: {
        observation: anObservation({ tables: [aTable({ pitr: { enabled: true, recoveryPeriodDays: 7 } })] }),
      },
      says: 'on, set to 7 days; its window is not known yet',
    },
    {
      name: 'a short window',
      given: {
        observation: anObservation({
          tables: [
            aTable({ pitr: aPitr({ recoveryPeriodDays: 1, earliestRestorableAt: NOW - 86_400_000 }) }),
          ],
        }),
      },
      says: 'on, set to 1 day: any second from 2026-11-22 05:00Z to 2026-11-23 04:55Z, 1 day',
    },
    {
      name: 'PITR that could not be read',
      given: { observation: anObservation({ tables: [aTaggedTable()] }) },
      says: 'Point-in-time recovery\n  could not be read\n',
    },
    {
      name: 'PITR that nobody promised',
      given: {
        policies: somePolicies({ policies: [aPolicyWithoutPitr()] }),
        observation: anObservation({ tables: [aTaggedTable()] }),
      },
      says: 'Point-in-time recovery\n  not looked at\n',
    },
    {
      name: 'backups of others',
      given: {
        observation: anObservation({
          recoveryPoints: [
            aRecoveryPoint(),
            aRecoveryPoint({ name: 'mine', id: 'a' }),
            aRecoveryPoint({ instance: 'dev', id: 'b' }),
          ],
        }),
      },
      says: 'and 2 backups that this instance did not make and never touches',
    },
    {
      name: 'no recovery point',
      given: { observation: anObservation({ recoveryPoints: [] }) },
      says: '\nNo recovery points\n',
    },
    {
      name: 'recovery points of a policy that is gone',
      given: { observation: anObservation({ recoveryPoints: [aRecoveryPoint({ policy: 'weekly' })] }) },
      says: 'there is no policy weekly any more',
    },
    {
      name: 'a finding from before that this look did not find',
      given: {
        openFindings: [anOpenFinding({ id: 'backups-failing/Orders/standard', kind: 'backups-failing' })],
      },
      says: 'backups-failing/Orders/standard, open since 2026-11-23 04:30Z, not found just now',
    },
  ])('tells of $name', ({ given, says }) => {
    expect(textOf(given)).toContain(says);
  });

  it('of a table in trouble has a tone for each thing', () => {
    const observation = anObservation({
      tables: [aTable({ pitr: PITR_OFF })],
      recoveryPoints: dailyRecoveryPoints(9),
    });
    const earlier = anOpenFinding({
      id: 'backups-failing/Orders/standard',
      kind: 'backups-failing',
      fact: 'The backup of Orders under standard failed: denied.',
    });
    const openFindings = [earlier, anOpenFinding(), anOpenFinding({ id: 'pitr-off/Carts', table: 'Carts' })];
    expect(textOf({ observation, openFindings }, 'Orders', MARKED)).toMatchInlineSnapshot(`
      "<muted:Tablekeeper prod, account 111122223333, eu-central-1, 2026-11-23 05:00Z>

      <strong:Orders>: <warning:at risk>
        Point-in-time recovery of Orders is off; standard promises 35 days; The backup of Orders under standard failed: denied

      <strong:Policies>
        its tag backup:policy names the policy standard
        <strong:standard>  next slot 2026-11-24 03:00Z (in 22 h), by 0 3 * * * in UTC
                  keeps the newest of each of the last 7 days that has one
                  promises a newest recovery point at most 26 hours 24 minutes old (RPO)
                  point-in-time recovery of 35 days is promised; alerts when it is off

      <strong:Tags>
        backup:policy  =  standard

      <strong:9 recovery points>
        <muted:SLOT>               <muted:AGE>     <muted:SIZE>    <muted:POLICY>    <muted:STATUS>     <muted:DECISION>  <muted:WHY>
        2026-11-23 03:00Z  1 h     1.0 MB  standard  available  <good:keep>      the newest of 2026-11-23 (daily 1 of 7)
        2026-11-22 03:00Z  25 h    1.0 MB  standard  available  <good:keep>      the newest of 2026-11-22 (daily 2 of 7)
        2026-11-21 03:00Z  49 h    1.0 MB  standard  available  <good:keep>      the newest of 2026-11-21 (daily 3 of 7)
        2026-11-20 03:00Z  3 days  1.0 MB  standard  available  <good:keep>      the newest of 2026-11-20 (daily 4 of 7)
        2026-11-19 03:00Z  4 days  1.0 MB  standard  available  <good:keep>      the newest of 2026-11-19 (daily 5 of 7)
        2026-11-18 03:00Z  5 days  1.0 MB  standard  available  <good:keep>      the newest of 2026-11-18 (daily 6 of 7)
        2026-11-17 03:00Z  6 days  1.0 MB  standard  available  <good:keep>      the newest of 2026-11-17 (daily 7 of 7)
        2026-11-16 03:00Z  7 days  1.0 MB  standard  available  <good:keep>      held back: backups of Orders are failing or overdue
        2026-11-15 03:00Z  8 days  1.0 MB  standard  available  <good:keep>      held back: backups of Orders are failing or overdue

      <strong:Point-in-time recovery>
        off
        point-in-time recovery of 35 days is promised; alerts when it is off

      <strong:2 findings>

        <bad:critical>  <strong:PITR off on Orders>
          Point-in-time recovery of Orders is off; standard promises 35 days.
          Since 2026-11-23 04:00Z (1 h ago)
          Switch it on and see who switched it off:
            aws dynamodb update-continuous-backups --region eu-central-1 --table-name Orders --point-in-time-recovery-specification PointInTimeRecoveryEnabled=true,RecoveryPeriodInDays=35
            aws cloudtrail lookup-events --region eu-central-1 --lookup-attributes AttributeKey=ResourceName,AttributeValue=Orders
          <muted:pitr-off/Orders>

        backups-failing/Orders/standard, open since 2026-11-23 04:30Z, not found just now; the next run that can tell resolves it"
    `);
  });

  it('tells what expires, with every reason', () => {
    const input = inputOf({});
    const retention = input.plan.retention.map((one) => ({
      ...one,
      decision: 'expire' as const,
      reasons: ['not kept', 'too old'],
    }));
    const explanation = explanationOf({ ...input, plan: { ...input.plan, retention } }, 'Orders');
    expect(pointsBlock(explanation, NOW, MARKED).at(-1)).toBe(
      '  2026-11-23 03:00Z  1 h  1.0 MB  standard  available  <bad:expire>    not kept; too old',
    );
  });

  it('of a table that opted out tells only that', () => {
    const observation = anObservation({
      tables: [aTable({ tags: { 'backup:policy': 'none', stage: 'prod' } }), aTable({ name: 'Carts' })],
      recoveryPoints: [],
    });
    expect(textOf({ observation })).toMatchInlineSnapshot(`
      "Tablekeeper prod, account 111122223333, eu-central-1, 2026-11-23 05:00Z

      Orders opted out: no policy governs it, and nothing is promised.

      No policy governs it
        its tag backup:policy opts out: none

      Tags
        backup:policy  =  none

      No recovery points

      No findings"
    `);
  });

  it.each([
    { tag: { 'backup:hold': 'true' }, line: '  backup:hold    =  true      stops all expiry for this table' },
    { tag: { 'Backup:Hold': 'x' }, line: '  Backup:Hold    =  x         stops all expiry for this table' },
    { tag: { 'backup:hold': 'false' }, line: '  backup:hold    =  false' },
  ])('tells what a hold does: $tag', ({ tag, line }) => {
    const observation = anObservation({
      tables: [aTable({ tags: { 'backup:policy': 'standard', ...tag } })],
    });
    expect(textOf({ observation }).split('\n')).toContain(line);
  });

  it('of a table that is gone says how many of them are in backup vaults', () => {
    const policies = somePolicies({ policies: [aVaultPolicy()] });
    const recoveryPoints = [aVaultPoint()];
    const observation = aVaultObservation({ tables: [], tableNames: ['orders'], recoveryPoints });
    expect(textOf({ policies, observation })).toContain(
      'this name, 1 of them in backup vaults. Tablekeeper keeps them.',
    );
  });

  it('of a table that is gone tells of the recovery points that are left', () => {
    const observation = anObservation({ tables: [], tableNames: ['orders'] });
    expect(textOf({ observation })).toMatchInlineSnapshot(`
      "Tablekeeper prod, account 111122223333, eu-central-1, 2026-11-23 05:00Z

      "Orders" is no table in eu-central-1. Did you mean orders?
      There are recovery points of a table that had this name. Tablekeeper keeps them.
      To get it back:
        tablekeeper restore Orders

      1 recovery point
        SLOT               AGE  SIZE    POLICY    STATUS     DECISION  WHY
        2026-11-23 03:00Z  1 h  1.0 MB  standard  available  keep      no table Orders with the tag was seen

      1 finding

        info  recovery points of a lost table: Orders
          Orders was deleted; 1 recovery point of the former table (1.0 MB) is kept, the newest: tablekeeper.prod.standard.20261123T030000Z of 2026-11-23 03:01 UTC.
          Since 2026-11-23 05:00Z (just now)
          Tablekeeper never deletes them: their policy has no afterDeletion. Restore the table from one, or delete them once nobody needs them:
            npx tablekeeper explain Orders --region eu-central-1
            aws dynamodb delete-backup --region eu-central-1 --backup-arn ARN
          recovery-points-of-lost-table/Orders"
    `);
  });

  it.each([
    { table: 'Invoices', says: '"Invoices" is no table in eu-central-1.' },
    { table: 'Ordres', says: '"Ordres" is no table in eu-central-1. Did you mean Orders?' },
  ])('of the missing table $table is one line', ({ table, says }) => {
    expect(textOf({}, table).split('\n').slice(1)).toEqual(['', says]);
  });

  it('shows the longest promise where two policies govern', () => {
    const policies = somePolicies({
      policies: [
        aPolicy({ name: 'a-short-one', pitr: { recoveryPeriodDays: 7, onDrift: 'alert' } }),
        aPolicy({ name: 'long' }),
        aPolicyWithoutPitr({ name: 'none-promised' }),
      ],
    });
    const input = inputOf({ policies, observation: withTag('a-short-one+long+none-promised') });
    expect(explanationOf(input, 'Orders').pitrPromise?.recoveryPeriodDays).toBe(35);
  });

  it('is only about its own table', () => {
    const observation = anObservation({
      tables: [aTable({ name: 'Carts', pitr: PITR_OFF }), aTable()],
      recoveryPoints: [
        aRecoveryPoint(),
        aRecoveryPoint({ tableName: 'Carts' }),
        aRecoveryPoint({ tableName: 'Carts', name: 'by-hand' }),
      ],
    });
    const openFindings = [anOpenFinding({ id: 'backups-failing/Carts', table: 'Carts' })];
    expect(textOf({ observation, openFindings })).toBe(textOf({}));
  });

  it.each([
    { table: 'orders', nearest: 'Orders' },
    { table: 'Ordres', nearest: 'Orders' },
    { table: 'Invoices', nearest: undefined },
  ])('of the missing table $table suggests $nearest', ({ table, nearest }) => {
    const explanation = explanationOf(inputOf({}), table);
    expect([explanation.presence, explanation.nearest]).toEqual(['missing', nearest]);
  });

  it('of a table without a tag tells how to opt in', () => {
    const observation = anObservation({ tableNames: ['Orders', 'Reports'] });
    expect(textOf({ observation }, 'Reports')).toMatch(
      /Reports has no tag backup:policy[\s\S]+aws dynamodb tag-resource/,
    );
  });
});
