import { describe, expect, it } from 'vitest';
import type { CutoverInput } from '../../../shared/core/restore/cutover-input.ts';
import { cutoverRecordOf, planCutover } from '../../../shared/core/restore/cutover-plan.ts';
import { policyTagOfBoth } from '../../../shared/core/restore/cutover-policy-tag.ts';
import type { CutoverChoices } from '../../../shared/model/cutover.ts';
import type { Attachment } from '../../../shared/model/table-settings.ts';
import { aShape, everySetting, NEW_STREAM } from '../../support/table-settings.ts';

const KEY = 'backup:policy';
const NONE: readonly Attachment[] = [];
const BARE = { replicas: [], attachments: NONE, kinesis: [], 'resource-policy': null, 'stream-policy': null };

const seen = (table: string, policy: string | undefined) => ({
  table,
  tableId: `${table}-id`,
  status: 'ACTIVE',
  read: {
    settings: {
      ...everySetting(BARE),
      shape: aShape({ stream: { viewType: 'NEW_AND_OLD_IMAGES', arn: NEW_STREAM } }),
      tags: { ...(policy !== undefined && { [KEY]: policy }) },
    },
    gaps: [],
  },
});

const planned = (
  old: string | undefined,
  restored: string | undefined,
  choices: Partial<CutoverChoices> = {},
) => {
  const input: CutoverInput = {
    target: { accountId: '111122223333', region: 'us-east-1' },
    now: Date.parse('2026-11-28T12:00:00Z'),
    policyTag: KEY,
    stateTable: 'tablekeeper-prod-state',
    old: seen('orders', old),
    restored: seen('copy', restored),
    choices: { mode: 'move', undelivered: 'drain', ttl: 'later', ...choices },
    isKnownCopy: true,
  };
  return planCutover(input);
};

describe('the policy tag of a table that two were cut over to', () => {
  it.each([
    { old: 'standard', restored: 'none', is: 'standard' },
    { old: 'standard', restored: undefined, is: 'standard' },
    { old: 'none', restored: 'standard', is: 'standard' },
    { old: undefined, restored: 'standard', is: 'standard' },
    { old: '', restored: 'standard', is: 'standard' },
    { old: 'standard', restored: 'standard+offsite', is: 'standard+offsite' },
    { old: 'offsite+standard', restored: 'standard', is: 'offsite+standard' },
    { old: 'offsite', restored: 'standard', is: 'offsite+standard' },
    { old: 'offsite=none', restored: 'standard', is: 'standard' },
    { old: 'standard+offsite=none', restored: 'standard', is: 'standard+offsite=none' },
    { old: 'daily+offsite=none', restored: 'standard', is: 'daily+offsite=none+standard' },
    { old: 'daily+offsite=none', restored: 'offsite', is: 'daily+offsite' },
    { old: 'standrad', restored: 'standard', is: 'standard+standrad' },
    { old: 'none', restored: 'none', is: 'none' },
    { old: 'none', restored: undefined, is: 'none' },
    { old: undefined, restored: 'none', is: undefined },
  ])('is $is where the old one had $old and the restored one $restored', ({ old, restored, is }) => {
    expect(
      policyTagOfBoth({
        ...(old !== undefined && { old }),
        ...(restored !== undefined && { restored }),
      }),
    ).toBe(is);
  });
});

describe('a plan never lessens how the table in use is backed up', () => {
  const kinds = ['not-backed-up', 'policy-kept', 'opted-out'];
  const notes = (...[old, restored, choices]: Parameters<typeof planned>) =>
    planned(old, restored, choices).notes.filter(({ kind }) => kinds.includes(kind));
  const swap = { mode: 'swap' } as const;

  it.each([
    ['standard', 'standard', undefined, []],
    ['standard', 'none', undefined, [{ kind: 'not-backed-up', value: 'standard', has: 'none' }]],
    ['standard', undefined, undefined, [{ kind: 'not-backed-up', value: 'standard' }]],
    ['none', 'standard', undefined, [{ kind: 'policy-kept', value: 'standard', had: 'none' }]],
    [undefined, 'standard', undefined, [{ kind: 'policy-kept', value: 'standard' }]],
    ['offsite', 'standard', undefined, [{ kind: 'not-backed-up', value: 'offsite+standard' }]],
    ['standard', 'offsite+standard', undefined, [{ kind: 'policy-kept', value: 'offsite+standard' }]],
    ['none', 'none', undefined, [{ kind: 'opted-out', table: 'copy' }]],
    ['none', undefined, undefined, [{ kind: 'opted-out', table: 'copy' }]],
    [undefined, 'none', undefined, [{ kind: 'opted-out', table: 'copy' }]],
    [undefined, undefined, undefined, []],
    ['standard', 'none', swap, []],
    ['none', 'standard', swap, [{ kind: 'policy-kept', table: 'orders', value: 'standard', had: 'none' }]],
    ['offsite', 'standard', swap, [{ kind: 'policy-kept', value: 'offsite+standard', had: 'offsite' }]],
    ['none', 'none', swap, [{ kind: 'opted-out', table: 'orders' }]],
  ] as const)('old %s, restored %s, %j', (old, restored, choices, expected) => {
    expect(notes(old, restored, choices)).toMatchObject(expected);
    expect(notes(old, restored, choices)).toHaveLength(expected.length);
  });

  it('nothing of tags that were not read: that is a gap of its own', () => {
    const plan = planned('standard', 'none');
    expect(plan.notes.some(({ kind }) => kind === 'not-alike')).toBe(false);
  });

  it('writes down which tag the table in use has', () => {
    expect(cutoverRecordOf(planned('none', 'standard', swap)).policyTag).toEqual({
      key: KEY,
      value: 'standard',
      had: 'none',
    });
    expect(cutoverRecordOf(planned('standard', 'none', swap)).policyTag).toEqual({
      key: KEY,
      value: 'standard',
      had: 'standard',
    });
    expect(cutoverRecordOf(planned('none', 'standard')).policyTag).toEqual({
      key: KEY,
      value: 'standard',
      had: 'none',
    });
  });
});
