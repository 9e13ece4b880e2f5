import { askAtTerminal } from '../cli/conversation.ts';
import { messageOf } from '../shared/model/errors.ts';
import { composeFromTerminal } from '../shared/run/compose.ts';
import { wireThroughProxy } from '../shared/run/compose-wire.ts';
import type { Deps } from '../shared/run/deps.ts';
import { confirmChanges, confirmUnseen } from './confirm-changes.ts';
import { readStack } from './deployed-stack.ts';
import { policiesToDeploy } from './policies-to-deploy.ts';
import type { Serverless } from './serverless.ts';
import { vaultsWarning } from './vaults-warning.ts';

const partsOf = async (serverless: Serverless, givenTag: string): Promise<Deps> => {
  const provider = serverless.getProvider('aws');
  const { credentials } = await provider.getAwsSdkV3Config();
  const { TABLEKEEPER_INSTANCE: instance } = serverless.service.provider.environment;
  const policies = await policiesToDeploy(serverless.serviceDir, givenTag);
  return await composeFromTerminal({
    ...{ policies, instance, region: provider.getRegion() },
    ...wireThroughProxy(process.env),
    ...(credentials !== undefined && { credentials }),
  });
};

/** Shows what the deployment of a service would change, by the key of `policyTag` where one is given, warns of vaults that are not there, and asks about it. Throws a `UserError` where nobody agrees. */
export const confirmServiceChanges = async (
  serverless: Serverless,
  { policyTag: givenTag, vault }: { readonly policyTag: string; readonly vault: string },
  write: (text: string) => void,
): Promise<void> => {
  const { stackName } = serverless.service.provider;
  const config = await serverless.getProvider('aws').getAwsSdkV3Config();
  const isFirst = (await readStack(config, stackName)) === undefined;
  const canAsk = process.stdin.isTTY === true && process.stdout.isTTY === true;
  const yes = serverless.processedInput.options.yes === true;
  const consent = { isFirst, yes, write, ...(canAsk && { ask: askAtTerminal }) };
  const parts = await partsOf(serverless, givenTag).catch((error: unknown) => messageOf(error));
  if (typeof parts !== 'string') write(await vaultsWarning(parts, vault));
  await (typeof parts === 'string' ? confirmUnseen(parts, consent) : confirmChanges(parts, consent));
};
