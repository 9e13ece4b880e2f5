import { wrapText } from '../shared/core/text/wrap.ts';
import type { Paint } from './paint.ts';
import { slackShown } from './slack-shown.ts';

/** Under the timeline, as mails are. */
const INDENT = ' '.repeat(14);

const WIDTH = 80;

/** What of a message Slack shows, as far as this terminal knows it. */
export interface SlackPage {
  readonly blocks?: readonly unknown[];
  readonly attachments?: readonly unknown[];
}

interface Block {
  readonly type: string;
  readonly text?: { readonly text: string };
  readonly elements?: readonly { readonly text: string }[];
}

interface Attachment {
  readonly color: string;
  readonly blocks: readonly Block[];
}

const markupOf = ({ text, elements = [] }: Block): string =>
  text === undefined ? elements.map((element) => element.text).join(' ') : text.text;

/** Prose is broken into lines as a window does; commands stay as they are. */
const broken = (line: string, isCode: boolean): readonly string[] =>
  isCode ? [`  ${line}`] : wrapText(line);

const linesOf = (block: Block, paint: Paint): readonly string[] => {
  if (block.type === 'header') return wrapText(slackShown(markupOf(block)).join(' ')).map(paint.strong);
  let isCode = false;
  const lines = markupOf(block).split('\n');
  return lines.flatMap((line) => {
    if (line === '```') {
      isCode = !isCode;
      return [];
    }
    const [shown = ''] = slackShown(line);
    const isBold = /^\*.+\*$/.test(line);
    return broken(shown, isCode).map((text) => {
      if (isBold) return paint.strong(text);
      return block.type === 'context' ? paint.faint(text) : text;
    });
  });
};

/** Formats a message posted to Slack as Slack shows it: title, small print, and beside each part a bar in its colour. */
export const slackBox = ({ blocks = [], attachments = [] }: SlackPage, paint: Paint): readonly string[] => {
  const head = '┌─ Slack, #alerts ';
  const side = paint.frame('│');
  const above = (blocks as readonly Block[]).flatMap((block) => linesOf(block, paint));
  const beside = (attachments as readonly Attachment[]).flatMap(({ color, blocks: ofColour }) => [
    '',
    ...ofColour
      .flatMap((block) => linesOf(block, paint))
      .map((line) => `${paint.bar(color)} ${line}`.trimEnd()),
  ]);
  return [
    paint.frame(head + '─'.repeat(WIDTH - head.length)),
    ...[...above, ...beside].map((line) => `${side} ${line}`.trimEnd()),
    paint.frame(`└${'─'.repeat(WIDTH - 1)}`),
  ].map((line) => INDENT + line);
};
