import {
  ApplicationAutoScalingClient,
  type ServiceInputTypes,
  type ServiceOutputTypes,
} from '@aws-sdk/client-application-auto-scaling';
import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { PipesClient } from '@aws-sdk/client-pipes';
import type { Target } from '../../model/target.ts';
import { type ClientOptions, clientConfig, createSettingsClient, paceClient } from '../aws/clients.ts';

/** Where settings are read and written: one account and Region, and the clients of other Regions for replicas. */
export interface SettingsClients {
  readonly target: Target;
  readonly dynamodb: DynamoDBClient;
  readonly scaling: ApplicationAutoScalingClient;
  /** The client of another Region. */
  readonly inRegion: (region: string) => DynamoDBClient;
}

/** Clients of what only points at tables. */
export interface AttachmentClients {
  readonly cloudwatch: CloudWatchClient;
  readonly lambda: LambdaClient;
  readonly pipes: PipesClient;
}

/** Returns the options of clients in another Region; by default the same with that Region. */
export type OptionsInRegion = (region: string) => ClientOptions;

/** Builds the clients for the settings of tables, each Region's once. */
export const createSettingsClients = (
  options: ClientOptions,
  target: Target,
  optionsIn: OptionsInRegion = (region) => ({ ...options, region }),
): SettingsClients => {
  const elsewhere = new Map<string, DynamoDBClient>();
  const dynamodb = createSettingsClient(options);
  const scaling = paceClient<ServiceInputTypes, ServiceOutputTypes, ApplicationAutoScalingClient>(
    new ApplicationAutoScalingClient(clientConfig(options, { brief: true })),
    options,
  );
  return {
    target,
    dynamodb,
    scaling,
    inRegion: (region) => {
      if (region === target.region) return dynamodb;
      const client = elsewhere.get(region) ?? createSettingsClient(optionsIn(region));
      elsewhere.set(region, client);
      return client;
    },
  };
};

/** Builds the clients of what points at tables. */
export const createAttachmentClients = (options: ClientOptions): AttachmentClients => {
  const cloudwatch = paceClient(new CloudWatchClient(clientConfig(options, { brief: true })), options);
  const lambda = paceClient(new LambdaClient(clientConfig(options, { brief: true })), options);
  const pipes = paceClient(new PipesClient(clientConfig(options, { brief: true })), options);
  return { cloudwatch, lambda, pipes };
};
