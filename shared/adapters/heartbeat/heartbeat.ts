import type { Heartbeat } from '../../ports/messages.ts';
import type { ClientOptions } from '../aws/clients.ts';

/**
 * Given the name of the SSM parameter that holds the address of a check, returns its heartbeat. What reads parameters is loaded with the
 * first beat: most functions have none.
 */
export const createHeartbeat = (options: ClientOptions, parameter: string): Heartbeat => {
  let loading: Promise<Heartbeat> | undefined;
  const load = async (): Promise<Heartbeat> => {
    const [{ createSecretParameter }, { createHttpHeartbeat }] = await Promise.all([
      import('../aws/secret-parameter.ts'),
      import('./http-heartbeat.ts'),
    ]);
    return createHttpHeartbeat({ secret: createSecretParameter(options, parameter) });
  };
  return {
    tell: async (beat) => {
      loading ??= load();
      const heartbeat = await loading;
      return await heartbeat.tell(beat);
    },
  };
};
