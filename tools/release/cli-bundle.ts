import { join } from 'node:path';
import { build, type Metafile } from 'esbuild';
import { clientVersion } from '../client-version.ts';
import { ROOT } from '../lambda-packages.ts';

/** The oldest Node that the package runs on. */
export const OLDEST_NODE = 20;

/** Packages of before ES modules ask for Node's own by `require`. */
const WITH_REQUIRE =
  "import { createRequire as tablekeeperRequire } from 'node:module'; const require = tablekeeperRequire(import.meta.url);";

/** What npm starts. It is read by any Node, so that one that is too old says so. */
export const BIN_TEXT = `#!/usr/bin/env node
// The SDK warns of Node 20 at every command, for its own later versions; this one is in the package.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';
if (Number.parseInt(process.versions.node, 10) >= ${OLDEST_NODE}) await import('./main.mjs');
else {
  process.stderr.write(\`tablekeeper needs Node ${OLDEST_NODE} or newer; this is \${process.version}.\\n\`);
  process.exitCode = 2;
}
`;

/** Bundles the command line with every package it needs into a folder, as JavaScript. Names are kept, because a bug is reported with its stack. */
export const bundleCli = async (outdir: string): Promise<Metafile> => {
  const { metafile } = await build({
    absWorkingDir: ROOT,
    entryPoints: { main: 'cli/main.ts', 'invoke-function': 'cli/invoke-function.ts' },
    outdir,
    bundle: true,
    splitting: true,
    chunkNames: 'chunk-[hash]',
    platform: 'node',
    target: `node${OLDEST_NODE}`,
    format: 'esm',
    outExtension: { '.js': '.mjs' },
    mainFields: ['module', 'main'],
    alias: { level: join(import.meta.dirname, 'no-level.ts') },
    inject: [join(import.meta.dirname, 'older-node.ts')],
    banner: { js: WITH_REQUIRE },
    plugins: [clientVersion],
    minifySyntax: true,
    minifyWhitespace: true,
    legalComments: 'none',
    metafile: true,
    logLevel: 'warning',
  });
  return metafile;
};
