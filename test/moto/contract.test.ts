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

contractSuite({
  name: "moto's server",
  connect: async () => {
    await moto.reset();
    return {
      ...clients,
      pass: async () => undefined,
      bucket: makeBucket,
      letterbox: async (TopicArn) => {
        const queue = await makeQueue(moto.url, 'letters');
        await clients.sns.send(new SubscribeCommand({ TopicArn, Protocol: 'sqs', Endpoint: queue.arn }));
        return { read: () => queue.take() };
      },
    };
  },
  deviations: MOTO_DEVIATIONS,
});
