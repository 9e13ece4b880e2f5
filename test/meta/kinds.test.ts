import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { declaredKinds, kindsText } from '../../tools/kinds-text.ts';
import { readExample } from '../messages/examples.ts';
import { FINDING_KINDS } from '../support/finding-kinds.ts';

// What a new kind of finding is made of: CONTRIBUTING.md. Everything else that depends on a kind follows.

const textOf = (path: string): string => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');

/** What is left to do for a kind that has a file. */
const leftFor = async (kind: string, sections: string): Promise<readonly string[]> => [
  ...(FINDING_KINDS.some((listed) => listed === kind)
    ? []
    : ['list it in shared/core/findings/kinds.ts: npm run kinds']),
  ...(sections.includes(`\n## ${kind}\n`)
    ? []
    : [
        `write its section in docs/findings.md, in order: ## ${kind}, its first move, meaning, causes, what to do`,
      ]),
  ...((await readExample(kind)) === undefined
    ? [
        `test/core/findings/${kind}.test.ts has to export an example and assert how it reads, as its neighbours do`,
      ]
    : []),
];

describe('a kind of finding', () => {
  it.each(declaredKinds())('%s has its lines in the lists, its section and its test', async (kind) => {
    expect(await leftFor(kind, textOf('docs/findings.md'))).toEqual([]);
  });

  it('has in shared/core/findings/kinds.ts what its file says; if not: npm run kinds', async () => {
    expect(textOf('shared/core/findings/kinds.ts')).toBe(await kindsText());
  });
});
