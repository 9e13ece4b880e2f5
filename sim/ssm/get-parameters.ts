import { parameterArn } from '../arn.ts';
import { serviceFailure } from '../failure.ts';
import type { Context, Operation } from '../operation.ts';
import { validated } from '../validation.ts';
import type { Parameter } from './parameters.ts';

/** Undecrypted values are opaque. */
const shownValue = ({ type, value }: Parameter, isDecrypted: boolean): string =>
  type === 'SecureString' && !isDecrypted ? Buffer.from(`encrypted:${value}`).toString('base64') : value;

const shapeOf = ({ account }: Context, parameter: Parameter, isDecrypted: boolean): object => ({
  ARN: parameterArn(account, parameter.name),
  DataType: 'text',
  LastModifiedDate: parameter.changedAt / 1000,
  Name: parameter.name,
  Type: parameter.type,
  Value: shownValue(parameter, isDecrypted),
  Version: parameter.version,
});

export const getParameter: Operation = (context, input) => {
  const { Name: name } = validated<{ Name: string }>(input, { Name: { required: true, length: [1, 2048] } });
  const parameter = context.account.state.parameters.get(name.trim());
  if (!parameter) throw serviceFailure('ParameterNotFound', '');
  return { Parameter: shapeOf(context, parameter, input.WithDecryption === true) };
};

/** Names that are not there are listed, and are no failure. */
export const getParameters: Operation = (context, input) => {
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
