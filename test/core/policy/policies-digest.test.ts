import { describe, expect, it } from 'vitest';
import { policyDifferences } from '../../../shared/core/policy/differences.ts';
import { loadPolicies } from '../../../shared/core/policy/load.ts';
import { policiesDigest } from '../../../shared/core/policy/policies-file.ts';
import type { Policies } from '../../../shared/model/policy.ts';
import { aPolicy, somePolicies } from '../../support/world.ts';

const reversed = (policies: Policies): Policies =>
  Object.fromEntries(Object.entries(policies).toReversed()) as unknown as Policies;

describe('the digest of policies', () => {
  it('is the same for the same policies, whatever the order of their keys', () => {
    expect(policiesDigest(reversed(somePolicies()))).toBe(policiesDigest(somePolicies()));
    expect(policiesDigest(somePolicies())).toMatch(/^[0-9a-f]{16}$/);
  });

  it('is the same in every version, for it stands in the state table', () => {
    expect(policiesDigest(somePolicies())).toMatchInlineSnapshot(`"eafd9bb8c2fb1ec1"`);
  });

  it('is the same for a file that says the same in other words', () => {
    const text = 'policies:\n  standard:\n    schedule: "0 3 * * *"\n    retention: { daily: 7 }\n';
    const commented = `# ours\n${text.replace('{ daily: 7 }', '\n      daily: 7')}`;
    expect(policiesDigest(loadPolicies(commented, 'a.yml'))).toBe(
      policiesDigest(loadPolicies(text, 'b.yml')),
    );
  });

  it('and no difference says whether the tag was given to the instance: the rules are the same', () => {
    const text =
      'tag: "backup:policy-dev"\npolicies:\n  standard: { schedule: "0 3 * * *", retention: { daily: 7 } }\n';
    const given = loadPolicies(text.replace('-dev', ''), 'a.yml', 'backup:policy-dev');
    expect(given.isOwnTag).toBe(true);
    expect(policiesDigest(given)).toBe(policiesDigest(loadPolicies(text, 'b.yml')));
    expect(policyDifferences(given, loadPolicies(text, 'b.yml'))).toEqual([]);
  });

  it('and no difference says how the functions were deployed', () => {
    const packaged = { ...somePolicies(), isPackaged: true as const };
    expect(policiesDigest(packaged)).toBe(policiesDigest(somePolicies()));
    expect(policyDifferences(packaged, somePolicies())).toEqual([]);
  });

  it.each([
    { name: 'a tag', other: somePolicies({ tag: 'policy' }) },
    { name: 'a guardrail', other: somePolicies({ guardrail: { maxShare: 0.5, floor: 6 } }) },
    { name: 'a retention', other: somePolicies({ policies: [aPolicy({ retention: { daily: 8 } })] }) },
    { name: 'a policy more', other: somePolicies({ policies: [aPolicy(), aPolicy({ name: 'other' })] }) },
  ])('is another one with another $name', ({ other }) => {
    expect(policiesDigest(other)).not.toBe(policiesDigest(somePolicies()));
  });
});
