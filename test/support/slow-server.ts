import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';

// Stands in for a service on 127.0.0.1 that takes a connection and its request, and then lets one wait.

/** What it does: never answers; sends its headers and then nothing; or a byte of its headers, or of its body, at a time, without an end. */
export type Slowness = 'silent' | 'headers-only' | 'drips-headers' | 'drips-body';

export const SLOWNESSES: readonly Slowness[] = ['silent', 'headers-only', 'drips-headers', 'drips-body'];

const HEAD = 'HTTP/1.1 200 OK\r\ncontent-type: text/plain\r\ntransfer-encoding: chunked\r\n\r\n';

const drip = (socket: Socket, text: string): void => {
  const timer = setInterval(() => socket.write(text), 10);
  socket.once('close', () => clearInterval(timer));
};

const BEGIN: Readonly<Record<Slowness, (socket: Socket) => void>> = {
  silent: () => undefined,
  'headers-only': (socket) => socket.write(HEAD),
  'drips-headers': (socket) => {
    socket.write('HTTP/1.1 200 OK\r\nx-drip: ');
    drip(socket, 'x');
  },
  'drips-body': (socket) => {
    socket.write(HEAD);
    drip(socket, '1\r\no\r\n');
  },
};

export interface SlowServer {
  /** Its origin: `http://127.0.0.1:4000`. */
  readonly origin: string;
  /** How many requests came. */
  requests(): number;
  /** Resolves when the caller has released every connection. */
  left(): Promise<void>;
  close(): Promise<void>;
}

/** Starts a server that is slow in one way. */
export const startSlowServer = async (slowness: Slowness): Promise<SlowServer> => {
  const sockets = new Set<Socket>();
  let count = 0;
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => socket.destroy());
    socket.once('close', () => sockets.delete(socket));
    socket.once('data', () => {
      count += 1;
      BEGIN[slowness](socket);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests: () => count,
    left: async () => {
      // A reset is one way to let go; `once` of node:events would reject for it.
      await Promise.all(
        [...sockets].map((socket) => new Promise((resolve) => socket.once('close', resolve))),
      );
    },
    close: async () => {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
};
