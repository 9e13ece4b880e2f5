import { CreateTableCommand } from '@aws-sdk/client-dynamodb';
import { MINUTE_MS } from '../../../shared/model/instant.ts';
import { onSim } from '../connect.ts';

/** The name of the state table of the instance `prod`. */
export const STATE_TABLE = 'tablekeeper-prod-state';

/** Opens a simulated account with the state table as serverless.yml makes it, ACTIVE. */
export const onBareStateTable = async () => {
  const world = onSim({ rates: 'off' });
  const { dynamodb, run, clock } = world;
  const text = (AttributeName: string) => ({ AttributeName, AttributeType: 'S' }) as const;
  await run(
    dynamodb.send(
      new CreateTableCommand({
        TableName: STATE_TABLE,
        BillingMode: 'PAY_PER_REQUEST',
        AttributeDefinitions: [text('pk'), text('sk')],
        KeySchema: [
          { AttributeName: 'pk', KeyType: 'HASH' },
          { AttributeName: 'sk', KeyType: 'RANGE' },
        ],
      }),
    ),
  );
  await clock.advanceBy(MINUTE_MS);
  return { ...world, state: { client: dynamodb, name: STATE_TABLE } };
};
