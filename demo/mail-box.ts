import type { Paint } from './paint.ts';
import { ALERT_EMAIL } from './stack.ts';

const INDENT = ' '.repeat(14);
const WIDTH = 80;

/** Formats a mail, whole, as lines in a frame, indented under the timeline. */
export const mailBox = (
  { subject, body }: { readonly subject: string; readonly body: string },
  paint: Paint,
): readonly string[] => {
  const head = `┌─ mail to ${ALERT_EMAIL} `;
  const side = paint.frame('│');
  return [
    paint.frame(head + '─'.repeat(WIDTH - head.length)),
    `${side} ${paint.strong(subject)}`,
    side,
    ...body
      .trimEnd()
      .split('\n')
      .map((line) => `${side} ${line}`.trimEnd()),
    paint.frame(`└${'─'.repeat(WIDTH - 1)}`),
  ].map((line) => INDENT + line);
};

/** Formats every line of a mail's body that is not empty, beside a bar; its subject is above, and is not repeated. */
export const bodyLines = (
  { subject, body }: { readonly subject: string; readonly body: string },
  paint: Paint,
): readonly string[] =>
  body
    .split('\n')
    .filter((line, index) => line.trim() !== '' && !(index === 0 && subject.endsWith(line)))
    .map((line) => `${INDENT}${paint.frame('│')} ${line}`.trimEnd());
