import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { declaredKinds, kindsText } from '../../tools/kinds-text.ts';
import { readExample } from '../messages/examples.ts';
import { FINDING_KINDS } from '../support/finding-kinds.ts';

// What a new kind of finding is made of: CONTRIBUTING.md. Everything else that depends on a kind follows.

const textOf = (path: string): string => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');

const SECTION = 'its first move, its meaning, likely causes, what to do';

/** What is left to do for a kind that has a file. */
const leftFor = async (kind: string): Promise<readonly string[]> => {
  const test = `test/core/findings/${kind}.test.ts`;
  const hasExample = (await readExample(kind)) !== undefined;
  return [
    { is: FINDING_KINDS.some((listed) => listed === kind), left: 'list it: npm run kinds' },
    {
      is: textOf('docs/findings.md').includes(`\n## ${kind}\n`),
      left: `write its section in docs/findings.md, in order: ${SECTION}`,
    },
    { is: hasExample, left: `export its example from ${test}, as its neighbours do` },
    {
      is: !hasExample || textOf(test).includes('.toMatchInlineSnapshot(`'),
      left: `state word for word in ${test} how it reads, as its neighbours do`,
    },
  ].flatMap(({ is, left }) => (is ? [] : [left]));
};

describe('a kind of finding', () => {
  it.each(declaredKinds())('%s has its lines in the lists, its section and its test', async (kind) => {
    expect(await leftFor(kind)).toEqual([]);
  });

  it('has in shared/core/findings/kinds.ts what its file says; if not: npm run kinds', async () => {
    expect(textOf('shared/core/findings/kinds.ts')).toBe(await kindsText());
  });
});
