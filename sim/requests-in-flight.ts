import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { ClientRequest } from 'node:http';

const CREATED = 'http.client.request.created';

/** The HTTP requests that this process has sent and not yet had answered to the end. */
export interface RequestsInFlight {
  count(): number;
  stop(): void;
}

export const watchRequests = (): RequestsInFlight => {
  const open = new Set<ClientRequest>();
  const onCreated = (message: unknown): void => {
    const { request } = message as { readonly request: ClientRequest };
    open.add(request);
    request.once('close', () => open.delete(request));
  };
  subscribe(CREATED, onCreated);
  return {
    count: () => open.size,
    stop: () => void unsubscribe(CREATED, onCreated),
  };
};
