import { distance } from 'fastest-levenshtein';
import { UserError } from '../shared/model/errors.ts';

/** What CloudFormation would refuse only once it deploys. */
export interface StackParameter {
  readonly AllowedPattern: string;
  readonly ConstraintDescription: string;
}

export interface Given {
  readonly ParameterKey: string;
  readonly ParameterValue: string;
}

const WHERE = { file: 'serverless.yml' };

/** Given the names a person wrote and those that there are, refuses the first that there is not: it would change nothing, without a word. */
export const checkNames = (given: readonly string[], known: readonly string[]): void => {
  const unknown = given.find((name) => !known.includes(name));
  if (unknown === undefined) return;
  const [nearest = ''] = known.toSorted((a, b) => distance(unknown, a) - distance(unknown, b));
  throw new UserError({
    code: 'unknown-parameter',
    what: `there is no parameter ${JSON.stringify(unknown)}.`,
    where: WHERE,
    fix: `Did you mean --param="${nearest}=…"? The parameters are: ${known.join(', ')}.`,
  });
};

/** As a person writes it: the stack's names begin with a capital. */
const nameOf = (key: string): string => `${key.charAt(0).toLowerCase()}${key.slice(1)}`;

/** Given the stack's parameters and what stands in them, refuses the first value that CloudFormation would refuse. */
export const checkValues = (
  parameters: Readonly<Record<string, StackParameter>>,
  given: readonly Given[],
): void => {
  for (const { ParameterKey, ParameterValue } of given) {
    const parameter = parameters[ParameterKey];
    if (parameter === undefined) throw new Error(`the stack has no parameter ${ParameterKey}`);
    if (new RegExp(parameter.AllowedPattern).test(ParameterValue)) continue;
    throw new UserError({
      code: 'parameter-value',
      what: `${JSON.stringify(ParameterValue)} cannot be ${nameOf(ParameterKey)}: it ${parameter.ConstraintDescription}.`,
      where: WHERE,
      fix: 'Give another value with --param="NAME=VALUE". docs/deploy.md says what each is for.',
    });
  }
};
