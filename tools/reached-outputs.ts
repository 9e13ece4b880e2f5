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

/** Given the outputs of a bundle, returns the files that are read when its `index.mjs` is loaded, that one included. */
export const readAtStart = (outputs: Outputs): ReadonlySet<string> =>
  reachedBy(outputs, ['import-statement']);

/** Given the outputs of a bundle, returns the files that can ever be read from its `index.mjs`, that one included. */
export const everRead = (outputs: Outputs): ReadonlySet<string> =>
  reachedBy(outputs, ['import-statement', 'dynamic-import']);
