import type { CutoverStep } from '../../model/cutover.ts';
import type { Attachment, Json } from '../../model/table-settings.ts';
import type { RestoreNames } from './context.ts';
import { renamed } from './rename.ts';

type Content = Attachment['content'];

/** The longest name that an alarm may have. */
const LONGEST = 255;

/** Names what is made for the new table: the old table's name in it is replaced; where it has none, the new one is added. */
export const newNameOf = (name: string, from: string, to: string, longest = LONGEST): string => {
  const named = name.includes(from) ? name.replaceAll(from, () => to) : `${name}-${to}`;
  return named.slice(0, longest);
};

/** Names in a rule stand in quotes, in brackets or at the end of an ARN. */
const inRule = (rule: string, [old, made]: readonly [string, string]): string =>
  [
    [`"${old}"`, `"${made}"`],
    [`'${old}'`, `'${made}'`],
    [`(${old})`, `(${made})`],
    [`:${old}"`, `:${made}"`],
    [`:${old}'`, `:${made}'`],
    [`:${old})`, `:${made})`],
  ].reduce((text, [from = '', to = '']) => text.replaceAll(from, () => to), rule);

const isObject = (value: Json): value is Content =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const contentFor = (
  content: Content,
  names: RestoreNames,
  made: readonly (readonly [string, string])[],
): Content => {
  const moved = renamed(content, names, '');
  if (!isObject(moved) || typeof moved.AlarmRule !== 'string') return isObject(moved) ? moved : content;
  return { ...moved, AlarmRule: made.reduce(inRule, moved.AlarmRule) };
};

/** A composite alarm can only name alarms that are there: those that name no other come first. */
const childrenFirst = (alarms: readonly Attachment[]): readonly Attachment[] => {
  const done: Attachment[] = [];
  let open = alarms;
  while (open.length > 0) {
    const names = open.map(({ id }) => id);
    const isFree = ({ id, content: { AlarmRule: rule } }: Attachment): boolean =>
      typeof rule !== 'string' ||
      names.every((name) => name === id || inRule(rule, [name, `${name} `]) === rule);
    const free = open.filter(isFree);
    const next = free.length > 0 ? free : open;
    done.push(...next);
    open = open.filter((alarm) => !next.includes(alarm));
  }
  return done;
};

/** Makes each alarm of the old table for the new one, with all that it consists of; composite ones name the new alarms. */
export const alarmSteps = (
  attachments: readonly Attachment[],
  names: RestoreNames,
): readonly CutoverStep[] => {
  const { from, to } = names;
  const alarms = childrenFirst(attachments.filter(({ kind }) => kind === 'alarm'));
  const made = alarms.map(({ id }) => [id, newNameOf(id, from.table, to.table)] as const);
  return alarms.map(({ id, content }) => ({
    kind: 'make-alarm',
    from: id,
    name: newNameOf(id, from.table, to.table),
    content: contentFor(content, names, made),
  }));
};
