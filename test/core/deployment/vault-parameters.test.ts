import { describe, expect, it } from 'vitest';
import { checkVaultLock, checkVaultRoles } from '../../../shared/core/deployment/parameters.ts';

const NOTHING = {
  vault: '',
  vaultLock: '',
  vaultLockMinDays: '',
  vaultLockMaxDays: '',
  vaultLockCompliance: '',
};
const GOVERNANCE = { vault: 'ours', vaultLock: 'governance', vaultLockMinDays: '7' };
const COMPLIANCE = { ...GOVERNANCE, vaultLock: 'compliance', vaultLockCompliance: 'ours' };

describe('the lock of a vault', () => {
  it.each([
    { name: 'none', given: {} },
    { name: 'governance', given: GOVERNANCE },
    { name: 'governance with a longest retention', given: { ...GOVERNANCE, vaultLockMaxDays: '7' } },
    { name: 'compliance, with the vault named twice', given: COMPLIANCE },
  ])('is taken: $name', ({ given }) => {
    expect(() => checkVaultLock({ ...NOTHING, ...given })).not.toThrow();
  });

  it.each([
    { name: 'without a vault', given: { ...GOVERNANCE, vault: '' }, says: 'no vault is given' },
    {
      name: 'without days',
      given: { ...GOVERNANCE, vaultLockMinDays: '' },
      says: 'needs a vaultLockMinDays',
    },
    {
      name: 'with less at the most than at the least',
      given: { ...GOVERNANCE, vaultLockMaxDays: '6' },
      says: 'must be 7 or more',
    },
    { name: 'days without a lock', given: { vault: 'ours', vaultLockMinDays: '7' }, says: 'none is given' },
    {
      name: 'a confirmation of what is not asked for',
      given: { ...GOVERNANCE, vaultLockCompliance: 'ours' },
      says: 'belongs to vaultLock=compliance',
    },
    {
      name: 'compliance, asked for once',
      given: { ...COMPLIANCE, vaultLockCompliance: '' },
      says: 'can be undone by nobody, AWS included, from 7 days after the deployment on',
    },
    {
      name: 'compliance of another vault',
      given: { ...COMPLIANCE, vaultLockCompliance: 'theirs' },
      says: 'give the name of the vault as vaultLockCompliance as well',
    },
  ])('is refused: $name', ({ given, says }) => {
    expect(() => checkVaultLock({ ...NOTHING, ...given })).toThrow(says);
  });
});

describe('the names of the roles of a vault', () => {
  it.each([
    { region: 'us-east-1', room: 34 },
    { region: 'ap-southeast-1', room: 29 },
    { region: undefined, room: 29 },
  ])('leave an instance $room letters in $region', ({ region, room }) => {
    expect(() => checkVaultRoles('ours', 'i'.repeat(room), region)).not.toThrow();
    expect(() => checkVaultRoles('ours', 'i'.repeat(room + 1), region)).toThrow(
      `needs an instance of up to ${room} letters in ${region ?? 'every Region'}`,
    );
    expect(() => checkVaultRoles('', 'i'.repeat(room + 1), region)).not.toThrow();
  });
});
