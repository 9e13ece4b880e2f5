import db from 'dynalite/db/index.js';
import validations from 'dynalite/validations/index.js';
import type { Input } from '../../call.ts';
import { serviceFailure } from '../../failure.ts';
import type { Definition, Table } from '../table.ts';
import { IMPLEMENTATIONS, type Implementation } from './implementations.ts';

export type Item = Readonly<Record<string, unknown>>;

/** The items of one table, as DynamoDB stores, compares and queries them. */
export interface ItemEngine {
  /** The output of one operation of the data plane, or a thrown service failure. */
  call(operation: string, input: Input): Promise<Input>;
}

// Taken before virtual time may replace the global ones.
const realSetImmediate = globalThis.setImmediate;

const implementationOf = (operation: string): Implementation => {
  const implementation = IMPLEMENTATIONS[operation];
  if (implementation === undefined) throw new Error(`dynalite is not asked for ${operation} here`);
  return implementation;
};

/** What dynalite throws and hands on as the answer of a request that fails. */
interface Refusal {
  readonly statusCode: number;
  readonly body: Input;
}

const isRefusal = (thrown: unknown): thrown is Refusal =>
  typeof thrown === 'object' && thrown !== null && 'statusCode' in thrown && 'body' in thrown;

const failureOf = (thrown: unknown): unknown => {
  if (!isRefusal(thrown)) return thrown;
  const { __type: type, message, ...details } = thrown.body;
  const code = String(type).split('#').at(-1) ?? 'InternalServerError';
  return serviceFailure(code, String(message ?? ''), thrown.statusCode, details);
};

/** As it would arrive over the wire: a copy, so that nothing is shared. */
const sent = <T extends object>(value: T): T => JSON.parse(JSON.stringify(value)) as T;

/** The part of dynalite between its HTTP and its database: a request costs a tenth of what it does over HTTP that nobody hears. */
const connect = (): ItemEngine['call'] => {
  const store = db.create({ createTableMs: 0 });
  return (operation, input) =>
    new Promise((resolve, reject) => {
      const { action, rules } = implementationOf(operation);
      try {
        const data = validations.checkTypes(sent(input), rules.types);
        validations.checkValidations(data, rules.types, rules.custom, store);
        action(store, data, (error, output) => {
          if (error) reject(failureOf(error));
          else resolve(sent(output as Input));
        });
      } catch (thrown) {
        reject(failureOf(thrown));
      }
    });
};

const indexShapes = (indexes: Definition['globalSecondaryIndexes']) =>
  indexes?.map(({ IndexName, KeySchema, Projection }) => ({ IndexName, KeySchema, Projection }));

/** Only what concerns items: dynalite knows less of tables than the account does. */
const creationOf = ({ name, definition }: Table): Input => {
  const { keySchema, globalSecondaryIndexes: global = [], localSecondaryIndexes: local = [] } = definition;
  const schemas = [keySchema, ...[...global, ...local].map((index) => index.KeySchema ?? [])];
  const used = new Set(schemas.flat().map((key) => key.AttributeName));
  return {
    TableName: name,
    KeySchema: keySchema,
    AttributeDefinitions: definition.attributeDefinitions.filter((each) => used.has(each.AttributeName)),
    // Capacity concerns the account, and dynalite would ask for that of each index.
    BillingMode: 'PAY_PER_REQUEST',
    ...(global.length > 0 ? { GlobalSecondaryIndexes: indexShapes(global) } : {}),
    ...(local.length > 0 ? { LocalSecondaryIndexes: indexShapes(local) } : {}),
  };
};

const turn = (): Promise<void> => new Promise((resolve) => realSetImmediate(resolve));

/** Makes an empty engine for a table. Each table has its own, because dynalite reads all it holds at every query. */
export const createItemEngine = async (table: Table): Promise<ItemEngine> => {
  const call = connect();
  await call('CreateTable', creationOf(table));
  for (;;) {
    const { Table: described } = await call('DescribeTable', { TableName: table.name });
    if ((described as Input).TableStatus === 'ACTIVE') return { call };
    await turn();
  }
};

/** Reads every item. */
export const readAll = async (engine: ItemEngine, tableName: string): Promise<readonly Item[]> => {
  const items: Item[] = [];
  let start: Input = {};
  for (;;) {
    const page = await engine.call('Scan', { TableName: tableName, ...start });
    items.push(...((page.Items ?? []) as readonly Item[]));
    if (page.LastEvaluatedKey === undefined) return items;
    start = { ExclusiveStartKey: page.LastEvaluatedKey };
  }
};

/** Writes items into an engine. */
export const writeAll = async (
  engine: ItemEngine,
  tableName: string,
  items: readonly Item[],
): Promise<void> => {
  for (const item of items) await engine.call('PutItem', { TableName: tableName, Item: item });
};
