import type { LedgerCheck } from './ledger-check.ts';
import type { SlackPage } from './slack-box.ts';
import { slackShown } from './slack-shown.ts';
import type { Happening } from './world.ts';

type Mail = Extract<Happening, { readonly kind: 'mail' }>;

/** One finding as a message reports it: why, and its id. */
type Told = string;

interface Block {
  readonly type: string;
  readonly text?: { readonly text: string };
  readonly elements?: readonly { readonly text: string }[];
}

const SECTIONS = ['NEW', 'WORSE', 'STILL OPEN (reminder)', 'RESOLVED'] as const;

/** The mail has each section's name on a line of its own, and each finding's id behind a mark. */
const inMail = ({ body }: Mail): readonly Told[] => {
  let section = '';
  return body.split('\n').flatMap((line) => {
    section = SECTIONS.find((one) => one === line) ?? section;
    const [, id] = /^ {2}Finding: (.+)$/.exec(line) ?? [];
    return id === undefined ? [] : [`${section}: ${id}`];
  });
};

const lastLine = (markup: string): string => slackShown(markup).at(-1) ?? '';

/** In Slack each part begins with its section's name in small print, and each finding ends with its id. */
const inSlack = ({ attachments = [] }: SlackPage): readonly Told[] =>
  (attachments as readonly { readonly blocks: readonly Block[] }[]).flatMap(({ blocks }) => {
    const [heading, ...findings] = blocks;
    const title = slackShown(heading?.elements?.[0]?.text ?? '')[0] ?? '';
    const section = SECTIONS.find((one) => title.startsWith(one));
    return section === undefined
      ? []
      : findings.map(({ text }) => `${section}: ${lastLine(text?.text ?? '')}`);
  });

/** What Slack has no room for, it counts: `And 12 more: see the mail`. */
const countedInSlack = ({ attachments = [] }: SlackPage): number =>
  Number(/And (\d+) more: see the mail/.exec(JSON.stringify(attachments))?.[1] ?? 0);

const differenceOf = (mail: Mail): string | undefined => {
  if (mail.slack === undefined) return `Slack did not take "${mail.subject}"`;
  const [told, shown] = [inMail(mail), inSlack(mail.slack)];
  const onlyInSlack = shown.filter((one) => !told.includes(one));
  const missing = told.filter((one) => !shown.includes(one));
  if (onlyInSlack.length > 0) return `only in Slack: ${onlyInSlack.join(', ')}`;
  const isCounted = missing.length === 0 || countedInSlack(mail.slack) >= missing.length;
  return isCounted ? undefined : `only in the mail: ${missing.join(', ')}`;
};

/** Checks that Slack took each message of a story, and reported the same findings for the same reasons as the mail. */
export const sameTold = (mails: readonly Mail[]): LedgerCheck => ({
  claim: 'Slack took every message, and told of the same findings as the mail',
  contradictions: mails.flatMap((mail) => differenceOf(mail) ?? []),
});
