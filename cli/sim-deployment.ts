import type { SimAccount } from '../sim/account.ts';
import { CONSOLE } from '../sim/call.ts';
import { createTopic } from '../sim/console/services.ts';
import { addTable } from '../sim/dynamodb/change-tables.ts';
import type { Definition } from '../sim/dynamodb/table.ts';
import { changeTags } from '../sim/dynamodb/tags.ts';

const STATE: Definition = {
  attributeDefinitions: [
    { AttributeName: 'pk', AttributeType: 'S' },
    { AttributeName: 'sk', AttributeType: 'S' },
  ],
  keySchema: [
    { AttributeName: 'pk', KeyType: 'HASH' },
    { AttributeName: 'sk', KeyType: 'RANGE' },
  ],
  billingMode: 'PAY_PER_REQUEST',
};

/** Creates what a deployment creates beside its functions in a simulated account: the state table and the topic, with one confirmed address. */
export const deployTo = (account: SimAccount, instance: string, email: string): void => {
  const createdAt = account.clock.now();
  const facts = { name: `tablekeeper-${instance}-state`, sizeBytes: 0, itemCount: 0, definition: STATE };
  const times = { createdAt, activeAt: createdAt, backupsReadyAt: createdAt };
  const table = addTable(account, { ...facts, ...times, deletionProtection: true }, CONSOLE);
  changeTags(account, table, { 'backup:policy': 'none' }, 0);
  createTopic(account, `tablekeeper-${instance}-alerts`, [email]);
};
