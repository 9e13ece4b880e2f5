import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { loadPolicies } from '../shared/core/policy/load.ts';
import { messageOf } from '../shared/model/errors.ts';
import { composeFromTerminal } from '../shared/run/compose.ts';
import { wireThroughProxy } from '../shared/run/compose-wire.ts';
import type { Deps } from '../shared/run/deps.ts';
import { confirmChanges, confirmUnseen } from './confirm-changes.ts';
import { readStack } from './deployed-stack.ts';
import type { Serverless } from './serverless.ts';

const FILE = 'policies.yml';

/** Ctrl-D is no answer. */
const askAtTerminal = async (question: string): Promise<string | undefined> => {
  const lines = createInterface({ input: process.stdin, output: process.stdout });
  const closed = new Promise<undefined>((resolve) => lines.once('close', () => resolve(undefined)));
  lines.once('SIGINT', () => process.kill(process.pid, 'SIGINT'));
  try {
    return await Promise.race([lines.question(question), closed]);
  } finally {
    lines.close();
  }
};

const partsOf = async (serverless: Serverless): Promise<Deps> => {
  const provider = serverless.getProvider('aws');
  const { credentials } = await provider.getAwsSdkV3Config();
  const { TABLEKEEPER_INSTANCE: instance } = serverless.service.provider.environment;
  const policies = loadPolicies(await readFile(join(serverless.serviceDir, FILE), 'utf8'), FILE);
  return await composeFromTerminal({
    ...{ policies, instance, region: provider.getRegion() },
    ...wireThroughProxy(process.env),
    ...(credentials !== undefined && { credentials }),
  });
};

/** Shows what the deployment of a service would change, and asks about it. Throws a `UserError` where nobody agrees. */
export const confirmServiceChanges = async (
  serverless: Serverless,
  write: (text: string) => void,
): Promise<void> => {
  const { stackName } = serverless.service.provider;
  const config = await serverless.getProvider('aws').getAwsSdkV3Config();
  const isFirst = (await readStack(config, stackName)) === undefined;
  const canAsk = process.stdin.isTTY === true && process.stdout.isTTY === true;
  const yes = serverless.processedInput.options.yes === true;
  const consent = { isFirst, yes, write, ...(canAsk && { ask: askAtTerminal }) };
  const parts = await partsOf(serverless).catch((error: unknown) => messageOf(error));
  await (typeof parts === 'string' ? confirmUnseen(parts, consent) : confirmChanges(parts, consent));
};
