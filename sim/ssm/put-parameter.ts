import type { SimAccount } from '../account.ts';
import { serviceFailure } from '../failure.ts';
import type { Operation } from '../operation.ts';
import { type Constraints, validated } from '../validation.ts';
import type { Parameter, ParameterType } from './parameters.ts';

const CONSTRAINTS: Constraints = {
  Name: { required: true, length: [1, 2048] },
  Type: { oneOf: ['SecureString', 'String', 'StringList'] },
  Value: { required: true, length: [1, 4096] },
};

export const writeParameter = (
  account: SimAccount,
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

/** Written anew, a parameter keeps its type unless another is given. */
export const putParameter: Operation = ({ account }, input) => {
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
