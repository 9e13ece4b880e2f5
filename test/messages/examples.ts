import { existsSync } from 'node:fs';
import type { CheckContext } from '../../shared/core/findings/context.ts';
import type { Finding, FindingKind } from '../../shared/model/finding.ts';
import { FINDING_KINDS } from '../support/finding-kinds.ts';
import type { Example } from '../support/kind-example.ts';

// One finding of each kind, as the test of the kind shows it: found by its own check in a setting that causes it.

const FOLDER = new URL('../core/findings/', import.meta.url);

/** Reads the example that the test of a kind exports; undefined where there is none. */
export const readExample = async (kind: string): Promise<(() => Example) | undefined> => {
  const url = new URL(`${kind}.test.ts`, FOLDER);
  if (!existsSync(url)) return undefined;
  const file: { readonly example?: () => Example } = await import(url.href);
  return file.example;
};

const EXAMPLES: ReadonlyMap<FindingKind, (() => Example) | undefined> = new Map(
  await Promise.all(FINDING_KINDS.map(async (kind) => [kind, await readExample(kind)] as const)),
);

const exampleFor = (kind: FindingKind): Example => {
  const example = EXAMPLES.get(kind);
  if (example === undefined)
    throw new Error(`test/core/findings/${kind}.test.ts has to export an example, as its neighbours do`);
  return example();
};

/** Returns a finding of a kind as its check makes it. Throws when the check does not find it. */
export const exampleOf = (kind: FindingKind): Finding => {
  const found = exampleFor(kind).findings.find((finding) => finding.kind === kind);
  if (found === undefined) throw new Error(`the example of ${kind} is of other kinds`);
  return found;
};

/** Returns what an audit saw that finds a kind; undefined for one that no look alone shows. */
export const contextOf = (kind: FindingKind): CheckContext | undefined => exampleFor(kind).context;

/** Returns everything that the checks find in these worlds. */
export const allExamples = (): readonly Finding[] =>
  FINDING_KINDS.flatMap((kind) => exampleFor(kind).findings);
