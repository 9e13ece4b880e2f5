import { afterAll } from 'vitest';
import { createDynamoDBStateStore } from '../../shared/adapters/state/dynamodb-state-store.ts';
import { stateStoreSuite } from '../adapters/state/state-store-suite.ts';
import { contractClients } from '../contract/clients.ts';
import { startMoto } from '../support/moto.ts';
import { makeStateTable } from '../support/state-table.ts';
import { packageTemplate } from '../support/template.ts';

const template = packageTemplate();
const moto = await startMoto();
afterAll(() => moto.stop());
const { dynamodb } = contractClients({ endpoint: moto.url });

stateStoreSuite("the store in moto's DynamoDB, in the table that is deployed", async () => {
  await moto.reset();
  return createDynamoDBStateStore({ client: dynamodb, name: await makeStateTable(dynamodb, template) });
});
