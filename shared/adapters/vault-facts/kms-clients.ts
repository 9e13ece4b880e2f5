import { KMSClient } from '@aws-sdk/client-kms';
import { type ClientOptions, clientConfig, paceClient } from '../aws/clients.ts';

/** Creates a client of KMS for each Region that is asked about, once. */
export const kmsClients = (options: ClientOptions): ((region: string) => KMSClient) => {
  const clients = new Map<string, KMSClient>();
  return (region) => {
    const inRegion = { ...options, region };
    const client = clients.get(region) ?? paceClient(new KMSClient(clientConfig(inRegion)), inRegion);
    clients.set(region, client);
    return client;
  };
};
