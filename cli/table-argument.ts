import { isTableName } from '../shared/core/restore/target-name.ts';
import { capped } from '../shared/core/text/words.ts';
import { UserError } from '../shared/model/errors.ts';
import type { Target } from '../shared/model/target.ts';
import type { Session } from './session.ts';

/** A table, or what belongs to one: an index, a stream, a backup. */
const TABLE_ARN = /^arn:[^:]*:dynamodb:([^:]*):([^:]*):table\/([^/]+)(?:\/.*)?$/s;

/** A table as a person names it. */
export interface NamedTable {
  readonly table: string;
  /** Where an ARN says that it is. */
  readonly of?: Target;
}

/** Reads a table's name, or an ARN of a table or of a part of it. Throws a `UserError` for the ARN of something else. */
export const namedTable = (text: string): NamedTable => {
  const typed = text.trim();
  if (!typed.startsWith('arn:')) return { table: text };
  const [, region, accountId, table] = TABLE_ARN.exec(typed) ?? [];
  if (region !== undefined && accountId !== undefined && table !== undefined)
    return { table, of: { accountId, region } };
  throw new UserError({
    code: 'table-arn',
    what: `${JSON.stringify(text)} is no ARN of a table.`,
    fix: 'Write the name of the table, or its ARN: arn:aws:dynamodb:REGION:ACCOUNT:table/NAME.',
  });
};

/** Returns the session in the Region of an ARN, unless another one was given: that is a mistake. */
export const inRegionOf = (session: Session, { of }: NamedTable): Session => {
  if (of === undefined) return session;
  const { region } = session.options;
  if (region === undefined || region.trim() === of.region)
    return { ...session, options: { ...session.options, region: of.region } };
  throw new UserError({
    code: 'table-region',
    what: `The ARN is of a table in ${of.region}, and --region says ${region}.`,
    fix: 'Leave --region out.',
  });
};

/** Refuses the ARN of a table in another account than that of the credentials. */
export const checkAccount = ({ of }: NamedTable, { accountId }: Target): void => {
  if (of === undefined || of.accountId === accountId) return;
  throw new UserError({
    code: 'table-account',
    what: `The ARN is of a table in the account ${of.accountId}, and your credentials are of ${accountId}.`,
    fix: 'Choose credentials of that account with --profile or AWS_PROFILE.',
  });
};

/** Reads the tables to act on, each by its name or its ARN. Throws a `UserError` for a name that no table can have. */
export const namedTables = (texts: readonly string[]): readonly NamedTable[] => {
  const named = texts.map(namedTable);
  const [wrong] = named.filter(({ table }) => !isTableName(table));
  if (wrong === undefined) return named;
  throw new UserError({
    code: 'invalid-table-name',
    what: `${JSON.stringify(capped(wrong.table, 80))} cannot be the name of a table.`,
    fix: 'Names have 3 to 255 letters, digits, dots, hyphens and underscores.',
  });
};

/** Reads the one table to act on, by its name or its ARN. Throws a `UserError` for a name that no table can have. */
export const namedTableOnly = (text: string): NamedTable => namedTables([text])[0] ?? namedTable(text);

/** Returns the session in the Region that all ARNs are of. Throws a `UserError` where they contradict each other, or `--region`. */
export const inRegionOfAll = (session: Session, named: readonly NamedTable[]): Session => {
  const [first, ...others] = named.filter(({ of }) => of !== undefined);
  if (first === undefined) return session;
  const other = others.find(({ of }) => of?.region !== first.of?.region);
  if (other === undefined) return inRegionOf(session, first);
  throw new UserError({
    code: 'table-region',
    what: `${first.table} is in ${first.of?.region} by its ARN, and ${other.table} in ${other.of?.region}.`,
    fix: 'Name tables of one Region.',
  });
};

/** Refuses ARNs of tables in another account than that of the credentials. */
export const checkAccounts = (named: readonly NamedTable[], target: Target): void => {
  for (const one of named) checkAccount(one, target);
};
