import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { DESTINATION_FILE } from '../shared/core/deployment/general-template.ts';
import { checkCommandLine } from './command-line.ts';
import { destinationText } from './destination-template.ts';
import { createGivenParameters, type GivenParameters, recordOf } from './given-parameters.ts';
import {
  checkPackage,
  checkResolved,
  checkTyped,
  explained,
  madeWith,
  silenceSource,
  stackTagsSource,
} from './parameter-checks.ts';
import { policiesSource } from './policy-tag.ts';
import { policyWarningsText } from './policy-warnings.ts';
import type { Serverless, VariableRequest } from './serverless.ts';

/** What this adds to the commands of Serverless. */
const COMMANDS = {
  deploy: {
    options: { yes: { usage: 'Deploy without asking where recovery points would expire', type: 'boolean' } },
  },
} as const;

/** What Serverless hands over to write with. */
interface Writing {
  readonly writeText: (text: string) => void;
}

/** What was given for a parameter; empty where nothing was. */
const givenIn = (given: GivenParameters, parameter: string): string =>
  given.all().find(({ name }) => name === parameter)?.value ?? '';

const build = (serverless: Serverless, given: GivenParameters): void => {
  const { TABLEKEEPER_INSTANCE } = serverless.service.provider.environment;
  const tag = givenIn(given, 'policyTag');
  const options = ['--instance', TABLEKEEPER_INSTANCE, ...(tag === '' ? [] : ['--tag', tag])];
  const { status } = spawnSync(process.execPath, ['tools/build.ts', ...options], {
    cwd: serverless.serviceDir,
    stdio: 'inherit',
  });
  if (status !== 0)
    throw new serverless.classes.Error('The functions could not be built: see above.', 'BUILD');
};

/** Beside what was packaged lies what is deployed in the account or Region that is copied into. */
const writeDestination = ({ processedInput, serviceDir }: Serverless): void => {
  const folder = resolve(serviceDir, processedInput.options.package ?? '.serverless');
  writeFileSync(join(folder, DESTINATION_FILE), destinationText(serviceDir));
};

const checkArguments = (serverless: Serverless): void => {
  const { commands, commandSchema, isHelpRequest } = serverless.processedInput;
  if (isHelpRequest) return;
  const options = commandSchema?.options ?? {};
  explained(serverless, () => {
    checkTyped(serverless);
    const all = { ...options, ...COMMANDS.deploy.options };
    checkCommandLine({ argv: process.argv.slice(2), commands, options: all, env: process.env });
  });
};

const checkAccount = async (serverless: Serverless, state: string): Promise<void> => {
  const { checkStateTable } = await import('./state-table-check.ts');
  const config = await serverless.getProvider('aws').getAwsSdkV3Config();
  const { stackName } = serverless.service.provider;
  const found = await checkStateTable({ config, stackName, state }).catch((error: unknown) => error);
  explained(serverless, () => {
    if (found !== undefined) throw found;
  });
};

/** Loaded here, because packaging needs neither an account nor what reads it. */
const confirmDeployment = async (
  serverless: Serverless,
  given: GivenParameters,
  writeText: Writing['writeText'],
): Promise<void> => {
  const { confirmServiceChanges } = await import('./confirm-service-changes.ts');
  const named = { policyTag: givenIn(given, 'policyTag'), vault: givenIn(given, 'vault') };
  const end = await confirmServiceChanges(serverless, named, writeText).catch((error: unknown) => error);
  explained(serverless, () => {
    if (end !== undefined) throw end;
  });
};

const neighboursOf = async (serverless: Serverless): Promise<string> => {
  const { neighboursWarning } = await import('./neighbours.ts');
  const config = await serverless.getProvider('aws').getAwsSdkV3Config();
  const { TABLEKEEPER_INSTANCE: instance } = serverless.service.provider.environment;
  const tag = serverless.service.resources.Resources.StateTable.Properties.Tags[0]?.Key ?? '';
  return neighboursWarning({ config, instance, tag });
};

const sourcesOf = (serverless: Serverless, given: GivenParameters) => ({
  policies: policiesSource(serverless, ({ resolveVariable }) =>
    given.resolve({ address: 'policyTag', resolveVariable }),
  ),
  given: {
    resolve: async (request: VariableRequest) => {
      const value = await given.resolve(request);
      return { value: request.address === 'logRetentionDays' ? Number(value) : value };
    },
  },
  record: {
    resolve: async ({ resolveVariable }: VariableRequest) => ({
      value: await recordOf(given, resolveVariable),
    }),
  },
  silence: silenceSource(serverless, given),
  'stack-tags': stackTagsSource(serverless, given),
});

/**
 * Checks the command line and the parameters, builds the functions whenever they are packaged, so that no old build and no wrong file is
 * ever deployed, and says after a deployment where alerts go.
 */
export default class BuildPlugin {
  readonly hooks: Readonly<Record<string, () => unknown>>;
  readonly configurationVariablesSources: object;
  readonly commands = COMMANDS;

  constructor(serverless: Serverless, _options: unknown, { writeText }: Writing) {
    checkArguments(serverless);
    const given = createGivenParameters(serverless);
    this.configurationVariablesSources = sourcesOf(serverless, given);
    const isDeployment = serverless.processedInput.commands.join(' ') === 'deploy';
    const afterDeployment = async (): Promise<void> => {
      const { reportDeployment } = await import('./deployment-report.ts');
      writeText(await reportDeployment(serverless, given.all()));
    };
    let wanted: ReturnType<typeof madeWith> = {};
    this.hooks = {
      initialize: () => {
        explained(serverless, () => checkResolved(serverless, given));
        wanted = madeWith(serverless.service);
      },
      // By now Serverless has read back what was packaged, now or earlier.
      'before:deploy:deploy': async () => {
        explained(serverless, () => checkPackage(wanted, madeWith(serverless.service)));
        await checkAccount(serverless, wanted.state ?? 'new');
        if (isDeployment) writeText(await neighboursOf(serverless));
        await confirmDeployment(serverless, given, writeText);
      },
      'before:package:createDeploymentArtifacts': async () => {
        build(serverless, given);
        writeText(await policyWarningsText(serverless.serviceDir, (name) => givenIn(given, name)));
      },
      'after:package:finalize': () => writeDestination(serverless),
      ...(isDeployment && { finalize: afterDeployment }),
    };
  }
}
