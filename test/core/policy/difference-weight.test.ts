import { describe, expect, it } from 'vitest';
import { differenceEffect } from '../../../shared/core/policy/difference-effect.ts';
import { differenceWeight, worstFirst } from '../../../shared/core/policy/difference-weight.ts';
import { differenceText } from '../../../shared/core/policy/difference-words.ts';
import { policyDifferences } from '../../../shared/core/policy/differences.ts';
import { loadPolicies } from '../../../shared/core/policy/load.ts';

const VAULT = 'arn:aws:backup:eu-west-1:111122223333:backup-vault:away';

const BASE = `
tag: backup:policy
guardrail: { maxShare: 0.5, floor: 5 }
digest: { schedule: "0 8 * * 1" }
drills: { maxMonthlyUsd: 20 }
policies:
  standard:
    schedule: "0 3 * * *"
    retention: { last: 3, within: 48h, daily: 7 }
    rpo: 30h
    rto: 4h
    pitr: { required: true, recoveryPeriodDays: 35, onDrift: repair }
    drill: { every: 7d, level: restored, maxSizeGb: 50, sample: 100 }
  offsite:
    engine: aws-backup
    vault: tablekeeper
    schedule: "0 4 1 * *"
    retention: { monthly: 12 }
    deleteAfterDays: 500
    copyTo: [ "${VAULT}" ]
`;

const between = (before: string, after: string) =>
  worstFirst(
    policyDifferences(loadPolicies(before, 'policies.yml'), loadPolicies(after, 'policies.yml')),
  ).map((one) => `${differenceWeight(one)} ${differenceText(one).setting}`);

const REMOVED = BASE.slice(0, BASE.indexOf('  offsite:'));

it('takes another zone for a change, whose longest day is an hour longer or not', () => {
  const zoned = (zone: string): string => `timezone: ${zone}${BASE.replace('    rpo: 30h\n', '')}`;
  for (const [before, after] of [
    ['Europe/Berlin', 'UTC'],
    ['UTC', 'Europe/Berlin'],
  ] as const) {
    const says = between(zoned(before), zoned(after));
    expect(says.length).toBeGreaterThan(0);
    expect(says.every((one) => one.startsWith('changed '))).toBe(true);
  }
});

describe('what an edit of the policies does to what is protected', () => {
  it.each([
    { from: 'tag: backup:policy', to: 'tag: backup:polcy', says: ['lost tag'] },
    { from: BASE, to: REMOVED, says: ['lost policy'] },
    { from: 'maxShare: 0.5', to: 'maxShare: 1', says: ['weaker guardrail'] },
    { from: 'floor: 5', to: 'floor: 4', says: ['stronger guardrail'] },
    { from: 'digest: { schedule: "0 8 * * 1" }', to: '', says: ['weaker digest'] },
    { from: '"0 8 * * 1"', to: '"0 9 * * 1"', says: ['changed digest'] },
    { from: 'maxMonthlyUsd: 20', to: 'maxMonthlyUsd: 2', says: ['weaker drills'] },
    { from: 'daily: 7', to: 'daily: 6, monthly: 9', says: ['weaker retention'] },
    { from: 'daily: 7', to: 'daily: 8', says: ['stronger retention'] },
    { from: 'within: 48h', to: 'within: 1d', says: ['weaker retention'] },
    { from: 'rpo: 30h', to: 'rpo: 40h', says: ['weaker rpo'] },
    { from: 'rto: 4h', to: 'rto: 5h', says: ['weaker rto'] },
    { from: '    rto: 4h\n', to: '', says: ['weaker rto'] },
    { from: 'repair', to: 'alert', says: ['weaker pitr'] },
    { from: 'recoveryPeriodDays: 35', to: 'recoveryPeriodDays: 7', says: ['weaker pitr'] },
    { from: 'level: restored', to: 'level: listed', says: ['weaker drill'] },
    { from: 'every: 7d', to: 'every: 8d', says: ['weaker drill'] },
    { from: '"0 3 * * *"', to: '"0 4 * * *"', says: ['changed schedule'] },
    { from: '"0 4 1 * *"', to: '"0 4 1,15 * *"', says: ['stronger schedule', 'stronger rpo'] },
    { from: 'deleteAfterDays: 500', to: 'deleteAfterDays: 400', says: ['weaker vault'] },
    { from: `    copyTo: [ "${VAULT}" ]\n`, to: '', says: ['weaker vault'] },
    { from: '    deleteAfterDays: 500\n', to: '', says: ['stronger vault'] },
    { from: REMOVED, to: BASE, says: ['stronger policy'] },
  ])('$from becomes $to: $says', ({ from, says, to }) => {
    const before = from === REMOVED ? REMOVED : BASE;
    expect(between(before, from === REMOVED ? to : BASE.replace(from, to))).toEqual(says);
  });

  it('lists the worst first', () => {
    const edited = REMOVED.replace('backup:policy', 'other')
      .replace('rpo: 30h', 'rpo: 26h')
      .replace('"0 3 * * *"', '"0 4 * * *"')
      .replace('maxShare: 0.5', 'maxShare: 0.9')
      .replace('daily: 7', 'daily: 2');
    expect(between(BASE, edited)).toEqual([
      'lost tag',
      'lost policy',
      'weaker retention',
      'weaker guardrail',
      'changed schedule',
      'stronger rpo',
    ]);
  });

  it('says of what is lost until when it stays, and of what is weaker what that means', () => {
    const effects = (edited: string) =>
      policyDifferences(loadPolicies(BASE, 'policies.yml'), loadPolicies(edited, 'policies.yml')).map(
        differenceEffect,
      );
    expect(effects(REMOVED)).toEqual([
      'A table whose tag names only offsite gets no more backups. Its recovery points of this policy stay, and are paid for, until AWS Backup deletes them after 500 days or someone does before.',
    ]);
    expect(effects(BASE.replace('backup:policy', 'x'))).toEqual([
      'A table is governed by the tag x only. One that has the tag backup:policy and not x gets no more backups, and its point-in-time recovery is not watched any more; what it has stays until someone deletes it.',
    ]);
    expect(effects(BASE.replace('repair', 'alert'))).toEqual([
      'When it is off, it is reported and not switched on again.',
    ]);
  });
});
