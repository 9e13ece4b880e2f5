import dynalite from 'dynalite';
import inject from 'light-my-request';
import type { Input } from '../call.ts';
import type { Definition, Table } from '../dynamodb/table.ts';
import { serviceFailure } from '../failure.ts';

/** The items of one table, as DynamoDB stores, compares and queries them. */
export interface ItemEngine {
  /** The output of one operation of the data plane, or a thrown service failure. */
  call(operation: string, input: Input): Promise<Input>;
}

// Taken before virtual time may replace the global ones.
const realSetImmediate = globalThis.setImmediate;

/** dynalite looks for the parts of a signature without checking them. */
const SIGNED = {
  'content-type': 'application/x-amz-json-1.0',
  authorization: 'AWS4-HMAC-SHA256 Credential=a/b/c/d/e, SignedHeaders=host, Signature=s',
  'x-amz-date': '20260101T000000Z',
};

const failureOf = (status: number, body: Input): Error => {
  const { __type: type, message, ...details } = body;
  const code = String(type).split('#').at(-1) ?? 'InternalServerError';
  return serviceFailure(code, String(message ?? ''), status, details);
};

const connect = (): ItemEngine['call'] => {
  const server = dynalite({ createTableMs: 0 });
  const dispatch: inject.DispatchFunc = (request, response) => void server.emit('request', request, response);
  return async (operation, input) => {
    const headers = { ...SIGNED, 'x-amz-target': `DynamoDB_20120810.${operation}` };
    const answer = await inject(dispatch, {
      method: 'POST',
      url: '/',
      headers,
      payload: JSON.stringify(input),
    });
    const body = JSON.parse(answer.payload) as Input;
    if (answer.statusCode !== 200) throw failureOf(answer.statusCode, body);
    return body;
  };
};

const indexShapes = (indexes: Definition['globalSecondaryIndexes']) =>
  indexes?.map(({ IndexName, KeySchema, Projection, ProvisionedThroughput }) => ({
    IndexName,
    KeySchema,
    Projection,
    ...(ProvisionedThroughput ? { ProvisionedThroughput } : {}),
  }));

/** Only what concerns items: dynalite knows less of tables than the account does. */
const creationOf = ({ name, definition }: Table): Input => {
  const { keySchema, globalSecondaryIndexes: global = [], localSecondaryIndexes: local = [] } = definition;
  const schemas = [keySchema, ...[...global, ...local].map((index) => index.KeySchema ?? [])];
  const used = new Set(schemas.flat().map((key) => key.AttributeName));
  return {
    TableName: name,
    KeySchema: keySchema,
    AttributeDefinitions: definition.attributeDefinitions.filter((each) => used.has(each.AttributeName)),
    BillingMode: definition.billingMode,
    ...(definition.billingMode === 'PROVISIONED'
      ? { ProvisionedThroughput: definition.provisionedThroughput }
      : {}),
    ...(global.length > 0 ? { GlobalSecondaryIndexes: indexShapes(global) } : {}),
    ...(local.length > 0 ? { LocalSecondaryIndexes: indexShapes(local) } : {}),
  };
};

const turn = (): Promise<void> => new Promise((resolve) => realSetImmediate(resolve));

/** Given a table, returns an empty engine for it. A table has its own, for dynalite reads all it holds at every query. */
export const createItemEngine = async (table: Table): Promise<ItemEngine> => {
  const call = connect();
  await call('CreateTable', creationOf(table));
  for (;;) {
    const { Table: described } = await call('DescribeTable', { TableName: table.name });
    if ((described as Input).TableStatus === 'ACTIVE') return { call };
    await turn();
  }
};
