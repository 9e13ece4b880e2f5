import { functionArn } from '../arn.ts';
import { serviceFailure } from '../failure.ts';
import type { Operation } from '../operation.ts';

/** The name, from a name or from a function's ARN. */
const nameOf = (nameOrArn: string): string => /:function:([^:]+)/.exec(nameOrArn)?.[1] ?? nameOrArn;

const instantText = (at: number): string => new Date(at).toISOString().replace('Z', '+0000');

export const getFunctionConfiguration: Operation = ({ account }, input) => {
  const name = nameOf(String(input.FunctionName ?? ''));
  const arn = functionArn(account, name);
  const found = account.state.functions.get(name);
  if (!found) {
    throw serviceFailure('ResourceNotFoundException', `Function not found: ${arn}`, 404, { Type: 'User' });
  }
  const { environment, changedAt } = found;
  return {
    FunctionName: name,
    FunctionArn: arn,
    Runtime: 'nodejs24.x',
    Handler: 'index.handler',
    LastModified: instantText(changedAt),
    State: 'Active',
    Version: '$LATEST',
    ...(Object.keys(environment).length > 0 && { Environment: { Variables: environment } }),
  };
};
