import { GetFunctionConfigurationCommand } from '@aws-sdk/client-lambda';
import { expect } from 'vitest';
import { errorOf } from '../doing.ts';
import type { Story } from '../story.ts';

export const FUNCTION_STORIES: readonly Story[] = [
  {
    name: 'a function that is not there is not found',
    tell: async ({ lambda }) => {
      const call = lambda.send(new GetFunctionConfigurationCommand({ FunctionName: 'nobody' }));
      expect(await errorOf(call)).toBe('ResourceNotFoundException');
    },
  },
];
