import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { parse } from 'yaml';
import { parseGiven } from '../../shared/core/deployment/parameters.ts';
import BuildPlugin from '../../tools/build-plugin.ts';
import type { Serverless, VariableRequest } from '../../tools/serverless.ts';

// The plug-in's own checks on what Serverless's own reader of the command line makes of it. Only what Serverless does between them stands here: it
// hands parameters to where serverless.yml names them. test/meta/refused.long.test.ts shows one refusal of each kind through all of Serverless.

const ROOT = resolve(import.meta.dirname, '../..');
const require = createRequire(import.meta.url);
const readArguments = require('serverless/lib/cli/resolve-input.js') as (
  schemas: object,
  argv: readonly string[],
) => Serverless['processedInput'] & {
  readonly options: { readonly stage?: string; readonly region?: string };
};
const COMMANDS = require('serverless/lib/cli/commands-schema/aws-service.js') as object;

const yamlOf = (file: string): unknown => parse(readFileSync(join(ROOT, file), 'utf8'));

type Params = Readonly<Record<string, Readonly<Record<string, string>>>>;
type StackParameters = Serverless['service']['provider']['stackParameters'];
const FILE = yamlOf('serverless.yml') as {
  readonly params: Params;
  readonly provider: { readonly stackParameters: StackParameters };
};
const { Parameters } = yamlOf('stack/parameters.yml') as Serverless['service']['resources'];

/** An error that Serverless prints as one sentence, without its stack. */
class SentenceAlone extends Error {}

type Source = {
  readonly resolve: (request: VariableRequest) => Promise<{ readonly value: unknown } | string>;
};
type Sources = Readonly<Record<'given' | 'silence' | 'stack-tags' | 'policies' | 'record', Source>>;

const RATES = ['backupRate', 'pruneRate', 'auditRate'];

/** Makes the plug-in as a process does that was started with these arguments. */
const pluginFor = (serverless: Serverless, argv: readonly string[]): BuildPlugin => {
  const before = process.argv;
  process.argv = [...before.slice(0, 2), ...argv];
  try {
    return new BuildPlugin(serverless, {}, { writeText: () => undefined });
  } finally {
    process.argv = before;
  }
};

type Typed = ReturnType<typeof readArguments>;

/** A service whose variables are still to be resolved. */
const serviceOf = ({ options: { region = 'us-east-1' } }: Typed) => ({
  provider: {
    ...{ region, stackName: '', environment: { TABLEKEEPER_INSTANCE: '' } },
    stackParameters: [] as StackParameters,
  },
  resources: { Parameters, Resources: {}, Outputs: { GivenParameters: { Value: '' } } },
});

/** Answers variables: what was typed and what serverless.yml says as Serverless does, and the rest by the plug-in's own sources. */
const variablesOf = (plugin: BuildPlugin, { options: { stage = 'prod', param = [] } }: Typed) => {
  const sources = plugin.configurationVariablesSources as Sources;
  const typed = parseGiven(param);
  const written = (name: string): unknown =>
    typed.get(name) ?? (name === 'instance' ? stage : FILE.params.default?.[name]);
  const resolveVariable = async (variable: string): Promise<unknown> => {
    const [source = '', address = ''] = variable.split(':');
    if (source === 'sls') return stage;
    if (source === 'param') return written(address);
    const answer = await sources[source as keyof Sources].resolve({ address, resolveVariable });
    return (answer as { readonly value: unknown }).value;
  };
  return async (variable: string): Promise<string> => String(await resolveVariable(variable));
};

/** Resolves a service as serverless.yml names its variables. */
const resolveService = async (
  { provider, resources }: ReturnType<typeof serviceOf>,
  valueOfVariable: (variable: string) => Promise<string>,
): Promise<void> => {
  await valueOfVariable('stack-tags:given');
  for (const rate of RATES) await valueOfVariable(`silence:${rate}`);
  resources.Outputs.GivenParameters.Value = await valueOfVariable('record:given');
  provider.environment.TABLEKEEPER_INSTANCE = await valueOfVariable('param:instance');
  const given = FILE.provider.stackParameters.map(async ({ ParameterKey, ParameterValue }) => ({
    ParameterKey,
    ParameterValue: await valueOfVariable(ParameterValue.slice(2, -1)),
  }));
  provider.stackParameters = await Promise.all(given);
};

const packageWith = async (argv: readonly string[]): Promise<void> => {
  const processedInput = readArguments(COMMANDS, argv);
  const service = serviceOf(processedInput);
  const serverless = {
    ...{ serviceDir: ROOT, processedInput, configurationInput: { params: FILE.params } },
    ...{ service, classes: { Error: SentenceAlone } },
  };
  const plugin = pluginFor(serverless as unknown as Serverless, argv);
  await resolveService(service, variablesOf(plugin, processedInput));
  plugin.hooks.initialize?.();
};

/** Returns the sentence with which packaging with these arguments stops before anything is made, or undefined where the plug-in lets it go on. */
export const refusalOf = async (...args: readonly string[]): Promise<string | undefined> => {
  try {
    await packageWith(['package', ...args]);
    return undefined;
  } catch (error) {
    if (error instanceof SentenceAlone) return error.message;
    throw error;
  }
};
