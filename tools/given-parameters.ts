import { parseGiven } from '../shared/core/deployment/parameters.ts';
import { CHANNELS } from '../shared/model/channel.ts';
import { messageOf, UserError } from '../shared/model/errors.ts';
import { keptOf, WRITTEN_NAMES } from './kept-parameters.ts';
import { readParameterFile } from './parameter-file.ts';
import type { Serverless, VariableRequest } from './serverless.ts';

/** Where a value comes from: given now, given at an earlier deployment, or never given. */
export type Origin = 'said' | 'kept' | 'default';

export interface GivenParameter {
  readonly name: string;
  /** Empty where there shall be none. */
  readonly value: string;
  readonly origin: Origin;
}

/** The parameters of one command. */
export interface GivenParameters {
  resolve(request: VariableRequest): Promise<string>;
  /** What has been resolved, in the order of serverless.yml. */
  all(): readonly GivenParameter[];
  /** Throws if the previous deployment could not be read: then it is not known what this one would remove. */
  requireKept(): void;
}

/** Where nothing may be given, `none` says so. Who is alerted is said in the stack itself. */
const OPTIONAL: readonly string[] = [
  ...CHANNELS.map(({ parameter }) => parameter),
  'heartbeatParameter',
  'topicKmsKeyArn',
  'vaultRoleArn',
  'vault',
  'vaultAccounts',
  'vaultLock',
  'vaultLockMinDays',
  'vaultLockMaxDays',
  'vaultLockCompliance',
  'drills',
  'drillBucket',
  'reportBucket',
  'dashboard',
  'findingsPage',
  'permissionsBoundary',
  'stackTags',
  'policyTag',
];

/** A default of these is empty, so a value that someone wrote into serverless.yml is intended. */
const EMPTY_BY_DEFAULT: readonly string[] = ['alertEmail', ...OPTIONAL];

/** Whether a command writes parameters into the stack or the functions. Others need no account. */
export const writesParameters = ([command, detail]: readonly string[]): boolean =>
  (command === 'deploy' && detail !== 'list') || (command === 'rollback' && detail === undefined);

type Values = ReadonlyMap<string, string>;

const unreadable = (stack: string, cause: unknown): UserError =>
  new UserError(
    {
      code: 'stack-unreadable',
      what: `What the last deployment of ${stack} was given cannot be read: ${messageOf(cause)}.`,
      fix: 'Allow yourself cloudformation:DescribeStacks and cloudformation:GetTemplate on it; deploying needs both.',
    },
    { cause },
  );

/** Reads once, at the first question. */
const keeper = (serverless: Serverless) => {
  let failure: UserError | undefined;
  let reading: Promise<Values> | undefined;
  const read = async (stackName: string): Promise<Values> => {
    if (!writesParameters(serverless.processedInput.commands)) return new Map();
    try {
      const { readStack } = await import('./deployed-stack.ts');
      const stack = await readStack(await serverless.getProvider('aws').getAwsSdkV3Config(), stackName);
      return stack === undefined
        ? new Map()
        : keptOf(stack, serverless.configurationInput.params.default ?? {});
    } catch (error) {
      failure = unreadable(stackName, error);
      return new Map();
    }
  };
  return {
    kept: (stackName: string): Promise<Values> => {
      reading ??= read(stackName);
      return reading;
    },
    requireKept: () => {
      if (failure !== undefined) throw failure;
    },
  };
};

const textOf = (name: string, value: unknown): string => {
  const text = value === null || value === undefined ? '' : String(value);
  return OPTIONAL.includes(name) && text === 'none' ? '' : text;
};

/** Reads each parameter where it was given: on the command line, for the stage in serverless.yml or parameters.yml, at an earlier deployment, or in the defaults. */
export const createGivenParameters = (serverless: Serverless): GivenParameters => {
  const resolved = new Map<string, GivenParameter>();
  const { kept, requireKept } = keeper(serverless);
  const isSaid = (name: string, stage: string): boolean => {
    const { params } = serverless.configurationInput;
    const isTyped = parseGiven(serverless.processedInput.options.param ?? []).has(name);
    return isTyped || (params[stage]?.[name] ?? null) !== null;
  };
  const inFile = (stage: string, name: string): string | undefined =>
    readParameterFile(serverless.serviceDir).get(stage)?.get(name);
  const find = async ({ address: name, resolveVariable }: VariableRequest): Promise<GivenParameter> => {
    const here = textOf(name, await resolveVariable(`param:${name}`));
    const stage = String(await resolveVariable('sls:stage'));
    if (isSaid(name, stage)) return { name, value: here, origin: 'said' };
    if (EMPTY_BY_DEFAULT.includes(name) && here !== '') return { name, value: here, origin: 'said' };
    const written = inFile(stage, name);
    if (written !== undefined) return { name, value: textOf(name, written), origin: 'said' };
    const instance = String(await resolveVariable('param:instance'));
    const before = (await kept(`tablekeeper-${instance}`)).get(name);
    return before === undefined
      ? { name, value: here, origin: 'default' }
      : { name, value: before, origin: 'kept' };
  };
  return {
    resolve: async (request) => {
      const found = await find(request);
      resolved.set(found.name, found);
      return found.value;
    },
    all: () => [...resolved.values()],
    requireKept,
  };
};

/** What the stack records for the next deployment: the parameters of the template itself that were given, as JSON. */
export const recordOf = async (
  given: GivenParameters,
  resolveVariable: VariableRequest['resolveVariable'],
): Promise<string> => {
  for (const address of WRITTEN_NAMES) await given.resolve({ address, resolveVariable });
  const said = given
    .all()
    .filter(({ name, origin }) => WRITTEN_NAMES.includes(name) && origin !== 'default')
    .map(({ name, value }) => [name, value] as const);
  return JSON.stringify(Object.fromEntries(said.toSorted()));
};
