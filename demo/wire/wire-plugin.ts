import { join } from 'node:path';
import type { Plugin } from 'esbuild';

const OURS = join(import.meta.dirname, 'sdk-client.ts');

/** Puts `sdk-client.ts` in the place of the SDK's clients in a bundle; everything else in it is what is deployed. */
export const wirePlugin: Plugin = {
  name: 'demo-wire',
  setup: ({ onResolve }) => {
    onResolve({ filter: /^@smithy\/core\/client$/ }, ({ importer }) =>
      importer === OURS ? undefined : { path: OURS },
    );
  },
};
