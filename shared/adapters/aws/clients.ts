import { Agent } from 'node:https';
import { DynamoDBClient, type DynamoDBClientConfig } from '@aws-sdk/client-dynamodb';
import { ResourceGroupsTaggingAPIClient } from '@aws-sdk/client-resource-groups-tagging-api';
import type { MetadataBearer, MiddlewareStack } from '@smithy/types';
import { SECOND_MS } from '../../model/instant.ts';
import { limitedPlugin, type Pacing } from './pacing.ts';
import { createRetryStrategy, type RetryOptions } from './retry.ts';

/** What every client is built from. `requestHandler` replaces the network; `random` is from 0 to below 1. */
export interface ClientOptions extends Pacing {
  readonly region: string;
  /** By default AWS's own, or the one in AWS_ENDPOINT_URL. */
  readonly endpoint?: string;
  readonly credentials?: NonNullable<DynamoDBClientConfig['credentials']>;
  readonly requestHandler?: NonNullable<DynamoDBClientConfig['requestHandler']>;
  readonly random?: () => number;
  readonly wrapClient?: Rewire;
}

/** Replaces a ready client by one with the same commands and another transport. */
export type Rewire = <Client extends object>(client: Client, options: ClientOptions) => Client;

/**
 * In milliseconds. Without them a dead connection blocks a Lambda until it is killed, and the alert
 * and the state of the run are lost. These calls answer in well under a second.
 */
const TIMEOUTS = { connectionTimeout: SECOND_MS, requestTimeout: 5 * SECOND_MS, throwOnRequestTimeout: true };

/** In milliseconds: a proxy connects on behalf of its client, which takes longer. */
const PROXY_CONNECTION_TIMEOUT = 5 * SECOND_MS;

/**
 * Returns what makes a client connect through the proxy that HTTPS_PROXY names, but for the hosts in
 * NO_PROXY. Throws a `TypeError` for a proxy that is no URL.
 * @see https://nodejs.org/api/http.html#built-in-proxy-support (checked 2026-11-28)
 */
export const handlerThroughProxy = (proxyEnv: Readonly<Record<string, string | undefined>>) => ({
  ...TIMEOUTS,
  connectionTimeout: PROXY_CONNECTION_TIMEOUT,
  httpsAgent: new Agent({ keepAlive: true, maxSockets: 50, proxyEnv: { ...proxyEnv } }),
  proxy: proxyEnv.HTTPS_PROXY ?? proxyEnv.https_proxy ?? '',
});

/** Returns the proxy that a wire connects through, as `handlerThroughProxy` was given it; undefined where there is none. */
export const proxyOf = ({ requestHandler }: Pick<ClientOptions, 'requestHandler'>): string | undefined =>
  requestHandler !== undefined && 'proxy' in requestHandler && typeof requestHandler.proxy === 'string'
    ? requestHandler.proxy
    : undefined;

/**
 * Builds the options of one SDK client. With `retryOnlyThrottling` a call whose answer was lost is
 * not repeated; `mostUnanswered` limits how often it is.
 */
export const clientConfig = (
  options: ClientOptions,
  {
    retryOnlyThrottling = false,
    brief = false,
    mostUnanswered,
  }: Pick<RetryOptions, 'retryOnlyThrottling' | 'brief' | 'mostUnanswered'> = {},
) => {
  const { region, endpoint, credentials, requestHandler = TIMEOUTS, clock, callTime, random } = options;
  return {
    region,
    requestHandler,
    retryStrategy: createRetryStrategy({
      clock,
      retryOnlyThrottling,
      brief,
      ...(mostUnanswered !== undefined && { mostUnanswered }),
      ...(callTime !== undefined && { callTime }),
      ...(random !== undefined && { random }),
    }),
    ...(endpoint !== undefined && { endpoint }),
    ...(credentials !== undefined && { credentials }),
  };
};

/** What a client of any service is paced by. */
interface Client<Input extends object, Output extends MetadataBearer> {
  readonly middlewareStack: Pick<MiddlewareStack<Input, Output>, 'use'>;
}

/** Paces and counts the calls of a new client, and replaces its wire if the options have one. */
export const paceClient = <
  Input extends object,
  Output extends MetadataBearer,
  Given extends Client<Input, Output>,
>(
  client: Given,
  options: ClientOptions,
): Given => {
  client.middlewareStack.use(limitedPlugin(options));
  return options.wrapClient?.(client, options) ?? client;
};

/** Creates a client for tables and backups or, with other limits, for the state table. */
export const createDynamoDBClient = (options: ClientOptions): DynamoDBClient =>
  paceClient(new DynamoDBClient(clientConfig(options)), options);

/**
 * SAFETY: retries only throttled calls, because CreateBackup takes no token: repeated after a lost response, it would make a second backup of the
 * same name. Creates a client for CreateBackup alone.
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_CreateBackup.html (checked 2026-11-22)
 */
export const createOnceClient = (options: ClientOptions): DynamoDBClient =>
  paceClient(new DynamoDBClient(clientConfig(options, { retryOnlyThrottling: true })), options);

/** Creates a client for the settings of tables, which gives up soon: other settings have their turn meanwhile. */
export const createSettingsClient = (options: ClientOptions): DynamoDBClient =>
  paceClient(new DynamoDBClient(clientConfig(options, { brief: true })), options);

/**
 * SAFETY: retries only throttled calls, because a restore whose answer was lost may have begun. Creates a client for the calls that start restores;
 * it does not wait until fewer run.
 */
export const createRestoreClient = (options: ClientOptions): DynamoDBClient =>
  paceClient(new DynamoDBClient(clientConfig(options, { retryOnlyThrottling: true, brief: true })), options);

/** Creates a client for the tagging API. */
export const createTaggingClient = (options: ClientOptions): ResourceGroupsTaggingAPIClient =>
  paceClient(new ResourceGroupsTaggingAPIClient(clientConfig(options)), options);
