import type { Said } from '../../shared/model/advice.ts';
import { messageOf, mistakeSaid, UserError } from '../../shared/model/errors.ts';
import { failureText } from '../../shared/model/failure.ts';
import { isPassingTable } from '../../shared/model/passing-table.ts';
import type { Policies } from '../../shared/model/policy.ts';
import type { TaggedTable } from '../../shared/model/table.ts';
import { seatWith } from '../open.ts';
import type { Session } from '../session.ts';

/** What is in the account before anything is deployed. */
export type AccountSeen =
  | {
      readonly kind: 'seen';
      readonly accountId: string;
      readonly tables: readonly string[];
      readonly tagged: readonly TaggedTable[];
    }
  | { readonly kind: 'unseen'; readonly why: Said };

/** Looks at the tables of an account, if it can: without credentials everything else can still be written. */
export const lookAtAccount = async (
  session: Session,
  region: string,
  policies: Policies,
): Promise<AccountSeen> => {
  try {
    const there = { ...session, options: { ...session.options, region } };
    const { composeFromTerminal } = await import('../../shared/run/compose.ts');
    const { inventory, target } = await composeFromTerminal(await seatWith(there, policies));
    const [names, tagged] = await Promise.all([
      inventory.listTableNames(),
      inventory.listTaggedTables(policies.tag),
    ]);
    const gap = names.gap ?? tagged.gap;
    if (gap !== undefined) return { kind: 'unseen', why: failureText(gap) };
    const tables = names.items.filter((name) => !isPassingTable(name));
    const existing = new Set(tables);
    return {
      ...{ kind: 'seen', accountId: target.accountId, tables: tables.toSorted() },
      tagged: tagged.items.filter(({ name }) => existing.has(name)),
    };
  } catch (error) {
    return { kind: 'unseen', why: error instanceof UserError ? mistakeSaid(error) : messageOf(error) };
  }
};
