import { DescribeTableCommand, DynamoDBClient, ResourceNotFoundException } from '@aws-sdk/client-dynamodb';
import { UserError } from '../shared/model/errors.ts';
import { readStack } from './deployed-stack.ts';
import type { AwsConfig } from './serverless.ts';

export interface StateTableRequest {
  readonly config: AwsConfig;
  readonly stackName: string;
  /** What a person said: `new` or `kept`. */
  readonly state: string;
}

/** Undefined where this person may not look: CloudFormation will find out. */
const isThere = async (config: AwsConfig, TableName: string): Promise<boolean | undefined> => {
  const client = new DynamoDBClient(config);
  try {
    await client.send(new DescribeTableCommand({ TableName }));
    return true;
  } catch (error) {
    return error instanceof ResourceNotFoundException ? false : undefined;
  } finally {
    client.destroy();
  }
};

const mistake = (what: string, state: string): UserError =>
  new UserError({
    code: 'state-parameter',
    what,
    where: { file: 'serverless.yml' },
    fix: `Give --param="state=${state}".`,
  });

/** Refuses to keep a state table that is not there, and to make one that a removed deployment left: functions or CloudFormation would fail. */
export const checkStateTable = async ({ config, stackName, state }: StateTableRequest): Promise<void> => {
  const table = `${stackName}-state`;
  const there = await isThere(config, table);
  if (state === 'kept' && there === false) throw mistake(`there is no table ${table} to keep.`, 'new');
  if (state !== 'new' || there !== true || (await readStack(config, stackName)) !== undefined) return;
  throw mistake(`the table ${table} is there already: a removed deployment left it.`, 'kept');
};
