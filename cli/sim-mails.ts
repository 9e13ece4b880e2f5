import { minuteText } from '../shared/core/text/time.ts';
import type { SimAccount } from '../sim/account.ts';
import type { Delivery } from '../sim/inbox.ts';
import { textOf } from './print.ts';
import { sanitizeTerminal } from './sanitize-terminal.ts';
import type { Session } from './session.ts';

const LOOK_EVERY_MS = 200;

const mailLines = ({ at, subject, message }: Delivery, { screen }: Session): readonly string[] => [
  '',
  screen.paint('strong', `Mail of ${minuteText(at)}: ${subject}`),
  '',
  ...message
    .trimEnd()
    .split('\n')
    .map((line) => `  ${line}`.trimEnd()),
  '',
];

/** Shows each mail of a simulated account once, soon after it was sent; returns a function that stops this and shows the last ones. */
export const showMails = ({ inbox }: SimAccount, session: Session): (() => void) => {
  const { json = false } = session.options;
  let shown = 0;
  const showNew = (): void => {
    const mails = inbox.messages.slice(shown);
    shown = inbox.messages.length;
    const stream = json ? session.terminal.stderr : session.terminal.stdout;
    stream.write(sanitizeTerminal(textOf(mails.flatMap((mail) => mailLines(mail, session)))));
  };
  const timer = setInterval(showNew, LOOK_EVERY_MS);
  return () => {
    clearInterval(timer);
    showNew();
  };
};
