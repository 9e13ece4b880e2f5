import { advise } from '../../model/advice.ts';
import { type Finding, findingId } from '../../model/finding.ts';
import type { Policies } from '../../model/policy.ts';
import { OPT_OUT } from '../policy/govern.ts';
import type { GovernedTable } from '../scene/governed.ts';
import { tagTableCommand } from '../text/commands.ts';
import { nearest } from '../text/nearest.ts';
import { listed, quoted, verb } from '../text/words.ts';
import { advisedFor } from './advised.ts';
import type { CheckContext } from './context.ts';
import type { Finder, KindTraits } from './kind.ts';
import { subjectsOf } from './subjects.ts';

declare module '../../model/finding.ts' {
  interface FindingKinds {
    readonly 'unknown-policy': true;
  }
}

/** Describes what is wrong with a name, as the end of a sentence. */
const nameText = (name: string, { policies }: Policies, { optedOutOf }: GovernedTable): string => {
  if (name === '' && optedOutOf !== undefined)
    return `gives up ${listed(optedOutOf)} and names no policy beside`;
  if (name === '') return 'names nothing';
  if (name === OPT_OUT) return `says "${OPT_OUT}" beside other names, which contradict it`;
  const names = policies.map((policy) => policy.name);
  const meant = nearest(name, names);
  const hint = meant === undefined ? '' : ` (did you mean "${meant}"?)`;
  return `names ${quoted(name)}${hint}, and no policy is called so`;
};

/** Returns what the tag contains for a name: all of it when it only opts out of policies. */
const writtenAs = (name: string, { optedOutOf, table }: GovernedTable, { tag }: Policies): string =>
  name === '' && optedOutOf !== undefined ? (table.tags[tag] ?? '') : name;

const effectText = ({ table, policies }: GovernedTable): string =>
  policies.length === 0
    ? `No policy governs ${table.name}: it is not backed up.`
    : `Only ${policies.map(({ name }) => name).join(' and ')} ${verb(policies.length, 'governs', 'govern')} it.`;

/** Guesses the intended tag: only when one name is wrong, and one policy has nearly that name. */
const meantTag = (
  { policies: known, unknownNames, optedOutOf = [] }: GovernedTable,
  { policies }: Policies,
): string | undefined => {
  const [wrong = '', ...others] = unknownNames;
  const meant = nearest(
    wrong,
    policies.map((policy) => policy.name),
  );
  if (meant === undefined || others.length > 0) return undefined;
  const givenUp = optedOutOf.filter((name) => name !== meant).map((name) => `${name}=${OPT_OUT}`);
  return [...new Set([...known.map(({ name }) => name), meant, ...givenUp])].toSorted().join('+');
};

const findingOf = (
  one: GovernedTable,
  { openFindings, policies, now, observation }: CheckContext,
): Finding => {
  const { name } = one.table;
  const unknown = one.unknownNames.map((unknownName) => nameText(unknownName, policies, one)).join('; it ');
  const known = listed(policies.policies.map((policy) => policy.name));
  const wrong = one.unknownNames
    .map((unknownName) => quoted(writtenAs(unknownName, one, policies)))
    .join(', ');
  const id = findingId('unknown-policy', name);
  const meant = meantTag(one, policies);
  return {
    id,
    kind: 'unknown-policy',
    severity: one.policies.length === 0 ? 'critical' : 'warning',
    table: name,
    cause: wrong,
    fact: `The tag ${policies.tag} of ${name} ${unknown}. ${effectText(one)}`,
    measured: wrong,
    promised: `one of ${known}`,
    since: now,
    ...advisedFor(
      name,
      (table) =>
        advise(
          `Set the tag to ${known} (several are joined by "+"), or to "${OPT_OUT}" to opt out:`,
          tagTableCommand(table, policies.tag, observation.target, meant),
        ),
      meant,
    ),
    subjects: subjectsOf(one.unknownNames, id, openFindings).subjects,
  };
};

/** What is known of it wherever it is open. */
export const unknownPolicy: KindTraits<'unknown-policy'> = {
  kind: 'unknown-policy',
  title: 'unknown policy',
  about: 'tag',
  neverMuted: true,
  facets: ['tags', 'details'],
};

/**
 * Finds tagged tables whose tag names a policy that does not exist, with the nearest one that does. An empty tag names
 * nothing, and `none` beside other names contradicts them; the names that are policies still govern. A table that was
 * not confirmed is left out, because the tagging API lists deleted tables for hours.
 */
export const unknownPolicyFinder: Finder<'unknown-policy'> = {
  kind: 'unknown-policy',
  find: (context) =>
    context.governed
      .filter(({ table, unknownNames }) => table.details !== undefined && unknownNames.length > 0)
      .map((one) => findingOf(one, context)),
};
