import { CloudFormationClient, GetTemplateCommand } from '@aws-sdk/client-cloudformation';
import type { StackTemplate } from '../../model/infrastructure-code.ts';
import type { Reading } from '../../ports/inventory.ts';
import { type ClientOptions, clientConfig, paceClient } from './clients.ts';
import { readingOf, statedText } from './reading.ts';

/**
 * Creates what reads the template of a stack as it was deployed, before its macros changed it.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_GetTemplate.html (as the SDK quotes it)
 */
export const createStackTemplates = (options: ClientOptions) => {
  const client = paceClient(new CloudFormationClient(clientConfig(options)), options);
  return {
    read: (stack: string): Promise<Reading<StackTemplate>> =>
      readingOf('GetTemplate', async () => {
        const { TemplateBody } = await client.send(
          new GetTemplateCommand({ StackName: stack, TemplateStage: 'Original' }),
        );
        const text = statedText(TemplateBody);
        return text === undefined ? 'the answer has no TemplateBody' : { stack, text };
      }),
  };
};
