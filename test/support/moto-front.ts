import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A server in front of moto's that fixes one of its answers and passes all others on. */
export interface MotoFront {
  readonly url: string;
  close(): Promise<void>;
}

/** Passes one request on to moto, and the answer back. */
export type Pass = (moto: string, request: IncomingMessage, response: ServerResponse) => Promise<void>;

/** Starts it in front of a moto server, on a free port of this machine. A request that cannot be passed on loses its connection. */
export const startMotoFront = async (moto: string, pass: Pass): Promise<MotoFront> => {
  const server = createServer((request, response) => {
    pass(moto, request, response).catch((error: unknown) => response.destroy(error as Error));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: async () => {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
};
