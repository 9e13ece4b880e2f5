import { parameterArn } from './arn.ts';
import type { AccountWith, ContextOn, OperationOn, OperationsOn } from './call.ts';
import { serviceFailure } from './failure.ts';
import { type Constraints, validated } from './validation.ts';

export type ParameterType = 'SecureString' | 'String' | 'StringList';

export interface Parameter {
  readonly name: string;
  readonly type: ParameterType;
  readonly value: string;
  readonly version: number;
  readonly changedAt: number;
}

/** Parameters by name. */
export type Parameters = Map<string, Parameter>;

export const createParameters = (): Parameters => new Map();

/** What its operations work on. */
interface State {
  readonly parameters: Parameters;
}

/** Undecrypted values are opaque. */
const shownValue = ({ type, value }: Parameter, isDecrypted: boolean): string =>
  type === 'SecureString' && !isDecrypted ? Buffer.from(`encrypted:${value}`).toString('base64') : value;

const shapeOf = ({ account }: ContextOn<State>, parameter: Parameter, isDecrypted: boolean): object => ({
  ARN: parameterArn(account, parameter.name),
  DataType: 'text',
  LastModifiedDate: parameter.changedAt / 1000,
  Name: parameter.name,
  Type: parameter.type,
  Value: shownValue(parameter, isDecrypted),
  Version: parameter.version,
});

const getParameter: OperationOn<State> = (context, input) => {
  const { Name: name } = validated<{ Name: string }>(input, { Name: { required: true, length: [1, 2048] } });
  const parameter = context.account.state.parameters.get(name.trim());
  if (!parameter) throw serviceFailure('ParameterNotFound', '');
  return { Parameter: shapeOf(context, parameter, input.WithDecryption === true) };
};

/** Names that are not there are listed, and are no failure. */
const getParameters: OperationOn<State> = (context, input) => {
  const { Names: names } = validated<{ Names: readonly string[] }>(input, {
    Names: { required: true, length: [1, 10] },
  });
  const { parameters } = context.account.state;
  return {
    InvalidParameters: names.filter((name) => !parameters.has(name)),
    Parameters: names
      .flatMap((name) => parameters.get(name) ?? [])
      .map((parameter) => shapeOf(context, parameter, input.WithDecryption === true)),
  };
};

const CONSTRAINTS: Constraints = {
  Name: { required: true, length: [1, 2048] },
  Type: { oneOf: ['SecureString', 'String', 'StringList'] },
  Value: { required: true, length: [1, 4096] },
};

export const writeParameter = (
  account: AccountWith<State>,
  { name, type, value }: Pick<Parameter, 'name' | 'type' | 'value'>,
): Parameter => {
  const version = (account.state.parameters.get(name)?.version ?? 0) + 1;
  const parameter = { name, type, value, version, changedAt: account.clock.now() };
  account.state.parameters.set(name, parameter);
  return parameter;
};

interface PutInput {
  readonly Name: string;
  readonly Type?: ParameterType;
  readonly Value: string;
}

/** Overwrites only when asked to; a parameter keeps its type unless another is given. */
const putParameter: OperationOn<State> = ({ account }, input) => {
  const { Name: name, Type: wished, Value: value } = validated<PutInput>(input, CONSTRAINTS);
  const before = account.state.parameters.get(name);
  if (before && input.Overwrite !== true) {
    const hint =
      'The parameter already exists. To overwrite this value, set the overwrite option in the request to true.';
    throw serviceFailure('ParameterAlreadyExists', hint);
  }
  const type = wished ?? before?.type;
  if (type === undefined) {
    throw serviceFailure('ValidationException', 'A parameter type is required when you create a parameter.');
  }
  const { version } = writeParameter(account, { name, type, value });
  return { Tier: 'Standard', Version: version };
};

export const SSM_OPERATIONS: OperationsOn<State> = {
  GetParameter: getParameter,
  GetParameters: getParameters,
  PutParameter: putParameter,
};
