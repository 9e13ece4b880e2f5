// Replaces `@smithy/core/client` in the demonstration's bundles: the same module, whose clients hand their commands to what waits for them under
// `SHORT_WIRE`, and otherwise to the SDK.
import { Client as WholeClient } from '@smithy/core/client';
import { TypeRegistry } from '@smithy/core/schema';
import type { Line, Wire } from './short-wire.ts';

// biome-ignore lint/performance/noBarrelFile: a replacement has to export all that the module exports
export * from '@smithy/core/client';

const SHORT_WIRE: unique symbol = Symbol.for('tablekeeper-demo-short-wire');

interface Plugin {
  applyToStack(stack: unknown): void;
}

interface Command {
  readonly input: object;
  readonly middlewareStack: Line['middlewareStack'];
  /** A kind, the service's name space, the operation's name. */
  readonly schema: readonly [unknown, string, string];
}

type Paced = (
  next: () => Promise<unknown>,
  context: { readonly commandName: string },
) => (args: object) => Promise<unknown>;

/** What the SDK throws under that name; undefined where the service's model has no such error. */
const errorClassOf = (namespace: string, name: string): { readonly prototype: object } | undefined => {
  const registry = TypeRegistry.for(namespace);
  try {
    return registry.getErrorCtor(registry.getSchema(`${namespace}#${name}`) as never);
  } catch {
    return undefined;
  }
};

/** Makes an error one of the SDK's own class of that name, which is what `instanceof` asks about. */
const asThrown = (namespace: string, error: Error): Error => {
  const found = errorClassOf(namespace, error.name);
  return found === undefined ? error : Object.setPrototypeOf(error, found.prototype);
};

/** The one middleware that is not the SDK's: Tablekeeper's pacing. */
const pacingOf = (plugins: readonly Plugin[]): Paced => {
  let found: Paced = (next) => next;
  const addRelativeTo = (middleware: Paced, { name }: { readonly name: string }): void => {
    if (name === 'pacedMiddleware') found = middleware;
  };
  for (const plugin of plugins) plugin.applyToStack({ add: () => undefined, addRelativeTo });
  return found;
};

/** What of the SDK's class is touched here; its own types are of one service each. */
type AnyClient = new (
  config: object,
) => {
  readonly config: Line['config'];
  readonly middlewareStack: { use: (plugin: Plugin) => void };
  send(...given: readonly unknown[]): unknown;
};

const waiting = (): Wire | undefined => (globalThis as { readonly [SHORT_WIRE]?: Wire })[SHORT_WIRE];

export class Client extends (WholeClient as unknown as AnyClient) {
  readonly #plugins: Plugin[] = [];
  #pacing: Paced | undefined;

  constructor(config: object) {
    super(config);
    const { use } = this.middlewareStack;
    this.middlewareStack.use = (plugin) => {
      this.#plugins.push(plugin);
      use(plugin);
    };
  }

  override send(...given: readonly unknown[]): unknown {
    const [command] = given as readonly [Command];
    return waiting()?.(this.#lineOf(command)) ?? super.send(...given);
  }

  #lineOf({ input, middlewareStack, schema: [, namespace, operation] }: Command): Line {
    this.#pacing ??= pacingOf(this.#plugins);
    const pacing = this.#pacing;
    return {
      config: this.config,
      operation,
      input,
      middlewareStack,
      asThrown: (error) => asThrown(namespace, error),
      paced: (attempt) => pacing(attempt, { commandName: `${operation}Command` })({}),
    };
  }
}
