import { BackupClient, DescribeRegionSettingsCommand } from '@aws-sdk/client-backup';
import { GetFunctionConfigurationCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { DescribeEffectivePolicyCommand, OrganizationsClient } from '@aws-sdk/client-organizations';
import { ownFailure } from '../../model/failure.ts';
import type { TagPolicy } from '../../model/tag-policy.ts';
import type { BackupSettings, Functions, Organization } from '../../ports/doctor.ts';
import { type ClientOptions, clientConfig, paceClient } from './clients.ts';
import { failureOf } from './errors.ts';
import { readingOf } from './reading.ts';

const TYPE = 'DynamoDB';

/**
 * Reads the settings of AWS Backup in a Region. A resource type that the response does not list is one that AWS Backup does not cover.
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/API_DescribeRegionSettings.html (checked 2026-11-25)
 */
export const createBackupSettings = (options: ClientOptions): BackupSettings => {
  const client = paceClient(new BackupClient(clientConfig(options)), options);
  return {
    read: () =>
      readingOf('DescribeRegionSettings', async () => {
        const answer = await client.send(new DescribeRegionSettingsCommand({}));
        return {
          optedIn: answer.ResourceTypeOptInPreference?.[TYPE] ?? false,
          advanced: answer.ResourceTypeManagementPreference?.[TYPE] ?? false,
        };
      }),
  };
};

/**
 * Reads the functions of an account and Region. Variables that the caller may not decrypt are unreadable, with the service's own words.
 * @see https://docs.aws.amazon.com/lambda/latest/api/API_GetFunctionConfiguration.html (checked 2026-11-25)
 */
export const createFunctions = (options: ClientOptions): Functions => {
  const client = paceClient(new LambdaClient(clientConfig(options)), options);
  return {
    readEnvironment: (name) =>
      readingOf('GetFunctionConfiguration', async () => {
        const { Environment = {} } = await client.send(
          new GetFunctionConfigurationCommand({ FunctionName: name }),
        );
        const { Variables = {}, Error: broken } = Environment;
        return broken === undefined ? Variables : `${broken.ErrorCode}: ${broken.Message}`;
      }),
  };
};

const OPERATION = 'DescribeEffectivePolicy';

/** Two of the service's refusals are answers: there is no organization, there is no policy. */
const ANSWERS: Readonly<Record<string, TagPolicy>> = {
  AWSOrganizationsNotInUseException: { kind: 'no-organization' },
  EffectivePolicyNotFoundException: { kind: 'none' },
};

/**
 * Reads the effective tag policy of the account's organization. An account without an organization, one without a tag policy in force, and one that
 * may not ask are three different answers.
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
        const failure = ownFailure('answer-unusable', 'the answer has no document', { operation: OPERATION });
        return { kind: 'unreadable', failure };
      } catch (error) {
        const { name, failure } = failureOf(OPERATION, error);
        return ANSWERS[name] ?? { kind: 'unreadable', failure };
      }
    },
  };
};
