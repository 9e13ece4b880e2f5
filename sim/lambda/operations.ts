import type { Operations } from '../operation.ts';
import { getFunctionConfiguration } from './get-function-configuration.ts';

export const LAMBDA_OPERATIONS: Operations = {
  GetFunctionConfiguration: getFunctionConfiguration,
};
