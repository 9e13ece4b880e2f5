import { type Finding, findingId } from '../../model/finding.ts';
import type { Loss } from '../protection/loss.ts';
import { adviceText, listed } from '../render/finding-text.ts';
import { utcText } from '../render/time-text.ts';
import type { Check } from './check.ts';
import { tagTable } from './commands.ts';
import type { CheckContext } from './context.ts';
import { pitrNoLongerPromised } from './pitr-no-longer-promised.ts';
import { addedText, subjectsOf } from './subjects.ts';

const isOptOut = (losses: readonly Loss[]): boolean => losses.every(({ kind }) => kind === 'opted-out');

const findingOf = (
  table: string,
  losses: readonly Loss[],
  now: readonly string[],
  context: CheckContext,
): Finding => {
  const { openFindings, policies, observation } = context;
  const id = findingId('protection-changed', table);
  const names = losses.map(({ policy }) => policy);
  const until = losses.reduce((least, loss) => Math.min(least, loss.until), Number.POSITIVE_INFINITY);
  const { subjects, added } = subjectsOf(names, id, openFindings);
  const before = `its tag ${policies.tag} named ${listed(names)} until ${utcText(until)}`;
  const current = listed(now);
  const fact = isOptOut(losses)
    ? `${table} opted out of ${listed(names)}: ${before}. ${now.length === 0 ? 'It is not backed up any more' : `Only ${current} backs it up now`}`
    : `${table} is under ${current} now: ${before}`;
  return {
    id,
    kind: 'protection-changed',
    severity: 'info',
    table,
    cause: isOptOut(losses) ? 'opted out' : 'another policy',
    fact: `${fact}, and its recovery points are kept.${addedText(added, 'policy')}`,
    measured: now.length === 0 ? 'none' : current,
    promised: listed(names),
    since: until,
    advice: adviceText(
      'Nothing has to be done if this is meant. Otherwise set the tag as it was:',
      tagTable(
        table,
        policies.tag,
        observation.target,
        [...new Set([...names, ...now])].toSorted().join('+'),
      ),
    ),
    subjects,
  };
};

/**
 * Finds tables whose tag gave a policy up and says so: by `none`, or by naming another policy; and policies that
 * promise point-in-time recovery no longer. Reported once; when people know, it is remembered as meant and ends without a word.
 */
export const protectionChanged: Check = {
  kind: 'protection-changed',
  facets: ['tags', 'table-names', 'memory'],
  find: (context) => {
    const governed = new Map(context.governed.map((one) => [one.table.name, one]));
    const meant = context.losses.filter(({ kind }) => kind !== 'lost');
    const ofTables = [...Map.groupBy(meant, ({ table }) => table)].map(([table, losses]) =>
      findingOf(table, losses, governed.get(table)?.policies.map(({ name }) => name) ?? [], context),
    );
    return [...ofTables, ...pitrNoLongerPromised(context)];
  },
};
