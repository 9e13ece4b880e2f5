import { globSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { loadPolicies } from '../../../shared/core/policy/load.ts';
import { policyWarnings } from '../../../shared/core/policy/warnings.ts';

// Whoever copies an example gets a policy file that is right.

const FILES = globSync('docs/policies/*.yml').toSorted();

/** Each piece of YAML with policies in the documents, with where it stands. */
const PIECES = ['README.md', ...globSync('docs/*.md').toSorted()].flatMap((file) =>
  [...readFileSync(file, 'utf8').matchAll(/```yaml\n([\s\S]*?)```/g)]
    .map(([, text = ''], index) => ({ name: `${file} ${index + 1}`, text }))
    .filter(({ text }) => /^policies:/m.test(text)),
);

describe('an example of a policy file', () => {
  it.each(FILES)('is right, and nothing is to be said of it: %s', (file) => {
    const policies = loadPolicies(readFileSync(file, 'utf8'), file);
    expect(policyWarnings(policies)).toEqual([]);
  });

  it.each(PIECES)('in a document is right: $name', ({ name, text }) => {
    expect(loadPolicies(text, name).policies.length).toBeGreaterThan(0);
  });

  it('is there for either engine alone and for both', () => {
    const engines = FILES.map((file) => {
      const { policies } = loadPolicies(readFileSync(file, 'utf8'), file);
      return [...new Set(policies.map(({ engine }) => engine))].toSorted().join('+');
    });
    expect(engines).toEqual(['aws-backup+dynamodb', 'dynamodb', 'aws-backup']);
  });
});
