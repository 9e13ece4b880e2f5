import { pathText } from './fields.ts';
import type { Oddity } from './oddity.ts';
import { breachesOf, type Outcome, onlyIn, outcomeOf } from './outcome.ts';
import type { Lived } from './strike.ts';
import { injectFault, odditiesOf, type Usual, usualLife } from './strikes.ts';
import { undetectable } from './untellable.ts';

/** One corruption, and its result. */
export interface Row {
  readonly field: string;
  readonly how: string;
  readonly came: string;
  readonly breaches: readonly string[];
}

const ENTRIES_TEXT = { all: '', first: ' in the first entry', last: ' in the last entry' } as const;

const counted = (texts: readonly string[]): string =>
  [...Map.groupBy(texts, (text) => text)]
    .map(([text, all]) => (all.length === 1 ? text : `${all.length} × ${text}`))
    .toSorted()
    .join(', ');

const shareText = (what: string, came: readonly string[], usual: readonly string[]): readonly string[] =>
  came.length === usual.length ? [] : [`${what} ${came.length} of ${usual.length}`];

const didText = (came: Outcome, usual: Outcome): string =>
  [
    ...shareText('made', came.made, usual.made),
    ...shareText('deleted', came.deleted, usual.deleted),
    ...shareText('switched on', came.switchedOn, usual.switchedOn),
  ].join(', ') || 'as usual';

const kindOf = (id: string): string => id.split(/[/ ]/)[0] ?? id;

const toldText = (came: Outcome, usual: Outcome): string => {
  const kinds = counted([...new Set(onlyIn(came.told, usual.told))].map(kindOf));
  return (
    [...(kinds === '' ? [] : [`mail: ${kinds}`]), ...(came.rang ? ['alarm'] : [])].join('; ') || 'nobody'
  );
};

/** Nothing rests on a field that changes neither. */
const AS_USUAL = 'as usual | nobody';

const cameText = (lived: Lived, usual: Lived): string => {
  const [came, wanted] = [outcomeOf(lived), outcomeOf(usual)];
  return `${didText(came, wanted)} | ${toldText(came, wanted)}`;
};

/** Simulates one corruption of an operation's responses and returns its row. */
export const rowOf = async (operation: string, corruption: Oddity, { lived: usual }: Usual): Promise<Row> => {
  const lived = await injectFault(operation, corruption, usual);
  return {
    field: corruption.kind === 'whole' ? 'the whole answer' : `\`${pathText(corruption.path)}\``,
    how: corruption.kind === 'whole' ? corruption.how : corruption.how + ENTRIES_TEXT[corruption.where],
    came: cameText(lived, usual),
    breaches: undetectable(operation, corruption) ? [] : breachesOf(lived, usual),
  };
};

const linesOf = (rows: readonly Row[]): readonly string[] =>
  [...Map.groupBy(rows, ({ field, came }) => `${field}\n${came}`).values()].map((same) => {
    const { field = '', came = '' } = same[0] ?? {};
    return `| ${field} | ${same.map(({ how }) => how).join(', ')} | ${came} |`;
  });

const restText = (rows: readonly Row[]): readonly string[] => {
  const fields = [...new Set(rows.map(({ field }) => field))];
  const idle = fields.filter((field) => rows.every((row) => row.field !== field || row.came === AS_USUAL));
  return idle.length === 0 ? [] : ['', `Nothing rests on ${idle.join(', ')}.`];
};

const tableLines = (rows: readonly Row[]): readonly string[] => {
  const telling = linesOf(rows.filter(({ came }) => came !== AS_USUAL));
  const head = [
    '| Field | What is odd | What Tablekeeper did | Who was alerted |',
    '| --- | --- | --- | --- |',
  ];
  return telling.length === 0 ? ['However odd, it changes nothing.'] : [...head, ...telling];
};

/** Formats the section of an operation from its rows. */
export const sectionText = (operation: string, rows: readonly Row[]): string =>
  [`## ${operation}`, '', ...tableLines(rows), ...restText(rows)].join('\n');

/** Simulates every corruption of an operation's responses and returns the rows. */
export const rowsOf = async (operation: string, usual: Usual): Promise<readonly Row[]> => {
  const rows: Row[] = [];
  for (const corruption of odditiesOf(usual.answers.get(operation) ?? []))
    rows.push(await rowOf(operation, corruption, usual));
  return rows;
};

const HEAD = `# What happens when an answer is odd

Written by \`npm run prove -- --answers-table\` from runs in the simulated account. Every field that AWS answers with is left out, null, of another
type, or holds what nobody ever heard of; so is every whole answer empty, cut short or a page of HTML. Each oddity stands in every answer of one
operation while backup, prune and audit run once, in an account where each reason to keep a recovery point stands on a table of its own. Then
each runs once more with whole answers.

Of every row it is checked, against the account's own ledger, that nothing was deleted that whole answers would not have deleted, that nothing was
made twice, that no run broke off, and that whatever is not as usual was told, or was put right by the next runs. "As usual" is
${'{usual}'}.
What is not in the tables is as usual and told nobody.

No reader can tell that a tag is missing from the list, or stands there under another key: such a table does not have the tag. If it was
\`backup:hold\`, recovery points expire as the policy says.
`;

const usualText = ({ lived }: Usual): string => {
  const { made, deleted, switchedOn } = outcomeOf(lived);
  return `${made.length} recovery points made, ${deleted.length} deleted, point-in-time recovery switched on for ${switchedOn.length} tables`;
};

/** What came of corruptions: the document in its parts, and what must not happen. */
export interface AnswersTable {
  readonly head: string;
  /** One for each operation, by its name. */
  readonly sections: readonly string[];
  readonly breaches: readonly string[];
}

/** Words the whole document. */
export const documentText = ({ head, sections }: AnswersTable): string =>
  `${head}\n${sections.join('\n\n')}\n`;

/** Simulates every corruption of one operation in `share`. */
export const answersTable = async (share = 1): Promise<AnswersTable> => {
  const usual = await usualLife();
  const sections: string[] = [];
  const breaches: string[] = [];
  const operations = [...usual.answers.keys()].toSorted().filter((_, index) => index % share === 0);
  for (const operation of operations) {
    const rows = await rowsOf(operation, usual);
    sections.push(sectionText(operation, rows));
    for (const { field, how, breaches: own } of rows)
      breaches.push(...own.map((breach) => `${operation} ${field} ${how}: ${breach}`));
  }
  return { head: HEAD.replace('{usual}', usualText(usual)), sections, breaches };
};
