import { isBuiltin, registerHooks } from 'node:module';

// The runner is sent a message for each module that is asked for, also where Node has it already, and the simulated state table's
// database asks for `node:stream` at each query: thousands of messages for a story of weeks. What Node itself brings needs none.

registerHooks({
  resolve: (specifier, context, next) =>
    isBuiltin(specifier)
      ? { url: `node:${specifier.replace(/^node:/, '')}`, format: 'builtin', shortCircuit: true }
      : next(specifier, context),
});
