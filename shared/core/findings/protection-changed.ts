import { type Advice, advise } from '../../model/advice.ts';
import { type Finding, findingId } from '../../model/finding.ts';
import type { Protection } from '../../model/memory.ts';
import type { Loss } from '../protection/loss.ts';
import { namedBefore } from '../protection/promise.ts';
import { tagTableCommand } from '../text/commands.ts';
import { utcText } from '../text/time.ts';
import { listed } from '../text/words.ts';
import { advisedFor } from './advised.ts';
import type { CheckContext } from './context.ts';
import type { Finder, KindTraits } from './kind.ts';
import { lessPitrPromised } from './less-pitr-promised.ts';
import { addedText, subjectsOf } from './subjects.ts';

declare module '../../model/finding.ts' {
  interface FindingKinds {
    readonly 'protection-changed': true;
  }
}

const isOptOut = (losses: readonly Loss[]): boolean => losses.every(({ kind }) => kind === 'opted-out');

/**
 * Returns what the tag named before, without policies that have left the file; undefined when that is not remembered or
 * none is left.
 */
const tagBefore = (
  protection: Protection | undefined,
  { policies }: Pick<CheckContext, 'policies'>,
): string | undefined => {
  const known = new Set(policies.policies.map(({ name }) => name));
  const names = protection === undefined ? [] : (namedBefore(protection) ?? []);
  const left = names.filter((name) => known.has(name));
  return left.length === 0 ? undefined : left.toSorted().join('+');
};

const adviceOf = (
  table: string,
  names: readonly string[],
  before: string | undefined,
  { policies: { tag }, observation: { target } }: CheckContext,
): Advice => {
  const otherwise =
    before === undefined
      ? `name in it what the table needs; it named ${listed(names)}`
      : 'set the tag to what it named before';
  return advise(
    `Nothing has to be done if this is meant. Otherwise ${otherwise}:`,
    tagTableCommand(table, tag, target, before),
  );
};

const findingOf = (
  table: string,
  losses: readonly Loss[],
  now: readonly string[],
  tag: string | undefined,
  context: CheckContext,
): Finding => {
  const { openFindings, policies } = context;
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
    ...advisedFor(table, (one) => adviceOf(one, names, tag, context), tag),
    subjects,
  };
};

/** What is known of it wherever it is open. */
export const protectionChanged: KindTraits<'protection-changed'> = {
  kind: 'protection-changed',
  title: 'protection changed',
  neverMuted: true,
  footingOf: () => 'withdrawn',
  facets: ['tags', 'table-names', 'memory'],
};

/**
 * Finds tables whose tag gave up a policy explicitly, by `none` or by naming another policy, and policies that no
 * longer promise point-in-time recovery, or for fewer days. Reported once; then it is remembered as intended and ends
 * silently.
 */
export const protectionChangedFinder: Finder<'protection-changed'> = {
  kind: 'protection-changed',
  occasion: 'less-promised',
  find: (context) => {
    const governed = new Map(context.governed.map((one) => [one.table.name, one]));
    const remembered = new Map(context.memory.protections?.map((one) => [one.table, one]));
    const meant = context.losses.filter(({ kind }) => kind !== 'lost');
    const ofTables = [...Map.groupBy(meant, ({ table }) => table)].map(([table, losses]) =>
      findingOf(
        table,
        losses,
        governed.get(table)?.policies.map(({ name }) => name) ?? [],
        tagBefore(remembered.get(table), context),
        context,
      ),
    );
    return [...ofTables, ...lessPitrPromised(context)];
  },
};
