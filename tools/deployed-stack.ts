import {
  CloudFormationClient,
  DescribeStacksCommand,
  GetTemplateCommand,
} from '@aws-sdk/client-cloudformation';
import { type DeployedStack, RECORD_OUTPUT } from './kept-parameters.ts';
import type { AwsConfig } from './serverless.ts';

const isMissing = (error: unknown): boolean =>
  error instanceof Error && error.name === 'ValidationError' && error.message.includes('does not exist');

const templateOf = async (client: CloudFormationClient, StackName: string): Promise<unknown> => {
  const { TemplateBody = '{}' } = await client.send(new GetTemplateCommand({ StackName }));
  return JSON.parse(TemplateBody);
};

/** Reads a stack, or returns undefined where there is none. The template is read only where the stack has no record of its own. */
export const readStack = async (config: AwsConfig, name: string): Promise<DeployedStack | undefined> => {
  const client = new CloudFormationClient(config);
  try {
    const { Stacks = [] } = await client.send(new DescribeStacksCommand({ StackName: name }));
    const [stack] = Stacks;
    if (stack === undefined || stack.StackStatus === 'DELETE_COMPLETE') return undefined;
    const outputs = (stack.Outputs ?? []).map(({ OutputKey, OutputValue }) => [OutputKey, OutputValue]);
    const parameters = (stack.Parameters ?? []).map((one) => [one.ParameterKey, one.ParameterValue]);
    const hasRecord = outputs.some(([key]) => key === RECORD_OUTPUT);
    return {
      outputs: Object.fromEntries(outputs),
      parameters: Object.fromEntries(parameters),
      template: hasRecord ? undefined : await templateOf(client, name),
    };
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  } finally {
    client.destroy();
  }
};
