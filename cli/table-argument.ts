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
