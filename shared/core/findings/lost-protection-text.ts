import { type Advice, advise, followedBy } from '../../model/advice.ts';
import type { FormerTable } from '../../model/observation.ts';
import { OPT_OUT } from '../policy/govern.ts';
import { looksLike } from '../policy/tag-key.ts';
import { BACK_WITHOUT_TAG, type Loss } from '../protection/loss.ts';
import type { GovernedTable } from '../scene/governed.ts';
import { switchPitrOnCommand, tagTableCommand, whoChangedCommand } from '../text/commands.ts';
import { ageText, daysText, utcText } from '../text/time.ts';
import { listed, quoted, quotedKey } from '../text/words.ts';
import type { CheckContext } from './context.ts';

/** One loss and everything known about its table. */
export interface Case {
  readonly loss: Loss;
  /** Everything that the table lost, including this loss: one tag and one period fix all of them. */
  readonly lost: readonly Loss[];
  readonly one: GovernedTable | undefined;
  readonly former: FormerTable | undefined;
  readonly context: CheckContext;
}

const namesNow = ({ one }: Case): readonly string[] => one?.policies.map(({ name }) => name) ?? [];

const isInFile = ({ loss, context }: Case): boolean =>
  context.policies.policies.some(({ name }) => name === loss.policy);

const isNamed = ({ loss, one }: Case): boolean => one?.unknownNames.includes(loss.policy) ?? false;

/** Checks whether a different incarnation now has the name of the governed table. */
const isMadeAgain = ({ loss, former }: Case): boolean =>
  loss.tableId !== undefined && former?.details !== undefined && former.details.tableId !== loss.tableId;

/**
 * Selects the losses to restore: one shown only by names of recovery points counts only when nothing better is known.
 */
const believable = (it: Case): readonly Loss[] => {
  const sure = it.lost.filter(({ shown }) => shown !== true);
  return sure.length > 0 || namesNow(it).length > 0 ? sure : it.lost;
};

/** Returns the longest PITR period that any of the lost policies promised; 0 when none did. */
const promisedDays = (it: Case): number => Math.max(0, ...believable(it).map(({ pitrDays = 0 }) => pitrDays));

/**
 * Checks whether PITR is off. A table that is still being created counts as off: its PITR cannot be read, and a
 * restored table starts without it.
 */
const isWithoutPitr = (it: Case): boolean => {
  const { former } = it;
  if (promisedDays(it) === 0 || former === undefined) return false;
  return (
    former.pitr?.enabled === false || (former.pitr === undefined && former.details?.status === 'CREATING')
  );
};

/** Names what removed the policy, as a fixed text by which many tables are grouped. */
export const causeOf = (it: Case): string => {
  if (it.one === undefined) return isMadeAgain(it) ? BACK_WITHOUT_TAG : 'its tag is gone';
  if (isNamed(it) && !isInFile(it)) return 'its policy is gone';
  if (isOnlyNamed(it)) return 'only recovery points name it';
  if (it.one.unknownNames.includes('')) return 'its tag is empty';
  return namesNow(it).length > 0 ? 'one of its policies is gone' : 'its tag names no policy';
};

/** Describes a tag whose key differs by case, a space or a separator, and therefore is another key. */
const lookalikeText = ({ former, context: { policies } }: Case): string => {
  const tags = Object.entries(former?.tags ?? {});
  const isMeant = looksLike(policies.tag);
  const [key, value] = tags.find(([one]) => isMeant(one)) ?? [];
  return key === undefined || value === undefined
    ? ''
    : `; it carries ${quotedKey(key)} = ${quoted(value)}, which is another key`;
};

const whatIsNow = (it: Case): string => {
  const { tag } = it.context.policies;
  const names = namesNow(it);
  const value = quoted(it.one?.table.tags[tag] ?? '');
  if (it.one === undefined) return `and is gone${lookalikeText(it)}`;
  if (isNamed(it)) return 'and still does, but the policy file has no such policy any more';
  return names.length > 0 ? `and now says ${value}` : `and now says ${value}, which names no policy`;
};

/**
 * Checks whether only a name suggests the policy while another one governs the table; nothing is claimed or advised on
 * that basis.
 */
const isOnlyNamed = (it: Case): boolean => !believable(it).includes(it.loss) && namesNow(it).length > 0;

const namedFact = (it: Case): string => {
  const { table, policy, until } = it.loss;
  const { tag } = it.context.policies;
  const value = quoted(it.one?.table.tags[tag] ?? '');
  return `${table} has recovery points with the name of ${policy}, the newest of ${utcText(until)}, and is not governed by it: its tag ${tag} says ${value}. Whether it ever was is not known.`;
};

/** Replication brings the items of a replica: nothing of it is lost. */
const replicaOfText = ({ former }: Case): string => {
  const { replicas = [] } = former?.details ?? {};
  return replicas.length === 0 ? '' : `, as a replica in a global table with ${listed(replicas)}`;
};

const openingOf = (it: Case): string => {
  const { table, policy } = it.loss;
  if (it.one === undefined && isMadeAgain(it)) {
    const pitr = isWithoutPitr(it) ? ' and without PITR' : '';
    return `${table} is back without its tag${pitr}: it was deleted and made again${replicaOfText(it)}, and is not backed up`;
  }
  return namesNow(it).length > 0
    ? `${table} is no longer backed up under ${policy}`
    : `${table} is no longer backed up`;
};

const newestSentence = ({ loss, context: { now } }: Case): string => {
  const promised = `${loss.policy} promised at most ${ageText(loss.rpoMs)}`;
  if (loss.newestAt === undefined) return `It has no recovery point under ${loss.policy}; ${promised}.`;
  return `Its newest recovery point is of ${utcText(loss.newestAt)}, ${ageText(now - loss.newestAt)} old; ${promised}.`;
};

const pitrSentence = (it: Case): string =>
  isWithoutPitr(it) && !isMadeAgain(it) ? ' Its point-in-time recovery is off, too.' : '';

/** Says what is lost, since when, and what is left. */
export const factOf = (it: Case): string => {
  if (isOnlyNamed(it)) return namedFact(it);
  const { policy, until } = it.loss;
  const { tag } = it.context.policies;
  return (
    `${openingOf(it)}: its tag ${tag} named ${policy} until ${utcText(until)}, ${whatIsNow(it)}. ` +
    newestSentence(it) +
    pitrSentence(it)
  );
};

const joined = (names: readonly string[]): string => [...new Set(names)].toSorted().join('+');

const optOuts = (names: readonly string[]): readonly string[] => names.map((name) => `${name}=${OPT_OUT}`);

/** Returns the tag value that restores everything that was lost; undefined when no such policy exists any more. */
const wantedTag = (it: Case): string | undefined => {
  const { one, context } = it;
  const isKnown = (name: string): boolean => context.policies.policies.some((policy) => policy.name === name);
  const names = [
    ...namesNow(it),
    ...believable(it)
      .map(({ policy }) => policy)
      .filter(isKnown),
  ];
  return names.length === 0 ? undefined : joined([...names, ...optOuts(one?.optedOutOf ?? [])]);
};

/** Returns the tag value that declares all the losses as intended. */
const meantTag = (it: Case): string => {
  const names = namesNow(it);
  const givenUp = [...(it.one?.optedOutOf ?? []), ...it.lost.map(({ policy }) => policy)];
  return names.length > 0 ? joined([...names, ...optOuts(givenUp)]) : OPT_OUT;
};

const namedAdvice = (it: Case, table: string): Advice => {
  const { tag } = it.context.policies;
  const { target } = it.context.observation;
  return followedBy(
    advise(
      `Find out who made them, and whether somebody took ${it.loss.policy} out of the tag; put it back only then:`,
      whoChangedCommand(table, target),
    ),
    advise(
      `If ${it.loss.policy} is not to govern it, say so, and nothing more is reported:`,
      tagTableCommand(table, tag, target, meantTag(it)),
    ),
  );
};

/** Says how everything that the table lost comes back, and how to say that it is meant. */
export const adviceOf = (it: Case, table: string): Advice => {
  if (isOnlyNamed(it)) return namedAdvice(it, table);
  const { tag } = it.context.policies;
  const { target } = it.context.observation;
  const bring = isInFile(it)
    ? 'Bring the tag back'
    : `Bring ${it.loss.policy} back into the policy file, or name another policy in the tag`;
  const withPitr = isWithoutPitr(it) ? ', switch point-in-time recovery on' : '';
  return followedBy(
    advise(
      `${bring}${withPitr}, and see who changed it:`,
      tagTableCommand(table, tag, target, wantedTag(it)),
      ...(withPitr === '' ? [] : [switchPitrOnCommand(table, promisedDays(it), target)]),
      whoChangedCommand(table, target),
    ),
    advise(
      'If it is meant, say so, and nothing more is reported:',
      tagTableCommand(table, tag, target, meantTag(it)),
    ),
  );
};

/** Names what would make it good, the same for tables that need the same; undefined where each needs its own. */
export const needsOf = (it: Case): string | undefined => {
  if (isOnlyNamed(it)) return undefined;
  const wanted = wantedTag(it);
  return wanted !== undefined && isWithoutPitr(it)
    ? `${wanted} (PITR of ${daysText(promisedDays(it))})`
    : wanted;
};
