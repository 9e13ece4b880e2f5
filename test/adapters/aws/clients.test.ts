import { DescribeTableCommand } from '@aws-sdk/client-dynamodb';
import { describe, expect, it } from 'vitest';
import type { ClientOptions } from '../../../shared/adapters/aws/clients.ts';
import {
  createDynamoDBClient,
  createOnceClient,
  createTaggingClient,
} from '../../../shared/adapters/aws/clients.ts';
import { onAnswers } from '../connect.ts';

const hostOf = async (changes: Partial<ClientOptions>): Promise<string> => {
  const { options, run } = onAnswers(() => ({}));
  const hosts: string[] = [];
  const handle = async (request: { hostname: string; port?: number }) => {
    hosts.push(`${request.hostname}:${request.port ?? ''}`);
    return { response: { statusCode: 200, headers: {}, body: new TextEncoder().encode('{}') } };
  };
  const requestHandler = { metadata: { handlerProtocol: 'http/1.1' }, handle } as unknown;
  const client = createDynamoDBClient({
    ...options,
    requestHandler: requestHandler as NonNullable<ClientOptions['requestHandler']>,
    ...changes,
  });
  await run(client.send(new DescribeTableCommand({ TableName: 'Orders' })));
  return hosts.join(' ');
};

describe('a client', () => {
  it.each([
    {
      name: 'the Region it is given',
      changes: { region: 'eu-central-1' },
      host: 'dynamodb.eu-central-1.amazonaws.com:',
    },
    {
      name: 'the endpoint it is given',
      changes: { endpoint: 'http://127.0.0.1:4567' },
      host: '127.0.0.1:4567',
    },
  ])('speaks to $name', async ({ changes, host }) => {
    expect(await hostOf(changes)).toBe(host);
  });

  it.each([
    { name: 'for tables and backups', create: createDynamoDBClient },
    { name: 'for calls that go once', create: createOnceClient },
    { name: 'for tags', create: createTaggingClient },
  ])('$name waits for its turn at each attempt, and signs after it waited', ({ create }) => {
    const { options } = onAnswers(() => ({}));
    const order = create(options).middlewareStack.identify();
    const placeOf = (name: string): number => order.findIndex((entry) => entry.startsWith(name));
    expect(placeOf('retryMiddleware')).toBeGreaterThan(-1);
    expect(placeOf('pacedMiddleware')).toBeGreaterThan(placeOf('retryMiddleware'));
    expect(placeOf('httpSigningMiddleware')).toBeGreaterThan(placeOf('pacedMiddleware'));
  });
});
