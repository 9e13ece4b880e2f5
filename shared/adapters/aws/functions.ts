import { GetFunctionConfigurationCommand, LambdaClient } from '@aws-sdk/client-lambda';
import type { Functions } from '../../ports/functions.ts';
import { type ClientOptions, clientConfig } from './client-options.ts';
import { paceClient } from './pace-client.ts';
import { readingOf } from './reading.ts';

/**
 * Given a person's options, returns the functions of their account and Region. At the edge variables that the person's rights do not
 * decrypt are unreadable, in the service's own words.
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
