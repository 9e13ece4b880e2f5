import { describe, expect, it } from 'vitest';
import { loadPolicies } from '../../../shared/core/policy/load.ts';
import { givenVaultWarnings } from '../../../shared/core/preflight/given-vault.ts';

const fileWith = (more: readonly string[]) =>
  loadPolicies(
    [
      'tag: backup:policy',
      'policies:',
      '  archive:',
      '    schedule: "0 3 * * *"',
      '    engine: aws-backup',
      '    vault: ours',
      ...more.map((line) => `    ${line}`),
      '    retention: { daily: 30 }',
    ].join('\n'),
    'policies.yml',
  );

const LOCKED = { vault: 'ours', vaultLock: 'governance', vaultLockMinDays: '7' };

const warned = (given: Readonly<Record<string, string>>, more: readonly string[] = []): readonly string[] =>
  givenVaultWarnings(fileWith(more), (name) => given[name] ?? '').map(({ path, says }) => `${path}: ${says}`);

describe('what is said of a vault before it is deployed', () => {
  it.each([
    { name: 'a vault that is made here', given: { vault: 'ours' } },
    { name: 'a role of one that is there', given: { vaultRoleArn: 'arn:aws:iam::111122223333:role/jobs' } },
    { name: 'a lock without a longest retention', given: LOCKED },
    {
      name: 'a lock that allows what AWS Backup is told',
      given: { ...LOCKED, vaultLockMaxDays: '60' },
      more: ['deleteAfterDays: 45'],
    },
    {
      name: 'a lock of the vault that is made, which is another',
      given: { ...LOCKED, vault: 'theirs', vaultLockMaxDays: '60' },
    },
  ])('nothing of $name', ({ given, more }) => {
    expect(warned(given, more)).toEqual([]);
  });

  it.each([
    {
      name: 'neither vault nor role',
      given: {},
      says: 'policies.archive.engine: archive makes its recovery points by jobs of AWS Backup, and neither vault nor vaultRoleArn is given',
    },
    {
      name: 'a longest retention, and recovery points without an end',
      given: { ...LOCKED, vaultLockMaxDays: '60' },
      says: 'Every backup job of archive fails: it sets no end to its recovery points, and the lock of the backup vault ours allows 7 to 60 days',
    },
    {
      name: 'a longest retention that is too short',
      given: { ...LOCKED, vaultLockMaxDays: '40' },
      more: ['deleteAfterDays: 45'],
      says: 'Every backup job of archive fails: deleteAfterDays is 45',
    },
    {
      name: 'a shortest retention that keeps longer than is asked for',
      given: { ...LOCKED, vaultLockMinDays: '90' },
      says: 'keeps every recovery point for 90 days, longer than archive asks for',
    },
  ])('what becomes of $name', ({ given, more, says }) => {
    expect(warned(given, more)).toEqual([expect.stringContaining(says)]);
  });
});
