import { advise } from '../../model/advice.ts';
import { type Finding, findingId } from '../../model/finding.ts';
import type { StrayTag } from '../../model/observation.ts';
import { tagTableCommand } from '../text/commands.ts';
import { quoted, quotedKey } from '../text/words.ts';
import { advisedFor } from './advised.ts';
import type { CheckContext } from './context.ts';
import type { Finder, KindTraits } from './kind.ts';

declare module '../../model/finding.ts' {
  interface FindingKinds {
    readonly 'policy-tag-unclear': true;
  }
}

const findingOf = (
  { table, key, value }: StrayTag,
  { now, observation, policies }: CheckContext,
): Finding => ({
  id: findingId('policy-tag-unclear', table),
  kind: 'policy-tag-unclear',
  severity: 'warning',
  table,
  cause: quotedKey(key),
  fact: `${table} is not backed up: it carries the tag ${quotedKey(key)} = ${quoted(value)}, which looks like ${policies.tag} and is not.`,
  measured: `${quotedKey(key)} = ${quoted(value)}`,
  promised: `${policies.tag} = a policy, or none`,
  since: now,
  ...advisedFor(
    table,
    (name) =>
      advise(
        `Set the tag ${policies.tag}, or take away what only looks like it:`,
        tagTableCommand(name, policies.tag, observation.target, value),
      ),
    value,
  ),
});

/** What is known of it wherever it is open. */
export const policyTagUnclear: KindTraits<'policy-tag-unclear'> = {
  kind: 'policy-tag-unclear',
  title: 'policy tag unclear',
  about: 'tag',
  facets: ['tags', 'table-names'],
};

/**
 * Finds tables without the policy tag whose tags seem to name a policy under another key: one finding per table, for
 * its first such tag.
 */
export const policyTagUnclearFinder: Finder<'policy-tag-unclear'> = {
  kind: 'policy-tag-unclear',
  findsFrom: ['table-names'],
  occasion: 'stray-tags',
  find: (context) => {
    const { strayTags = [], tableNames = [] } = context.observation;
    const existing = new Set(tableNames);
    const first = new Map(strayTags.toReversed().map((stray) => [stray.table, stray]));
    return [...first.values()]
      .filter(({ table }) => existing.has(table))
      .map((stray) => findingOf(stray, context));
  },
};
