import type { Operations } from '../operation.ts';
import { getParameter, getParameters } from './get-parameters.ts';
import { putParameter } from './put-parameter.ts';

export const SSM_OPERATIONS: Operations = {
  GetParameter: getParameter,
  GetParameters: getParameters,
  PutParameter: putParameter,
};
