import { type Finding, findingId } from '../../model/finding.ts';
import { adviceText, counted, verb } from '../render/finding-text.ts';
import { utcText } from '../render/time-text.ts';
import type { Check } from './check.ts';
import { tagTable } from './commands.ts';
import type { CheckContext } from './context.ts';
import { coverageOf } from './coverage.ts';
import { isSeenWhole } from './seen.ts';

/** Fewer than half of what there was is no tidying up of a table or two. */
const MIN_SHARE = 0.5;

/** In small targets, half is soon lost on purpose. */
const MIN_LOSS = 5;

const promisedText = ({ memory: { coverage } }: CheckContext): string =>
  coverage === undefined || coverage.tables === 0
    ? 'at least one'
    : `${coverage.tables.toLocaleString('en-US')}, as on ${utcText(coverage.seenAt)}`;

const dropped = (context: CheckContext, severity: Finding['severity'], fact: string): Finding => {
  const { tag } = context.policies;
  return {
    id: findingId('coverage-dropped'),
    kind: 'coverage-dropped',
    severity,
    fact,
    measured: counted(coverageOf(context.governed), 'tagged table'),
    promised: promisedText(context),
    since: context.now,
    advice: adviceText(
      `Find out what took the tag ${tag} away, or tag the tables that need backups. A smaller number is accepted after seven days.`,
      tagTable('TABLE', tag, context.observation.target),
    ),
  };
};

/**
 * Finds that no table opts in by the policy tag, or that fewer than half of those remembered do and at least five are missing. At the edge
 * exactly half is enough, a list with a gap proves nothing, and without a memory only an empty list is told. Any run may find it, but only one
 * that confirmed the tables can see that it is over: the tagging API goes on listing deleted ones for hours.
 */
export const coverageDropped: Check = {
  kind: 'coverage-dropped',
  facets: ['tags', 'details', 'memory'],
  find: (context) => {
    const { governed, memory, observation, policies } = context;
    if (!isSeenWhole(observation, 'tags')) return [];
    const tables = coverageOf(governed);
    if (tables === 0)
      return [
        dropped(context, 'critical', `No table opts in by the tag ${policies.tag}, so nothing is backed up.`),
      ];
    const before = memory.coverage?.tables ?? 0;
    if (tables >= before * MIN_SHARE || before - tables < MIN_LOSS) return [];
    const fact = `Only ${counted(tables, 'table')} of formerly ${before.toLocaleString('en-US')} still ${verb(tables, 'opts', 'opt')} in by the tag ${policies.tag}.`;
    return [dropped(context, 'warning', fact)];
  },
};
