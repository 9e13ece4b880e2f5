import { advise, followedBy } from '../../model/advice.ts';
import { UserError } from '../../model/errors.ts';
import { type Instant, isoInstant } from '../../model/instant.ts';
import { isDrillName } from '../../model/passing-table.ts';
import type { RestoreRecord } from '../../model/restore.ts';
import { restoreCommand, restoresCommand } from '../text/commands.ts';
import { capped } from '../text/words.ts';

/** How the table that is made got its name. `own`: that of the lost table, which is free. */
export type NamedBy = 'person' | 'own' | 'second';

/** The name of the table that is made. */
export interface TargetName {
  readonly name: string;
  readonly by: NamedBy;
}

/** What stands under a name. `unread`: it could not be looked at · `for-replica`: nothing, and a replica needs it that can be added again. */
export type NameState =
  | { readonly kind: 'for-replica' | 'free' | 'unread' }
  | { readonly kind: 'taken'; readonly status: string };

const VALID = /^[a-zA-Z0-9_.-]{3,255}$/;

const LONGEST = 255;

/** Says whether a table can have the name. */
export const isTableName = (name: string): boolean => VALID.test(name);

const invalidName = (name: string): UserError =>
  new UserError({
    code: 'invalid-table-name',
    what: `${capped(name, 80) || 'An empty text'} cannot be the name of a table.`,
    fix: 'Give one of 3 to 255 letters, digits, dots, hyphens and underscores with --target.',
  });

/** `20261120-1000`, by the asked second in UTC. */
const dateOf = (second: Instant): string =>
  isoInstant(second)
    .replaceAll(/[-:]|\d\dZ$/g, '')
    .replace('T', '-');

const datedName = (table: string, second: Instant): string => {
  const name = `${table}-restored-${dateOf(second)}`;
  if (name.length <= LONGEST) return name;
  throw new UserError({
    code: 'invalid-table-name',
    what: `${capped(table, 80)} is so long a name that ${LONGEST} characters do not hold "-restored-" and the date as well.`,
    fix: 'Give a name with --target.',
  });
};

/** What decides how the table that is made is called. */
export interface Naming {
  /** Of the source. */
  readonly table: string;
  /** The asked second; that of the source where none was asked for. */
  readonly second: Instant;
  /** What stands under the source's own name, in the Region in which the table is made. */
  readonly own: NameState;
  readonly given?: string | undefined;
}

/** SAFETY: what is left over under such a name is reported as to be deleted. */
const nameOfDrills = (name: string): UserError =>
  new UserError({
    code: 'drill-name',
    what: `${name} is a name that drills give to their tables, and what is left over under one is reported with the command that deletes it.`,
    fix: 'Give another name with --target.',
    facts: { target: name },
  });

/**
 * Names the table that is made: as a person says; under its own name where that is free, so that a table that was deleted comes back as it was
 * called; else `orders-restored-20261120-1000`, so that several can stand. Throws UserError for a name that no table can have.
 */
export const targetName = ({ table, second, own, given }: Naming): TargetName => {
  if (given !== undefined) {
    if (!isTableName(given)) throw invalidName(given);
    if (isDrillName(given)) throw nameOfDrills(given);
    return { name: given, by: 'person' };
  }
  return own.kind === 'free' ? { name: table, by: 'own' } : { name: datedName(table, second), by: 'second' };
};

const taken = (name: string, status: string): UserError =>
  new UserError({
    code: 'target-exists',
    what:
      status === 'DELETING'
        ? `A table ${name} is being deleted: its name is not free yet.`
        : `A table ${name} exists already (${status}), and a restore never writes to a table that exists.`,
    fix:
      status === 'DELETING'
        ? 'Try again when it is gone, or give another name with --target.'
        : 'Give another name with --target.',
    facts: { target: name, status },
  });

/** Refuses a name that a restore under way has; `id` where that restore is known. */
export const restoreUnderWay = (name: string, id?: string): UserError =>
  new UserError({
    code: 'restore-under-way',
    what: `A restore to ${name} is under way${id === undefined ? '' : ` (${id})`}.`,
    fix: followedBy(
      advise('Go on with it:', restoresCommand('--resume')),
      advise('Or give another name with --target.'),
    ),
    facts: { target: name, ...(id !== undefined && { restoreId: id }) },
  });

/** Refuses to restore what a restore under way is still making. */
export const sourceUnderWay = ({ id, source, targetTable }: RestoreRecord): UserError =>
  new UserError({
    code: 'restore-under-way',
    what: `A restore to ${targetTable} is under way (${id}): the ${targetTable} that stands is the table that it makes, of which nothing can be restored yet.`,
    fix: followedBy(
      advise('Go on with it:', restoresCommand('--resume')),
      advise('What there is of earlier tables of the name:', restoreCommand(source.table)),
    ),
    facts: { target: targetTable, restoreId: id },
  });

const unread = (name: string): UserError =>
  new UserError({
    code: 'target-unread',
    what: `It could not be read whether a table ${name} exists.`,
    fix: 'Allow dynamodb:DescribeTable on it, and try again.',
    facts: { target: name },
  });

/**
 * Refuses a name that a table or another restore has. Undefined where it is free.
 * SAFETY: what could not be looked at is not free.
 */
export const targetRefused = (
  name: string,
  state: NameState,
  records: readonly RestoreRecord[],
): UserError | undefined => {
  const record = records.find((one) => one.targetTable === name && one.phase !== 'ended');
  if (record !== undefined) return restoreUnderWay(name, record.id);
  switch (state.kind) {
    case 'for-replica':
    case 'free':
      return undefined;
    case 'unread':
      return unread(name);
    case 'taken':
      return taken(name, state.status);
  }
};

/** Refuses two restores into one name. Undefined where all differ. */
export const namesCollide = (names: readonly string[]): UserError | undefined => {
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  return twice === undefined
    ? undefined
    : new UserError({
        code: 'same-target-twice',
        what: `${twice} would be made twice.`,
        fix: 'Name each table once, and give --target with one table only.',
        facts: { target: twice },
      });
};
