import { readFileSync, writeFileSync } from 'node:fs';
import { answersTable } from './table-text.ts';

const FILE = new URL('../../docs/odd-answers.md', import.meta.url);

/** Writes docs/odd-answers.md, or compares it with today's result. Prints what must not happen; returns whether there is none. */
export const writeAnswersTable = async (say: (text: string) => void, isCheck: boolean): Promise<boolean> => {
  const { text, breaches } = await answersTable();
  for (const breach of breaches) say(breach);
  if (!isCheck) writeFileSync(FILE, text);
  const isCurrent = readFileSync(FILE, 'utf8') === text;
  if (!isCurrent) say('docs/odd-answers.md is not what the runs say today: npm run prove -- --answers-table');
  return isCurrent && breaches.length === 0;
};
