import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import type {
  Blank,
  PackagedName,
  StackTemplate,
  TemplateParameter,
  TemplateResource,
} from '../../shared/core/deployment/general-template.ts';
import { BLANK } from '../../shared/core/deployment/general-template.ts';
import { longestSilenceSeconds } from '../../shared/core/deployment/longest-silence.ts';
import { nameOf } from '../../shared/core/deployment/parameters.ts';
import { ROOT } from '../lambda-packages.ts';
import { ADDED_PARAMETERS, BUCKET_PER_REGION } from './added-parameters.ts';

/** What the stack is packaged with, so that what came of each can be found in the template again. */
const INSTANCE = 'instance-in-question';
const POLICY_TAG = 'policy-tag-in-question';
const RATES = {
  backupRate: 'rate(7 minutes)',
  pruneRate: 'rate(11 minutes)',
  auditRate: 'rate(13 minutes)',
} as const satisfies Partial<Record<PackagedName, string>>;

interface StackParameters {
  readonly Parameters: Readonly<Record<string, Pick<TemplateParameter, 'AllowedPattern'>>>;
}

/** Serverless writes names of SSM parameters into the environment of a function, and not a reference. */
const secretNames = (): Readonly<Record<string, string>> => {
  const text = readFileSync(join(ROOT, 'stack/parameters.yml'), 'utf8');
  const { Parameters } = parse(text) as StackParameters;
  const named = Object.entries(Parameters).flatMap(([key, { AllowedPattern }]) => {
    const value = `/in-question/${key}`;
    const isName = AllowedPattern !== undefined && new RegExp(AllowedPattern).test(value);
    return isName ? [[nameOf(key), value] as const] : [];
  });
  return Object.fromEntries(named);
};

const WRITTEN = secretNames();

/** The arguments of `serverless package` for a template that can be generalized. */
export const GENERAL_ARGUMENTS: readonly string[] = Object.entries({
  instance: INSTANCE,
  policyTag: POLICY_TAG,
  ...RATES,
  ...WRITTEN,
}).map(([name, value]) => `--param=${name}=${value}`);

const blank = (one: Blank): object => ({ [BLANK]: one });

const reference = (name: string): object => ({ Ref: `${name.charAt(0).toUpperCase()}${name.slice(1)}` });

/** What stands for a whole value of the packaged template. */
const WHOLE: ReadonlyMap<unknown, object> = new Map<unknown, object>([
  [INSTANCE, { Ref: 'Instance' }],
  [POLICY_TAG, blank({ kind: 'value', of: 'policyTag' })],
  ...Object.entries(WRITTEN).map(([name, value]) => [value, reference(name)] as const),
  ...Object.entries(RATES).map(
    ([name, value]) => [value, blank({ kind: 'value', of: name as PackagedName })] as const,
  ),
]);

/** Periods of alarms follow from rates. */
const PERIODS: ReadonlyMap<unknown, object> = new Map(
  Object.entries(RATES).map(([name, rate]) => [
    longestSilenceSeconds(rate),
    blank({ kind: 'silence', of: name as PackagedName }),
  ]),
);

const withInstance = (text: string): string => text.replaceAll(INSTANCE, () => `\${Instance}`);

const generalText = (text: string): unknown => {
  const whole = WHOLE.get(text);
  if (whole !== undefined) return whole;
  if (!text.includes(INSTANCE)) return text;
  if (text.includes('${')) throw new Error(`this has to be escaped to be substituted: ${text}`);
  return { 'Fn::Sub': withInstance(text) };
};

const generalField = (key: string, value: unknown): unknown => {
  if (key === 'Period') return PERIODS.get(value) ?? value;
  if (key === 'RetentionInDays') return { Ref: 'LogRetentionDays' };
  if (key === 'Fn::Sub' && typeof value === 'string') return withInstance(value);
  return general(value);
};

const general = (value: unknown): unknown => {
  if (typeof value === 'string') return generalText(value);
  if (Array.isArray(value)) return value.map(general);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, generalField(key, one)]));
};

/** A function's name in `functions/`, by the folder that its handler is in. */
const functionOf = ({ Properties }: TemplateResource): string =>
  String(Properties.Handler).split('/').at(-2) ?? '';

const withCode = (resource: TemplateResource): TemplateResource =>
  resource.Type === 'AWS::Lambda::Function'
    ? {
        ...resource,
        Properties: { ...resource.Properties, Code: blank({ kind: 'code', of: functionOf(resource) }) },
      }
    : resource;

/** Serverless's own bucket for the code, which whoever deploys this has already. */
const isOfServerless = (id: string): boolean => id.startsWith('ServerlessDeploymentBucket');

const without = <Value>(all: Readonly<Record<string, Value>>): Readonly<Record<string, Value>> =>
  Object.fromEntries(Object.entries(all).filter(([id]) => !isOfServerless(id)));

/** Whatever is left of what the stack was packaged with was not understood. */
const requireGeneral = (template: StackTemplate): StackTemplate => {
  const [left] = JSON.stringify(template).match(/[^"]*in-question[^"]*/) ?? [];
  if (left !== undefined) throw new Error(`this is of one deployment alone: ${left}`);
  return template;
};

/** Makes the template of any deployment out of the one that was packaged with `GENERAL_ARGUMENTS`: names, rates and code become parameters or blanks. */
export const generalize = (packaged: StackTemplate): StackTemplate => {
  const { Parameters, Conditions, Outputs } = packaged;
  const resources = Object.entries(without(packaged.Resources));
  const { GivenParameters: given, ...others } = without(Outputs);
  return requireGeneral({
    ...packaged,
    Parameters: { ...Parameters, ...ADDED_PARAMETERS },
    Conditions: { ...(general(Conditions) as typeof Conditions), ...BUCKET_PER_REGION },
    Resources: Object.fromEntries(
      resources.map(([id, resource]) => [id, general(withCode(resource)) as TemplateResource]),
    ),
    Outputs: {
      ...(general(others) as typeof Outputs),
      GivenParameters: { ...given, Value: blank({ kind: 'given' }) },
    },
  });
};
