import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { parse } from 'yaml';
import { policiesSource } from '../tools/policy-tag.ts';

/** A text, or the name of a resource or a parameter whose value stands there. An empty parameter leaves nothing. */
export type Value =
  | string
  | null
  | { readonly Ref: string }
  | { readonly 'Fn::GetAtt': readonly [resource: string, attribute: string] }
  | { readonly 'Fn::Sub': string }
  | { readonly 'Fn::If': readonly [condition: string, Value, Value] };

/** The environment variables of a function, as they are written. */
export type Variables = Readonly<Record<string, Value>>;

export interface Resource {
  readonly Type: string;
  readonly Properties: Readonly<Record<string, unknown>>;
}

/** One of CloudFormation's conditions. */
export type Condition =
  | { readonly Condition: string }
  | { readonly 'Fn::Equals': readonly [Value, Value] }
  | { readonly 'Fn::Not': readonly [Condition] }
  | { readonly 'Fn::And': readonly Condition[] }
  | { readonly 'Fn::Or': readonly Condition[] };

interface Section {
  readonly Conditions?: Readonly<Record<string, Condition>>;
  readonly Resources?: string | Readonly<Record<string, Resource>>;
  readonly Parameters?: Readonly<Record<string, { readonly Default?: string }>>;
}

interface Content {
  readonly params: { readonly default: Readonly<Record<string, string>> };
  readonly provider: {
    readonly timeout: number;
    readonly environment: Variables;
    readonly stackParameters: readonly {
      readonly ParameterKey: string;
      readonly ParameterValue: string | null;
    }[];
  };
  readonly functions: Readonly<
    Record<
      string,
      {
        readonly name: string;
        readonly handler: string;
        readonly timeout?: number;
        readonly environment?: Variables;
        /** The condition under which it is made at all. */
        readonly condition?: string;
      }
    >
  >;
  readonly resources: readonly (string | Section)[];
}

/** serverless.yml and the files that it names, with its parameters filled in. */
export interface ServiceFile extends Pick<Content, 'functions' | 'provider'> {
  readonly resources: ReadonlyMap<string, Resource>;
  /** What CloudFormation's parameters are. */
  readonly parameters: Readonly<Record<string, string>>;
  /** Whether a condition holds with these parameters. */
  holds(condition: string): boolean;
}

const FILE = /^\$\{file\(([^)]+)\)\}$/;

/** By the name of the variable: `param:instance`, `given:backupRate`, `policies:tag`. */
type Filling = ReadonlyMap<string, string>;

/** Two rounds, because a parameter may name another. */
const filledIn = (text: string, filling: Filling): string => {
  const fill = (given: string): string =>
    given.replaceAll(/\$\{(\w+:\w+)\}/g, (written, name: string) => filling.get(name) ?? written);
  return fill(fill(text));
};

type Read = (path: string) => Promise<unknown>;

const sectionOf = async (entry: string | Section, read: Read): Promise<Section> => {
  if (typeof entry !== 'string') return entry;
  const [, path] = FILE.exec(entry) ?? [];
  return path === undefined ? {} : ((await read(path)) as Section);
};

const resourcesOf = async ({ Resources = {} }: Section, read: Read) => {
  if (typeof Resources !== 'string') return Object.entries(Resources);
  const [, path] = FILE.exec(Resources) ?? [];
  return path === undefined ? [] : Object.entries((await read(path)) as Readonly<Record<string, Resource>>);
};

const conditionsWith = (
  conditions: ReadonlyMap<string, Condition>,
  parameters: Readonly<Record<string, string>>,
): ((name: string) => boolean) => {
  const textOf = (value: Value): string => {
    if (value === null || typeof value === 'string') return value ?? '';
    if ('Ref' in value && parameters[value.Ref] !== undefined) return parameters[value.Ref] ?? '';
    throw new Error(`serverless.yml compares what is not known here: ${JSON.stringify(value)}`);
  };
  const isTrue = (condition: Condition): boolean => {
    if ('Condition' in condition) return holds(condition.Condition);
    if ('Fn::Equals' in condition)
      return textOf(condition['Fn::Equals'][0]) === textOf(condition['Fn::Equals'][1]);
    if ('Fn::Not' in condition) return !isTrue(condition['Fn::Not'][0]);
    return 'Fn::And' in condition ? condition['Fn::And'].every(isTrue) : condition['Fn::Or'].some(isTrue);
  };
  const holds = (name: string): boolean => {
    const condition = conditions.get(name);
    if (condition === undefined) throw new Error(`serverless.yml has no condition ${name}`);
    return isTrue(condition);
  };
  return holds;
};

/** Reads serverless.yml, with the parameters of a deployment and the files that its resources are in. */
export const readServiceFile = async (
  path: string,
  given: Readonly<Record<string, string>>,
): Promise<ServiceFile> => {
  const text = await readFile(path, 'utf8');
  const { params } = parse(text) as Content;
  const { value: tag } = await policiesSource({ serviceDir: dirname(path) }).resolve({ address: 'tag' });
  const parametersGiven = Object.entries({ ...params.default, ...given });
  const values = new Map([
    ...parametersGiven.flatMap(([name, value]) =>
      ['param', 'given'].map((source) => [`${source}:${name}`, value] as const),
    ),
    ['policies:tag', tag],
  ]);
  const content = parse(filledIn(text, values)) as Content;
  const read: Read = async (file) =>
    parse(filledIn(await readFile(join(dirname(path), file), 'utf8'), values)) as unknown;
  const sections = await Promise.all(content.resources.map((entry) => sectionOf(entry, read)));
  const resources = await Promise.all(sections.map((section) => resourcesOf(section, read)));
  const declared = sections.flatMap(({ Parameters = {} }) => Object.entries(Parameters));
  const parameters = Object.fromEntries([
    ...declared.map(([name, { Default = '' }]) => [name, Default]),
    ...content.provider.stackParameters.map(({ ParameterKey, ParameterValue }) => [
      ParameterKey,
      ParameterValue ?? '',
    ]),
  ]);
  const conditions = new Map(sections.flatMap(({ Conditions = {} }) => Object.entries(Conditions)));
  return {
    functions: content.functions,
    provider: content.provider,
    resources: new Map(resources.flat()),
    parameters,
    holds: conditionsWith(conditions, parameters),
  };
};
