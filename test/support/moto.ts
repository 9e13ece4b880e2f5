import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

/** A moto server of one test file, with accounts that hold nothing. */
export interface Moto {
  readonly url: string;
  /** Forgets everything in every account. */
  reset(): Promise<void>;
  stop(): Promise<void>;
}

const COMMAND = 'moto_server';
/** Its last output is reported when it does not come up. */
const LINES_KEPT = 20;
const MISSING = `${COMMAND} did not start: test/contract/README.md says how to get it`;

/** It takes a free port by itself and says which. Its lines are read to the end, or it would block on a full pipe. */
const addressOf = async (server: ChildProcess): Promise<string> => {
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  const said: string[] = [];
  server.once('error', (cause) => reject(new Error(MISSING, { cause })));
  server.once('exit', (code) => reject(new Error(`${MISSING} (exit ${code}): ${said.join('\n')}`)));
  if (server.stderr === null) throw new Error('moto_server was started without a pipe');
  createInterface(server.stderr).on('line', (line) => {
    const url = /Running on (http:\/\/[\d.]+:\d+)/.exec(line)?.[1];
    if (url === undefined) said.push(line);
    else resolve(url);
    if (said.length > LINES_KEPT) said.shift();
  });
  return await promise;
};

/** Starts moto's server on a free port of this machine. Fails with what it said when it does not come up. */
export const startMoto = async (): Promise<Moto> => {
  const server = spawn(COMMAND, ['-H', '127.0.0.1', '-p', '0'], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  // A test file that fails before its first test never comes to stop it.
  process.once('exit', () => server.kill('SIGKILL'));
  const url = await addressOf(server);
  return {
    url,
    reset: async () => {
      const { ok, status } = await fetch(`${url}/moto-api/reset`, { method: 'POST' });
      if (!ok) throw new Error(`moto could not be reset: ${status}`);
    },
    stop: async () => {
      server.removeAllListeners('exit');
      const gone = once(server, 'exit');
      server.kill('SIGKILL');
      await gone;
    },
  };
};
