import type { Severity } from '../../../model/finding.ts';
import { capped } from '../../text/words.ts';

/**
 * The most that a message may have, in bytes of JSON in UTF-8. Teams takes 28,672 of its own form of it, and has counted 28,897 where 24,453 were sent;
 * others saw 21,000 as the limit. What is larger is lost after Teams has said that it has it.
 * @see https://github.com/MicrosoftDocs/msteams-docs/issues/11274 (checked 2026-11-28)
 * @see https://rubydoc.info/gems/msteams_hermes/MsTeamsHermes/Message (checked 2026-11-28)
 */
export const MESSAGE_BYTES = 20_000;

/** How a line looks. */
type Look = 'title' | 'heading' | 'plain' | 'strong' | 'small' | 'code';

interface TextRun {
  readonly type: 'TextRun';
  readonly text: string;
  readonly weight?: 'Bolder';
  readonly size?: 'Small' | 'Large';
  readonly isSubtle?: true;
  readonly fontType?: 'Monospace';
}

/**
 * A line. Of all elements with text, only this one shows it as it is: in others it is Markdown, and words from outside could be links.
 * @see https://learn.microsoft.com/en-us/adaptive-cards/schema-explorer/text-run ("Markdown is not supported", since 1.2, checked 2026-11-28)
 */
export interface CardLine {
  readonly type: 'RichTextBlock';
  readonly spacing?: 'None' | 'Small' | 'Medium';
  readonly inlines: readonly TextRun[];
}

/** Lines on a ground whose colour says how severe they are. */
export interface CardPart {
  readonly type: 'Container';
  readonly style: 'attention' | 'warning' | 'accent' | 'good';
  readonly spacing: 'Medium';
  readonly items: readonly CardLine[];
}

interface CardLink {
  readonly type: 'Action.OpenUrl';
  readonly title: string;
  readonly url: string;
}

/** What a workflow takes: a message with one card. */
export interface TeamsMessage {
  readonly type: 'message';
  readonly attachments: readonly [
    {
      readonly contentType: 'application/vnd.microsoft.card.adaptive';
      readonly contentUrl: null;
      readonly content: {
        readonly $schema: 'http://adaptivecards.io/schemas/adaptive-card.json';
        readonly type: 'AdaptiveCard';
        readonly version: '1.2';
        readonly msteams: { readonly width: 'Full' };
        readonly fallbackText: string;
        readonly body: readonly (CardLine | CardPart)[];
        readonly actions?: readonly CardLink[];
      };
    },
  ];
}

const RUNS: Readonly<Record<Look, Omit<TextRun, 'type' | 'text'>>> = {
  title: { weight: 'Bolder', size: 'Large' },
  heading: { weight: 'Bolder', size: 'Small' },
  plain: {},
  strong: { weight: 'Bolder' },
  small: { size: 'Small', isSubtle: true },
  code: { fontType: 'Monospace' },
};

const GROUNDS: Readonly<Record<Severity | 'good', CardPart['style']>> = {
  critical: 'attention',
  warning: 'warning',
  info: 'accent',
  good: 'good',
};

/** The limit for a title, in characters; a subject has fewer. */
const TITLE_CHARS = 150;

/** An address of ours is shorter, in bytes. */
const LINK_BYTES = 1_000;

const encoder = new TextEncoder();

/** Returns how many bytes something takes in a message. */
export const bytesOf = (value: unknown): number => encoder.encode(JSON.stringify(value)).length;

/** Builds a line of text from outside, of at most `chars` characters, however it is marked; a dash where it is empty. */
export const cardLine = (text: string, chars: number, look: Look = 'plain'): CardLine => ({
  type: 'RichTextBlock',
  spacing: look === 'strong' ? 'Medium' : 'Small',
  inlines: [{ type: 'TextRun', text: capped(text, chars) || '-', ...RUNS[look] }],
});

/** Builds lines on a ground. */
export const cardPart = (severity: Severity | 'good', items: readonly CardLine[]): CardPart => ({
  type: 'Container',
  style: GROUNDS[severity],
  spacing: 'Medium',
  items,
});

/** Builds a button that opens an address; none for one that is not https or too long. */
export const cardLink = (url: string | undefined, title: string): readonly CardLink[] =>
  url?.startsWith('https://') === true && bytesOf(url) <= LINK_BYTES && URL.canParse(url)
    ? [{ type: 'Action.OpenUrl', title, url }]
    : [];

/** Builds the message from a title from outside and the parts of the card. */
export const teamsMessage = (
  title: string,
  body: readonly (CardLine | CardPart)[],
  actions: readonly CardLink[] = [],
): TeamsMessage => ({
  type: 'message',
  attachments: [
    {
      contentType: 'application/vnd.microsoft.card.adaptive',
      contentUrl: null,
      content: {
        $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
        type: 'AdaptiveCard',
        version: '1.2',
        msteams: { width: 'Full' },
        fallbackText: capped(title, TITLE_CHARS) || 'Tablekeeper',
        body: [cardLine(title || 'Tablekeeper', TITLE_CHARS, 'title'), ...body],
        ...(actions.length > 0 && { actions }),
      },
    },
  ],
});

/** Returns as many lines as fit into so many bytes, from the front, and how many are left. */
export const linesWithin = (
  lines: readonly CardLine[],
  bytes: number,
): { readonly shown: readonly CardLine[]; readonly rest: number } => {
  let used = 0;
  const tooMany = lines.findIndex((line) => {
    used += bytesOf(line) + 1;
    return used > bytes;
  });
  const shown = tooMany === -1 ? lines : lines.slice(0, tooMany);
  return { shown, rest: lines.length - shown.length };
};
