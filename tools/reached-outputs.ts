import type { Metafile } from 'esbuild';

type Outputs = Metafile['outputs'];
type Kind = Outputs[string]['imports'][number]['kind'];

const reach = (outputs: Outputs, file: string, kinds: readonly Kind[], seen: Set<string>): void => {
  if (seen.has(file)) return;
  seen.add(file);
  for (const { path, kind } of outputs[file]?.imports ?? [])
    if (kinds.includes(kind) && path in outputs) reach(outputs, path, kinds, seen);
};

const reachedBy = (outputs: Outputs, kinds: readonly Kind[]): ReadonlySet<string> => {
  const seen = new Set<string>();
  for (const file of Object.keys(outputs)) if (file.endsWith('/index.mjs')) reach(outputs, file, kinds, seen);
  return seen;
};

/** Lists the files that are read when a bundle's `index.mjs` is loaded, including itself. */
export const readAtStart = (outputs: Outputs): ReadonlySet<string> =>
  reachedBy(outputs, ['import-statement']);

/** Lists the files that can ever be read from a bundle's `index.mjs`, including itself. */
export const everRead = (outputs: Outputs): ReadonlySet<string> =>
  reachedBy(outputs, ['import-statement', 'dynamic-import']);
