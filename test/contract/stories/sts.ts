import { AssumeRoleCommand, GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { expect } from 'vitest';
import type { Story, World } from '../story.ts';

const ROLE = 'arn:aws:iam::222233334444:role/tablekeeper-reader';

const identityOf = (sts: STSClient) => sts.send(new GetCallerIdentityCommand({}));

const assumeRole = async ({ sts }: World) => {
  const command = new AssumeRoleCommand({ RoleArn: ROLE, RoleSessionName: 'contract' });
  return await sts.send(command);
};

export const STS_STORIES: readonly Story[] = [
  {
    name: 'a caller learns the account it is in',
    tell: async (world) => {
      const { Account, Arn } = await identityOf(world.sts);
      expect(Account).toMatch(/^\d{12}$/);
      expect(Arn).toContain(`:${Account}:`);
    },
  },
  {
    name: 'a role is assumed with keys that end',
    tell: async (world) => {
      const { Credentials, AssumedRoleUser } = await assumeRole(world);
      expect(Credentials?.AccessKeyId).toMatch(/^ASIA/);
      expect(Credentials?.SessionToken).toBeTypeOf('string');
      expect(Credentials?.Expiration).toBeInstanceOf(Date);
      expect(AssumedRoleUser?.Arn).toBe('arn:aws:sts::222233334444:assumed-role/tablekeeper-reader/contract');
    },
  },
  {
    name: 'who calls with the keys of a role is the role',
    tell: async (world) => {
      const { Credentials, AssumedRoleUser } = await assumeRole(world);
      const { AccessKeyId = '', SecretAccessKey = '', SessionToken = '' } = Credentials ?? {};
      const { endpoint, requestHandler } = world.sts.config;
      const asRole = new STSClient({
        region: 'us-east-1',
        requestHandler,
        ...(endpoint && { endpoint }),
        credentials: {
          accessKeyId: AccessKeyId,
          secretAccessKey: SecretAccessKey,
          sessionToken: SessionToken,
        },
      });
      expect((await identityOf(asRole)).Arn).toBe(AssumedRoleUser?.Arn);
    },
  },
];
