import { describe, expect, it } from 'vitest';
import { plan } from '../../../shared/core/plan/plan.ts';
import { plainPaint } from '../../../shared/core/render/colour.ts';
import { explainLines } from '../../../shared/core/render/explain-text.ts';
import { type ExplanationInput, explanationOf } from '../../../shared/core/render/explanation.ts';
import type { OpenFinding } from '../../../shared/model/memory.ts';
import type { Observation } from '../../../shared/model/observation.ts';
import type { Policies } from '../../../shared/model/policy.ts';
import {
  anObservation,
  anOpenFinding,
  aPitr,
  aPolicy,
  aPolicyWithoutPitr,
  aRecoveryPoint,
  aTable,
  aTaggedTable,
  INSTANCE,
  NO_MEMORY,
  NOW,
  PITR_OFF,
  somePolicies,
  TARGET,
} from '../../support/world.ts';

interface Case {
  readonly observation?: Observation;
  readonly policies?: Policies;
  readonly openFindings?: readonly OpenFinding[];
}

const inputOf = ({
  observation = anObservation(),
  policies = somePolicies(),
  openFindings = [],
}: Case): ExplanationInput => {
  const given = { policies, observation, openFindings, instance: INSTANCE, memory: NO_MEMORY };
  return { ...given, plan: plan({ ...given, mode: 'audit', now: NOW }) };
};

const textOf = (given: Case, table = 'Orders'): string => {
  const input = inputOf(given);
  const explanation = explanationOf(input, table);
  const view = { explanation, instance: INSTANCE, target: TARGET, now: NOW, tag: input.policies.tag };
  return explainLines(view, { paint: plainPaint }).join('\n');
};

const withTag = (value: string) => anObservation({ tables: [aTable({ tags: { 'backup:policy': value } })] });

describe('an explanation', () => {
  it('of a healthy table tells verdict, policy, recovery points and window', () => {
    expect(textOf({})).toMatchInlineSnapshot(`
      "Tablekeeper prod, account 111122223333, eu-central-1, 2026-11-23 05:00Z

      Orders: protected
        the newest recovery point of standard is 1 h old; point-in-time recovery reaches back to 2026-10-19T05:00:00Z

      Policies
        its tag backup:policy names the policy standard
        standard  next slot 2026-11-24 03:00Z (in 22 h), by 0 3 * * * in UTC
                  keeps the newest of each of the last 7 days that has one
                  promises a newest recovery point at most 26 h old (RPO)
                  point-in-time recovery of 35 days is promised, told when it is off

      Tags
        backup:policy  =  standard

      1 recovery point
        SLOT               AGE  SIZE    POLICY    STATUS     DECISION  WHY
        2026-11-23 03:00Z  1 h  1.0 MB  standard  available  keep      the newest of 2026-11-23 (daily 1 of 7)

      Point-in-time recovery
        on, set to 35 days: any second from 2026-10-19 05:00Z to 2026-11-23 04:55Z, 35 days
        point-in-time recovery of 35 days is promised, told when it is off

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
      says: 'on, set to 7 days; its window is not told yet',
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

  it('shows the longest promise where two policies govern', () => {
    const policies = somePolicies({
      policies: [
        aPolicy({ name: 'long' }),
        aPolicy({ name: 'short', pitr: { recoveryPeriodDays: 7, onDrift: 'alert' } }),
      ],
    });
    const input = inputOf({ policies, observation: withTag('short+long') });
    expect(explanationOf(input, 'Orders').pitrPromise?.recoveryPeriodDays).toBe(35);
  });

  it('is only about its own table', () => {
    const observation = anObservation({
      tables: [aTable({ name: 'Carts', pitr: PITR_OFF }), aTable()],
      recoveryPoints: [aRecoveryPoint(), aRecoveryPoint({ tableName: 'Carts' })],
    });
    expect(textOf({ observation })).not.toContain('Carts');
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
