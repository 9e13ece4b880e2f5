import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { deployedPolicies } from '../../../shared/core/policy/deployed.ts';
import { differenceText } from '../../../shared/core/policy/difference-words.ts';
import { policyDifferences } from '../../../shared/core/policy/differences.ts';
import { deployedLines } from '../../../shared/core/policy/differences-text.ts';
import { loadPolicies } from '../../../shared/core/policy/load.ts';
import { policiesDigest } from '../../../shared/core/policy/policies-file.ts';
import type { Policies } from '../../../shared/model/policy.ts';

const BASE = `
timezone: UTC
policies:
  standard:
    schedule: "0 3 * * *"
    retention: { daily: 7 }
    pitr: { required: true, recoveryPeriodDays: 35, onDrift: alert }
  weekly:
    schedule: "0 4 * * 0"
    retention: { weekly: 4 }
`;

const load = (text: string): Policies => loadPolicies(text, 'policies.yml');

const linesOf = (deployed: Policies, given: Policies): readonly string[] =>
  deployedLines('policies.yml', {
    kind: 'differ',
    others: [{ functions: ['prune'], policiesDigest: 'x', differences: policyDifferences(deployed, given) }],
    same: [],
  }).slice(2);

describe('how a file differs from what is deployed', () => {
  it.each([
    {
      from: 'timezone: UTC',
      to: 'timezone: UTC\ntag: backup:plan',
      says: ['  tag: deployed backup:policy; here backup:plan'],
    },
    {
      from: 'timezone: UTC',
      to: 'timezone: UTC\nguardrail: { maxShare: 0.255, floor: 9 }',
      says: [
        '  guardrail: deployed more than 50 % and more than 5 at once; here more than 25.5 % and more than 9 at once',
      ],
    },
    {
      from: 'timezone: UTC',
      to: 'timezone: UTC\ndigest: { schedule: "0 8 * * 1" }',
      says: ['  digest: deployed none; here 0 8 * * 1 in UTC'],
    },
    {
      from: 'retention: { daily: 7 }',
      to: 'retention: { daily: 7 }\n    rto: 4h\n    drill: { every: 7d, maxSizeGb: 50, sample: 100 }',
      says: [
        '  drills: deployed none; here $20 a month',
        '  policy standard, rto: deployed promises nothing of how long a restore takes; here promises a restore within 4 hours (RTO)',
        '  policy standard, drill: deployed no drills; here drills each table every 7 days: it is restored, checked with 100 items and deleted; over 50 GB it is only described',
      ],
    },
    {
      from: 'retention: { daily: 7 }',
      to: 'retention: { daily: 7 }\n    afterDeletion: { keep: 30d }',
      says: [
        '  policy standard, afterDeletion: deployed keeps the recovery points of deleted tables until a person deletes them; here deletes all recovery points of a deleted table, the last one too, 30 days after an audit first saw that it is gone and a week after people were told, unless something keeps them',
      ],
    },
    {
      from: 'retention: { daily: 7 }',
      to: 'retention: { last: 3 }',
      says: [
        '  policy standard, retention: deployed keeps the newest of each of the last 7 days that has one; here keeps the newest 3',
      ],
    },
    {
      from: ', onDrift: alert',
      to: ', onDrift: repair',
      says: [
        '  policy standard, pitr: deployed point-in-time recovery of 35 days is promised; alerts when it is off; here point-in-time recovery of 35 days is promised; switched on again when it is off',
      ],
    },
    {
      from: '"0 4 * * 0"',
      to: '"0 5 * * 0"',
      says: ['  policy weekly, schedule: deployed 0 4 * * 0 in UTC; here 0 5 * * 0 in UTC'],
    },
    {
      from: 'weekly:\n    schedule',
      to: 'sunday:\n    schedule',
      says: [
        '  policy sunday: is not deployed; here 0 4 * * 0 in UTC, keeps the newest of each of the last 4 weeks that has one',
        '  policy weekly: is not in this file; deployed 0 4 * * 0 in UTC, keeps the newest of each of the last 4 weeks that has one',
      ],
    },
    {
      from: '    retention: { weekly: 4 }',
      to: '    retention: { weekly: 4 }\n    rpo: 400h',
      says: [expect.stringMatching(/^ {2}policy weekly, rpo: deployed .+; here .+$/)],
    },
  ])('is told in words: $to', ({ from, to, says }) => {
    expect(linesOf(load(BASE), load(BASE.replace(from, to)))).toEqual(says);
  });

  it.each([
    { what: 'a share that rounds', to: 'guardrail: { maxShare: 0.5001, floor: 5 }' },
    { what: 'a start window', to: 'timezone: UTC', vault: 'startWindow: 2h' },
    { what: 'the end of a job', to: 'timezone: UTC', vault: 'completeWindow: 9h' },
  ])('never reads the same on both sides: $what', ({ to, vault = '' }) => {
    const kept = '\n    engine: aws-backup\n    vault: tablekeeper\n    retention: { weekly: 4 }';
    const base = BASE.replace('\n    retention: { weekly: 4 }', kept);
    const edited = `${base.replace('timezone: UTC', `timezone: UTC\n${to === 'timezone: UTC' ? '' : to}`)}    ${vault}\n`;
    const [difference] = policyDifferences(load(base), load(edited));
    if (difference === undefined) throw new Error('nothing differs');
    const { deployed, given } = differenceText(difference);
    expect(given).not.toBe(deployed);
  });

  it('names what this version has no words for', () => {
    const newer = { ...load(BASE), vault: 'x' } as Policies;
    expect(linesOf(load(BASE), newer)).toEqual(['  vault: differs']);
    const [first, ...rest] = load(BASE).policies;
    const policies = [{ ...first, copyTo: ['arn'] }, ...rest] as unknown as Policies['policies'];
    expect(linesOf({ ...load(BASE), policies }, load(BASE))).toEqual(['  policies.standard.copyTo: differs']);
  });

  it.each<{ what: string; change: (one: Policies, amount: number) => Policies }>([
    { what: 'the tag', change: (one, amount) => ({ ...one, tag: `t${amount}` }) },
    {
      what: 'the guardrail',
      change: (one, amount) => ({ ...one, guardrail: { ...one.guardrail, floor: amount } }),
    },
    {
      what: 'an RPO',
      change: (one, amount) => ({
        ...one,
        policies: one.policies.map((policy) => ({ ...policy, rpoMs: policy.rpoMs + amount })),
      }),
    },
    { what: 'nothing', change: (one) => ({ ...one }) },
  ])('is empty exactly where the digest is the same: with $what changed', ({ change }) => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 9 }), (amount) => {
        const [one, other] = [load(BASE), change(load(BASE), amount)];
        const isSame = policiesDigest(one) === policiesDigest(other);
        expect(policyDifferences(one, other).length === 0).toBe(isSame);
      }),
    );
  });
});

describe('policies that a run wrote down', () => {
  it.each([
    { name: 'as it should', noted: load(BASE.replace('daily: 7', 'daily: 8')), differences: 1 },
    { name: 'without a list', noted: { tag: 'backup:policy', guardrail: {} }, differences: undefined },
    {
      name: 'without a schedule',
      noted: { tag: 'a', guardrail: {}, policies: [{ name: 'x' }] },
      differences: undefined,
    },
  ])('$name are compared where they can be shown', ({ noted, differences }) => {
    const policies = noted as unknown as Policies;
    const run = { name: 'prune', at: 1, whole: true, policiesDigest: policiesDigest(policies), policies };
    const deployed = deployedPolicies([run], load(BASE));
    const others = deployed.kind === 'differ' ? deployed.others : [];
    expect(others.map((other) => other.differences?.length)).toEqual([differences]);
  });

  it('are not compared where their digest names others', () => {
    const run = { name: 'prune', at: 1, whole: true, policiesDigest: 'x', policies: load(BASE) };
    expect(deployedPolicies([run], load(BASE))).toEqual({
      kind: 'differ',
      others: [{ functions: ['prune'], policiesDigest: 'x' }],
      same: [],
    });
  });
});
