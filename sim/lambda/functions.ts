import { functionArn } from '../arn.ts';
import type { OperationOn } from '../call.ts';
import { serviceFailure } from '../failure.ts';

export interface DeployedFunction {
  readonly name: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly changedAt: number;
}

/** Functions by name. They are there to be looked at, and do not run. */
export type Functions = Map<string, DeployedFunction>;

export const createFunctions = (): Functions => new Map();

/** What its operations work on. */
interface State {
  readonly functions: Functions;
}

/** The name, from a name or from a function's ARN. */
export const functionNameOf = (nameOrArn: string): string =>
  /:function:([^:]+)/.exec(nameOrArn)?.[1] ?? nameOrArn;

const instantText = (at: number): string => new Date(at).toISOString().replace('Z', '+0000');

const functionShape = (arn: string, { name, environment, changedAt }: DeployedFunction): object => ({
  FunctionName: name,
  FunctionArn: arn,
  Runtime: 'nodejs24.x',
  Handler: 'index.handler',
  LastModified: instantText(changedAt),
  State: 'Active',
  Version: '$LATEST',
  ...(Object.keys(environment).length > 0 && { Environment: { Variables: environment } }),
});

export const getFunctionConfiguration: OperationOn<State> = ({ account }, input) => {
  const name = functionNameOf(String(input.FunctionName ?? ''));
  const arn = functionArn(account, name);
  const found = account.state.functions.get(name);
  if (!found) {
    throw serviceFailure('ResourceNotFoundException', `Function not found: ${arn}`, 404, { Type: 'User' });
  }
  return functionShape(arn, found);
};

/** What it is made of is not looked at: it does not run. */
export const createFunction: OperationOn<State> = ({ account, now }, input) => {
  const name = functionNameOf(String(input.FunctionName ?? ''));
  const arn = functionArn(account, name);
  if (account.state.functions.has(name)) {
    throw serviceFailure('ResourceConflictException', `Function already exist: ${name}`, 409, {
      Type: 'User',
    });
  }
  const { Variables = {} } = (input.Environment ?? {}) as { readonly Variables?: Record<string, string> };
  const made = { name, environment: Variables, changedAt: now };
  account.state.functions.set(name, made);
  return functionShape(arn, made);
};
