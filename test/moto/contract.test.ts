import { CreateFunctionCommand } from '@aws-sdk/client-lambda';
import { SubscribeCommand } from '@aws-sdk/client-sns';
import { afterAll } from 'vitest';
import { contractClients } from '../contract/clients.ts';
import { MOTO_DEVIATIONS } from '../contract/moto-deviations.ts';
import { contractSuite } from '../contract/suite.ts';
import { startMoto } from '../support/moto.ts';
import { makeQueue } from '../support/moto-queue.ts';

const moto = await startMoto();
afterAll(() => moto.stop());
const clients = contractClients({ endpoint: moto.url });

/** Without a signature a request is one for S3. */
const makeBucket = async (name: string): Promise<void> => {
  const { ok, status } = await fetch(`${moto.url}/${name}`, { method: 'PUT' });
  if (!ok) throw new Error(`the bucket ${name} could not be made: ${status}`);
};

/** What an empty archive consists of: its end. */
const EMPTY_ARCHIVE = Buffer.concat([Buffer.from('PK\u0005\u0006'), Buffer.alloc(18)]);
const TRUST = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'lambda.amazonaws.com' } }],
};

/** Makes a role as a form says it: this needs no client of IAM. */
const makeRole = async (RoleName: string): Promise<string> => {
  const form = {
    Action: 'CreateRole',
    Version: '2010-05-08',
    RoleName,
    AssumeRolePolicyDocument: JSON.stringify(TRUST),
  };
  const credential = 'Credential=testing/20260101/us-east-1/iam/aws4_request';
  const { ok, status } = await fetch(moto.url, {
    method: 'POST',
    headers: { authorization: `AWS4-HMAC-SHA256 ${credential}, SignedHeaders=host, Signature=none` },
    body: new URLSearchParams(form),
  });
  if (!ok) throw new Error(`the role ${RoleName} could not be made: ${status}`);
  return `arn:aws:iam::123456789012:role/${RoleName}`;
};

/** Nothing runs it. */
const makeFunction = async (FunctionName: string): Promise<void> => {
  const definition = {
    FunctionName,
    Role: await makeRole('reader'),
    Runtime: 'nodejs20.x' as const,
    Handler: 'index.handler',
    Code: { ZipFile: EMPTY_ARCHIVE },
  };
  await clients.lambda.send(new CreateFunctionCommand(definition));
};

contractSuite({
  name: "moto's server",
  connect: async () => {
    await moto.reset();
    return {
      ...clients,
      pass: async () => undefined,
      bucket: makeBucket,
      function: makeFunction,
      letterbox: async (TopicArn) => {
        const queue = await makeQueue(moto.url, 'letters');
        await clients.sns.send(new SubscribeCommand({ TopicArn, Protocol: 'sqs', Endpoint: queue.arn }));
        return { read: () => queue.take() };
      },
    };
  },
  deviations: MOTO_DEVIATIONS,
});
