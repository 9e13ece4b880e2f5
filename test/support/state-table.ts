import {
  CreateTableCommand,
  type CreateTableCommandInput,
  type DynamoDBClient,
} from '@aws-sdk/client-dynamodb';
import type { Template } from './template.ts';

/** What of a table's description in CloudFormation CreateTable takes too, under the same names. */
type Described = Pick<
  CreateTableCommandInput,
  'AttributeDefinitions' | 'BillingMode' | 'DeletionProtectionEnabled' | 'KeySchema' | 'TableName' | 'Tags'
>;

/** Makes the state table that the packaged template describes, and returns its name. */
export const makeStateTable = async (client: DynamoDBClient, template: Template): Promise<string> => {
  const described = template.Resources.StateTable?.Properties as Described | undefined;
  if (described?.TableName === undefined) throw new Error('the template describes no state table');
  const { TableName, KeySchema, AttributeDefinitions, BillingMode, DeletionProtectionEnabled, Tags } =
    described;
  const keys = { KeySchema, AttributeDefinitions };
  await client.send(
    new CreateTableCommand({ TableName, ...keys, BillingMode, DeletionProtectionEnabled, Tags }),
  );
  return TableName;
};
