import { UserError } from '../../model/errors.ts';
import { PACKAGED_NAMES, type StackTemplate } from './general-template.ts';
import { checkPairs } from './parameter-pairs.ts';
import {
  checkNames,
  checkValues,
  checkVaultLock,
  checkVaultRoles,
  checkWritten,
  keyOf,
  nameOf,
  type StackParameter,
} from './parameters.ts';
import { checkStackTags, parseStackTags } from './stack-tags.ts';

/** What a person gives when a deployment is packaged, by the names that they write. */
export type GivenValues = ReadonlyMap<string, string>;

/** CloudFormation gives tags to a stack when it is deployed; they stand in no template. */
const STACK_TAGS = 'stackTags';

/** Lists every parameter that can be given: those of the template, and those that are written into it. */
export const packageNames = ({ Parameters }: StackTemplate): readonly string[] => [
  ...Object.keys(Parameters).map(nameOf),
  ...PACKAGED_NAMES,
  STACK_TAGS,
];

const isOptional = (name: string, { Parameters }: StackTemplate): boolean => {
  const { AllowedPattern } = Parameters[keyOf(name)] ?? {};
  if (AllowedPattern === undefined) return name === STACK_TAGS || name === 'policyTag';
  return new RegExp(AllowedPattern).test('');
};

/** `none` says that there shall be nothing, where nothing may be given. Who is alerted is said in the stack itself. */
const meant = (given: GivenValues, template: StackTemplate): GivenValues =>
  new Map(
    [...given].map(([name, value]) => [name, isOptional(name, template) && value === 'none' ? '' : value]),
  );

const notAllowed = (name: string, value: string, allowed: readonly (string | number)[]): UserError =>
  new UserError({
    code: 'parameter-value',
    what: `${JSON.stringify(value)} cannot be ${name}: it must be one of ${allowed.join(', ')}.`,
    fix: 'Give another value with --param="NAME=VALUE". docs/deploy.md says what each is for.',
  });

const checkOne = (name: string, value: string, { Parameters }: StackTemplate): void => {
  checkWritten(name, value);
  const parameter = Parameters[keyOf(name)];
  if (parameter === undefined) return;
  const { AllowedPattern, AllowedValues } = parameter;
  if (AllowedValues !== undefined && !AllowedValues.map(String).includes(value))
    throw notAllowed(name, value, AllowedValues);
  if (AllowedPattern !== undefined)
    checkValues({ [keyOf(name)]: parameter as StackParameter }, [
      { ParameterKey: keyOf(name), ParameterValue: value },
    ]);
};

const checkVault = (values: GivenValues, region: string | undefined): void => {
  const givenFor = (name: string): string => values.get(name) ?? '';
  checkVaultRoles(givenFor('vault'), givenFor('instance'), region);
  checkVaultLock({
    vault: givenFor('vault'),
    vaultLock: givenFor('vaultLock'),
    vaultLockMinDays: givenFor('vaultLockMinDays'),
    vaultLockMaxDays: givenFor('vaultLockMaxDays'),
    vaultLockCompliance: givenFor('vaultLockCompliance'),
  });
};

/**
 * Refuses names that do not exist, values that CloudFormation would refuse, and what does not fit together, and returns what is meant. Throws a
 * `UserError`. Without a Region it has to fit in every one.
 */
export const checkedValues = (given: GivenValues, template: StackTemplate, region?: string): GivenValues => {
  checkNames([...given.keys()], packageNames(template));
  const values = meant(given, template);
  for (const [name, value] of values) checkOne(name, value, template);
  checkVault(values, region);
  checkPairs((name) => values.get(name) ?? '');
  return values;
};

/** Reads the tags of the stack. Throws a `UserError` for a key by which Tablekeeper decides about tables. */
export const stackTagsIn = (values: GivenValues, policyTag: string): Readonly<Record<string, string>> => {
  const tags = parseStackTags(values.get(STACK_TAGS) ?? '');
  checkStackTags(tags, policyTag);
  return tags;
};
