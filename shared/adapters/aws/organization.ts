import { DescribeEffectivePolicyCommand, OrganizationsClient } from '@aws-sdk/client-organizations';
import type { TagPolicy } from '../../model/tag-policy.ts';
import type { Organization } from '../../ports/organization.ts';
import { type ClientOptions, clientConfig } from './client-options.ts';
import { failureOf } from './errors.ts';
import { paceClient } from './pace-client.ts';

const OPERATION = 'DescribeEffectivePolicy';

/** Two of the service's refusals are answers: there is no organization, there is no policy. */
const ANSWERS: Readonly<Record<string, TagPolicy>> = {
  AWSOrganizationsNotInUseException: { kind: 'no-organization' },
  EffectivePolicyNotFoundException: { kind: 'none' },
};

/**
 * Given a person's options, returns the organization of their account. At the edge an account that belongs to none, and one in which no tag
 * policy is in force, are told apart from one that may not ask.
 * @see https://docs.aws.amazon.com/organizations/latest/APIReference/API_DescribeEffectivePolicy.html (checked 2026-11-25)
 */
export const createOrganization = (options: ClientOptions): Organization => {
  const client = paceClient(new OrganizationsClient(clientConfig(options)), options);
  return {
    readTagPolicy: async () => {
      try {
        const answer = await client.send(new DescribeEffectivePolicyCommand({ PolicyType: 'TAG_POLICY' }));
        const document = answer.EffectivePolicy?.PolicyContent;
        if (document !== undefined) return { kind: 'found', document };
        return { kind: 'unreadable', reason: `${OPERATION}: the answer has no document` };
      } catch (error) {
        const { name, reason } = failureOf(OPERATION, error);
        return ANSWERS[name] ?? { kind: 'unreadable', reason };
      }
    },
  };
};
