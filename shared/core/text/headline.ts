import type { ToldFinding } from '../../model/alert-message.ts';
import type { Finding } from '../../model/finding.ts';
import { capped, counted } from './words.ts';

/** The longest name a table or a policy may have. */
const NAME_CHARS = 255;

/** How a kind is called, and whether its title speaks of the table itself. */
export interface Titled {
  readonly title: string;
  readonly titleNamesTable?: true;
}

/** What a headline is made of. */
export type Headed = Pick<Finding, 'kind' | 'table' | 'policy' | 'cause'> &
  Partial<Pick<ToldFinding, 'count' | 'tables' | 'flapping'>>;

/** Of `CreateBackup: ThrottlingException` the error's name: a subject has little room, and the sentence below it says the rest. */
const causeName = (cause: string): string => capped(cause.replace(/^[A-Za-z]+: (?=\S)/, ''), NAME_CHARS);

/** Where it is, for one finding; how many there are and their cause, for many. */
const placeText = ({ table, policy, cause, count, tables, flapping }: Headed, at: string): string => {
  const manner = flapping === true ? ', flapping' : '';
  if (count !== undefined) {
    const many = tables === undefined ? `: ${counted(count, 'finding')}` : `${at}${counted(tables, 'table')}`;
    return `${many}${manner}${cause === undefined ? '' : `: ${causeName(cause)}`}`;
  }
  const where = table === undefined ? '' : `${at}${capped(table, NAME_CHARS)}`;
  const under = policy === undefined ? '' : ` (${capped(policy, NAME_CHARS)})`;
  return `${where}${under}${manner}`;
};

/**
 * Writes a finding, or one that stands for many, in a few words: `recovery point overdue on Orders (standard)`, `backups failing on 300 tables:
 * ThrottlingException`. One line, whatever its names hold. A kind without a title goes by its own name.
 */
export const headlineText = (finding: Headed, titled: Titled | undefined): string => {
  const title = titled?.title ?? capped(finding.kind, NAME_CHARS);
  return `${title}${placeText(finding, titled?.titleNamesTable === true ? ': ' : ' on ')}`;
};
