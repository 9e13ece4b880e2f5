import { readFile } from 'node:fs/promises';
import type { Plugin } from 'esbuild';

/** An SDK client reads its own package.json for the version it sends to AWS; the rest of the file, 2 kB a client, stays out of the bundle. */
export const clientVersion: Plugin = {
  name: 'client-version',
  setup: ({ onLoad }) => {
    onLoad({ filter: /[\\/]@aws-sdk[\\/]client-[^\\/]+[\\/]package\.json$/ }, async ({ path }) => {
      const { name, version } = JSON.parse(await readFile(path, 'utf8'));
      return { contents: JSON.stringify({ name, version }), loader: 'json' };
    });
  },
};
