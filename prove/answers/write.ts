import { readFileSync, writeFileSync } from 'node:fs';
import { type AnswersTable, answersTable, documentText } from './table-text.ts';

const FILE = new URL('../../docs/odd-answers.md', import.meta.url);

type Say = (text: string) => void;

const holds = ({ breaches }: AnswersTable, say: Say): boolean => {
  for (const breach of breaches) say(breach);
  return breaches.length === 0;
};

/** Writes docs/odd-answers.md. Prints what must not happen; returns whether there is none. */
export const writeAnswersTable = async (say: Say): Promise<boolean> => {
  const table = await answersTable();
  writeFileSync(FILE, documentText(table));
  return holds(table, say);
};

/** Compares one operation in `share` of docs/odd-answers.md with what runs say today. Prints what differs or must not happen; returns whether there is none. */
export const checkAnswersTable = async (say: Say, share: number): Promise<boolean> => {
  const table = await answersTable(share);
  const written = readFileSync(FILE, 'utf8');
  const differing = table.sections.filter(
    (section) => !`${written}\n`.includes(`\n${section.trimEnd()}\n\n`),
  );
  for (const section of differing)
    say(
      `${section.split('\n')[0]} of docs/odd-answers.md is not what runs say today: npm run prove -- --answers-table`,
    );
  const isHead = written.startsWith(table.head);
  if (!isHead)
    say('The beginning of docs/odd-answers.md is not what runs say today: npm run prove -- --answers-table');
  return holds(table, say) && isHead && differing.length === 0;
};
