import { DescribeEffectivePolicyCommand } from '@aws-sdk/client-organizations';
import { describe, expect, it } from 'vitest';
import { joinOrganization, setTagPolicy } from '../../sim/console/services.ts';
import { failureOf, START, simWorld } from './world.ts';

const POLICY = { tags: { stage: { tag_key: 'Stage', tag_value: ['prod'] } } };

const worldWithPolicy = () => {
  const world = simWorld();
  const ask = (wish: object = {}) =>
    world.organizations.send(new DescribeEffectivePolicyCommand({ PolicyType: 'TAG_POLICY', ...wish }));
  return { ...world, ask };
};

describe('the effective policy', () => {
  it('is the document that is in force in the account', async () => {
    const { account, ask } = worldWithPolicy();
    setTagPolicy(account, POLICY);
    expect((await ask()).EffectivePolicy).toEqual({
      PolicyContent: JSON.stringify(POLICY),
      LastUpdatedTimestamp: new Date(START),
      TargetId: '111122223333',
      PolicyType: 'TAG_POLICY',
    });
  });

  it.each([
    {
      name: 'in an account that belongs to no organization',
      prepare: () => undefined,
      fails: /^AWSOrganizationsNotInUseException: /,
    },
    {
      name: 'where nothing is in force',
      prepare: joinOrganization,
      fails: /^EffectivePolicyNotFoundException: /,
    },
    {
      name: 'of another account',
      prepare: (account: Parameters<typeof setTagPolicy>[0]) => setTagPolicy(account, POLICY),
      wish: { TargetId: '444455556666' },
      fails: /^EffectivePolicyNotFoundException: /,
    },
    {
      name: 'of a type that has none',
      prepare: joinOrganization,
      wish: { PolicyType: 'SERVICE_CONTROL_POLICY' },
      fails: /^InvalidInputException: /,
    },
  ])('is not there $name', async ({ prepare, wish, fails }) => {
    const { account, ask } = worldWithPolicy();
    prepare(account);
    expect(await failureOf(ask(wish))).toMatch(fails);
  });

  it('is gone when it is taken away', async () => {
    const { account, ask } = worldWithPolicy();
    setTagPolicy(account, POLICY);
    setTagPolicy(account, undefined);
    expect(await failureOf(ask())).toMatch(/^EffectivePolicyNotFoundException: /);
  });

  it.each([
    {
      kind: 'access-denied' as const,
      fails: /^AccessDeniedException: .* organizations:DescribeEffectivePolicy on resource: \*/,
    },
    { kind: 'throttle' as const, fails: /^TooManyRequestsException: / },
    { kind: 'internal-error' as const, fails: /^ServiceException: / },
  ])('fails as the service does: $kind', async ({ kind, fails }) => {
    const { account, ask } = worldWithPolicy();
    account.faults.add({ operation: 'DescribeEffectivePolicy', kind });
    expect(await failureOf(ask())).toMatch(fails);
  });
});
