import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { FINDING_KINDS } from '../support/finding-kinds.ts';

const PARTS = ['First move', 'Meaning', 'Likely causes', 'What to do'];

const text = readFileSync(new URL('../../docs/findings.md', import.meta.url), 'utf8');

const sections = new Map(
  text
    .split(/^## /m)
    .slice(1)
    .map((section) => [section.slice(0, section.indexOf('\n')), section] as const),
);

describe('docs/findings.md', () => {
  it('has one section for every kind of finding, in order, and no other', () => {
    expect([...sections.keys()]).toEqual(FINDING_KINDS);
    expect(text.match(/^## /gm)).toHaveLength(FINDING_KINDS.length);
  });

  it.each(FINDING_KINDS)(
    'says of %s what to do first, what it means, what causes it, and what to do',
    (kind) => {
      const parts = [...(sections.get(kind) ?? '').matchAll(/^\*\*(.+)\.\*\* \S/gm)].map(([, part]) => part);
      expect(parts).toEqual(PARTS);
    },
  );
});
