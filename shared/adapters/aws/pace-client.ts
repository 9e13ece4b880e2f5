import type { MetadataBearer, MiddlewareStack } from '@smithy/types';
import type { ClientOptions } from './client-options.ts';
import { limitedPlugin } from './limited.ts';

/** What a client of any service is paced by. */
interface Client<Input extends object, Output extends MetadataBearer> {
  readonly middlewareStack: Pick<MiddlewareStack<Input, Output>, 'use'>;
}

/** Given a new client and its options, returns it paced and counted. At the edge surroundings with a wire of their own put it under it. */
export const paceClient = <
  Input extends object,
  Output extends MetadataBearer,
  Given extends Client<Input, Output>,
>(
  client: Given,
  options: ClientOptions,
): Given => {
  client.middlewareStack.use(limitedPlugin(options));
  return options.rewire?.(client, options) ?? client;
};
