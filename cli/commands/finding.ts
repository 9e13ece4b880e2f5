import { readFile } from 'node:fs/promises';
import { Argument } from 'commander';
import { FINDINGS_COMMAND } from '../../shared/core/text/commands.ts';
import { nearest } from '../../shared/core/text/nearest.ts';
import { advise } from '../../shared/model/advice.ts';
import { UserError } from '../../shared/model/errors.ts';
import { type Answer, FINE } from '../answer.ts';
import type { CliCommand } from '../command.ts';
import { ownFile } from '../own-files.ts';
import type { Session } from '../session.ts';
import type { Screen } from '../view/colour.ts';
import { brokenLines, paragraph } from '../view/paragraph.ts';

const PAGE = 'docs/findings.md';

interface Section {
  readonly kind: string;
  readonly lines: readonly string[];
  /** What to do first, as one sentence. */
  readonly firstMove: string;
}

const FIRST_MOVE = '**First move.** ';

/** Each section of the page that is about one kind: its heading and what stands below it. */
const sectionsOf = (page: string): readonly Section[] =>
  page
    .split(/^## /m)
    .slice(1)
    .map((text) => {
      const [kind = '', ...lines] = text.split('\n');
      const firstMove = lines.find((line) => line.startsWith(FIRST_MOVE))?.slice(FIRST_MOVE.length) ?? '';
      return { kind, lines, firstMove };
    });

const isBlock = (line: string): boolean => /^(?: *[-|]| *\d+\.|```| {2,})/.test(line);

/** Joins the lines of a paragraph, which the page breaks for editors; lists, tables and commands stay as they stand. */
const joined = (lines: readonly string[]): readonly string[] => {
  const blocks: string[] = [];
  let isCommand = false;
  for (const line of lines) {
    if (line.startsWith('```')) isCommand = !isCommand;
    const last = blocks.at(-1);
    if (last === undefined || last === '' || line === '' || isCommand || isBlock(line) || isBlock(last))
      blocks.push(line);
    else blocks[blocks.length - 1] = `${last} ${line}`;
  }
  return blocks;
};

/** A terminal shows no links and no marks. */
const plain = (line: string): string =>
  line
    .replaceAll(/\[([^\]]+)\]\([^)]*\)/g, '$1')
    .replaceAll('**', '')
    .replaceAll('`', '');

const shown = (lines: readonly string[], { screen }: Session): readonly string[] => {
  let isCommand = false;
  return joined(lines).flatMap((line) => {
    if (line.trimStart().startsWith('```')) {
      isCommand = !isCommand;
      return [];
    }
    if (isCommand) return [`  ${line.trim()}`];
    return line === '' ? [''] : paragraph(plain(line), '', screen);
  });
};

const withoutEmptyEnds = (lines: readonly string[]): readonly string[] =>
  lines
    .join('\n')
    .replace(/^\n+|\n+$/g, '')
    .split('\n');

/** Every kind with its first move beside it. */
const listed = (sections: readonly Section[], screen: Screen): readonly string[] => {
  const hang = Math.max(...sections.map(({ kind }) => kind.length)) + 2;
  return sections.flatMap(({ kind, firstMove }) => {
    const [first = '', ...more] = brokenLines(plain(firstMove), { first: hang, hang }, screen);
    return [`${kind.padEnd(hang)}${first}`, ...more.map((line) => ' '.repeat(hang) + line)];
  });
};

const unknown = (kind: string, kinds: readonly string[]): UserError => {
  const meant = nearest(kind, kinds);
  const fix = meant === undefined ? advise('All kinds:', FINDINGS_COMMAND) : `Did you mean ${meant}?`;
  return new UserError({ code: 'no-such-kind', what: `There is no finding ${JSON.stringify(kind)}.`, fix });
};

/** Prints what a kind of finding means, its causes and what to do; or lists all kinds, each with the first move. Needs no AWS. */
const finding = async (session: Session, kind: string | undefined): Promise<Answer> => {
  const sections = sectionsOf(await readFile(ownFile(PAGE), 'utf8'));
  const kinds = sections.map((section) => section.kind);
  if (kind === undefined) {
    const firstMoves = Object.fromEntries(sections.map((one) => [one.kind, one.firstMove]));
    const document = { command: 'finding', kinds, firstMoves };
    return { exitCode: FINE, lines: listed(sections, session.screen), document, notes: [] };
  }
  // A message says `pitr-off/Orders`: what stands before the slash is the kind.
  const wanted = kind.split('/')[0];
  const section = sections.find((one) => one.kind === wanted);
  if (section === undefined) throw unknown(kind, kinds);
  const lines = withoutEmptyEnds(shown(section.lines, session));
  return {
    exitCode: FINE,
    lines: [session.screen.paint('strong', section.kind), '', ...lines],
    document: { command: 'finding', kind: section.kind, text: section.lines.join('\n').trim() },
    notes: [],
  };
};

export const findingCommand: CliCommand<{ readonly kind?: string }> = {
  name: 'finding',
  summary: 'what a kind of finding means and what to do about it; needs no AWS',
  argument: new Argument('[kind]', 'as a message names it, such as pitr-off; without it all are listed'),
  run: (session, { kind }) => finding(session, kind),
};
