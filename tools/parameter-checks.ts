import { checkInstance } from '../shared/core/deployment/instance.ts';
import { longestSilenceSeconds } from '../shared/core/deployment/longest-silence.ts';
import { refuseInstanceIn } from '../shared/core/deployment/parameter-file.ts';
import { checkPairs } from '../shared/core/deployment/parameter-pairs.ts';
import {
  checkKeyRegion,
  checkNames,
  checkValues,
  checkVaultLock,
  checkVaultRoles,
  checkWritten,
  keyOf,
  nameOf,
  parseGiven,
} from '../shared/core/deployment/parameters.ts';
import { checkStackTags, parseStackTags } from '../shared/core/deployment/stack-tags.ts';
import { UserError } from '../shared/model/errors.ts';
import type { GivenParameters } from './given-parameters.ts';
import { writesParameters } from './given-parameters.ts';
import { readParameterFile } from './parameter-file.ts';
import type { Serverless, VariableRequest } from './serverless.ts';

/** Serverless prints its own errors in one sentence, and others with their stack. */
const serviceError = (classes: Serverless['classes'], cause: UserError): Error =>
  new classes.Error(cause.message, 'PARAMETER', { cause });

/** Does the work, and throws a mistake of a person so that Serverless prints its sentence alone. */
export const explained = <Value>({ classes }: Pick<Serverless, 'classes'>, work: () => Value): Value => {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    throw serviceError(classes, error);
  }
};

const asOption = (name: string): UserError =>
  new UserError({
    code: 'parameter-as-option',
    what: `${name} is a parameter and no option.`,
    fix: `Write --param="${name}=VALUE".`,
  });

const checkFile = (folder: string, known: readonly string[]): void => {
  const stages = readParameterFile(folder);
  refuseInstanceIn(stages);
  const names = [...stages.values()].flatMap((values) => [...values.keys()]);
  checkNames(names, known);
};

/** Refuses what was typed and cannot be, before anything is resolved. */
export const checkTyped = ({ processedInput, configurationInput, serviceDir }: Serverless): void => {
  const { default: defaults = {}, ...stages } = configurationInput.params;
  const typed = parseGiven(processedInput.options.param ?? []);
  const known = Object.keys(defaults);
  const misplaced = known.find((name) => name in processedInput.options);
  if (misplaced !== undefined) throw asOption(misplaced);
  checkNames([...typed.keys(), ...Object.values(stages).flatMap((stage) => Object.keys(stage ?? {}))], known);
  checkFile(serviceDir, known);
  for (const [name, value] of typed) checkWritten(name, value);
};

const otherStage = (instance: string, stage: string): UserError =>
  new UserError({
    code: 'other-stage',
    what: `the instance ${instance} would be given what is written for the stage ${stage}, and nothing that is written for its own.`,
    fix: `Give --stage ${instance} in place of --param="instance=${instance}".`,
  });

/** SAFETY: parameters.yml and serverless.yml are read by the stage: another instance would be given who is alerted of that one, or not what is written for its own. */
export const checkStage = (
  { processedInput, configurationInput, serviceDir }: Omit<Serverless, 'service'>,
  stage: string,
): void => {
  const instance = parseGiven(processedInput.options.param ?? []).get('instance');
  if (instance === undefined || instance === stage) return;
  const { default: _, ...ofService } = configurationInput.params;
  const written = [...readParameterFile(serviceDir).keys(), ...Object.keys(ofService)];
  if (written.includes(stage) || written.includes(instance)) throw otherStage(instance, stage);
};

const nobodyIsAlerted = (): UserError =>
  new UserError({
    code: 'alert-email',
    what: 'nobody said who is alerted.',
    where: { file: 'serverless.yml' },
    fix: 'Give --param="alertEmail=ops@example.com", or --param="alertEmail=none" where people subscribe to the topic by other means.',
  });

/** Refuses mistaken parameters of a service whose variables are resolved, and a deployment that does not know whom it alerts. */
export const checkResolved = (serverless: Serverless, given: GivenParameters): void => {
  const { processedInput, service } = serverless;
  const { region, stackParameters, environment } = service.provider;
  given.requireKept();
  checkStage(serverless, service.provider.stage);
  checkInstance(environment.TABLEKEEPER_INSTANCE);
  for (const { name, value } of given.all()) checkWritten(name, value);
  const isOpen = ({ ParameterKey, ParameterValue }: (typeof stackParameters)[number]): boolean =>
    ParameterKey === 'AlertEmail' && ParameterValue === '';
  checkValues(
    service.resources.Parameters,
    stackParameters.filter((one) => !isOpen(one)),
  );
  checkKeyRegion(given.all().find(({ name }) => name === 'topicKmsKeyArn')?.value ?? '', region);
  const givenFor = (key: string): string =>
    stackParameters.find(({ ParameterKey }) => ParameterKey === key)?.ParameterValue ?? '';
  const vault = givenFor('Vault');
  checkVaultRoles(vault, environment.TABLEKEEPER_INSTANCE, region);
  checkVaultLock({
    vault,
    vaultLock: givenFor('VaultLock'),
    vaultLockMinDays: givenFor('VaultLockMinDays'),
    vaultLockMaxDays: givenFor('VaultLockMaxDays'),
    vaultLockCompliance: givenFor('VaultLockCompliance'),
  });
  checkPairs((name) => givenFor(keyOf(name)));
  if (writesParameters(processedInput.commands) && stackParameters.some(isOpen)) throw nobodyIsAlerted();
};

/** What a package was made with, by name. */
export const madeWith = ({
  provider,
  resources,
}: Serverless['service']): Readonly<Record<string, string>> => ({
  ...(JSON.parse(resources.Outputs.GivenParameters.Value) as Readonly<Record<string, string>>),
  ...Object.fromEntries(
    provider.stackParameters.map(({ ParameterKey, ParameterValue }) => [
      nameOf(ParameterKey),
      ParameterValue,
    ]),
  ),
});

/** Refuses a package that was made with other parameters than this deployment has: it would take away what an earlier one was given. */
export const checkPackage = (
  wanted: Readonly<Record<string, string>>,
  packaged: Readonly<Record<string, string>>,
): void => {
  const names = Object.keys({ ...wanted, ...packaged });
  const others = names.filter((name) => wanted[name] !== packaged[name]);
  if (others.length === 0) return;
  throw new UserError({
    code: 'package-parameters',
    what: `what was packaged has another ${others.join(', ')} than this deployment is given or keeps.`,
    fix: 'Deploy without --package, or package with the same parameters.',
  });
};

/** The source of the variable `${stack-tags:given}`: the tags of the stack, by their keys. */
export const stackTagsSource = (serverless: Pick<Serverless, 'classes'>, given: GivenParameters) => ({
  resolve: async ({ resolveVariable }: VariableRequest) => {
    const text = await given.resolve({ address: 'stackTags', resolveVariable });
    const policyTag = String(await resolveVariable('policies:tag'));
    return {
      value: explained(serverless, () => {
        const tags = parseStackTags(text);
        checkStackTags(tags, policyTag);
        return tags;
      }),
    };
  },
});

/** The source of variables such as `${silence:backupRate}`: how long the function of that rate may be silent, in seconds. */
export const silenceSource = (serverless: Pick<Serverless, 'classes'>, given: GivenParameters) => ({
  resolve: async (request: VariableRequest) => {
    const rate = await given.resolve(request);
    return { value: explained(serverless, () => longestSilenceSeconds(rate)) };
  },
});
