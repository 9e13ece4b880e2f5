import type { Heartbeat } from '../../ports/messages.ts';
import type { ClientOptions } from '../aws/clients.ts';

/**
 * Creates the heartbeat for a check whose address is in an SSM parameter. The code that reads parameters is loaded with the first beat: most
 * functions have none.
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
