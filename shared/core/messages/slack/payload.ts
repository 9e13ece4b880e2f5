import type {
  ContextBlock,
  HeaderBlock,
  MessageAttachment,
  MrkdwnElement,
  PlainTextElement,
  SectionBlock,
} from '@slack/types';
import { truncate } from './text.ts';

/** Text with Slack's markup. `verbatim`: names and addresses in it are not turned into links. */
export interface SlackMarkup extends MrkdwnElement {
  readonly verbatim: true;
}

export interface SlackHeader extends HeaderBlock {
  readonly text: PlainTextElement & { readonly emoji: false };
}

export interface SlackSection extends SectionBlock {
  readonly text: SlackMarkup;
}

export interface SlackContext extends ContextBlock {
  readonly elements: SlackMarkup[];
}

export type SlackBlock = SlackHeader | SlackSection | SlackContext;

/** Blocks beside a bar of colour. */
export interface SlackAttachment extends MessageAttachment {
  readonly color: string;
  readonly fallback: string;
  readonly blocks: SlackBlock[];
}

/** What an incoming webhook takes. With blocks, `text` is what a notification shows; alone, it is the message. */
export interface SlackPayload {
  readonly text: string;
  readonly blocks?: readonly SlackBlock[];
  readonly attachments?: readonly SlackAttachment[];
  readonly link_names: false;
  readonly unfurl_links: false;
  readonly unfurl_media: false;
}

/** One message in both its forms. */
export interface SlackMessage {
  readonly rich: SlackPayload;
  readonly plain: SlackPayload;
}

/** Slack takes 50 blocks in a message, counted at all levels. */
export const MOST_BLOCKS = 50;

/**
 * Slack takes 3,000 characters in a section.
 * @see https://docs.slack.dev/reference/block-kit/composition-objects/text-object (checked 2026-11-23)
 */
export const SECTION_CHARS = 3_000;

/** Slack takes 150 characters in a header. */
const HEADER_CHARS = 150;

/**
 * The limit for all text of a message, in characters. Slack documents none for blocks together, and refuses them
 * somewhere above 11,000.
 * @see https://github.com/slackapi/bolt-js/issues/2867 (checked 2026-11-23)
 */
export const MESSAGE_CHARS = 9_000;

/** A subject is shorter than this, in characters. */
export const SUBJECT_CHARS = 100;

/** The limit for a message without blocks, in characters: Slack advises 4,000. */
export const PLAIN_CHARS = 3_900;

const QUIET = { link_names: false, unfurl_links: false, unfurl_media: false } as const;

const markup = (text: string): SlackMarkup => ({ type: 'mrkdwn', text, verbatim: true });

/** Builds a header from a title from outside. It is cut to 150 characters, and an empty one becomes `Tablekeeper`. */
export const slackHeader = (title: string): SlackHeader => ({
  type: 'header',
  text: { type: 'plain_text', text: truncate(title, HEADER_CHARS) || 'Tablekeeper', emoji: false },
});

/** Builds a section from text that is already markup. */
export const slackSection = (text: string): SlackSection => ({ type: 'section', text: markup(text) });

/** Builds a line in small type from text that is already markup. */
export const slackContext = (text: string): SlackContext => ({ type: 'context', elements: [markup(text)] });

/** Builds the webhook's payload from a title from outside and the message's parts. */
export const richPayload = (
  title: string,
  parts: Pick<SlackPayload, 'blocks' | 'attachments'>,
): SlackPayload => ({ text: truncate(title, HEADER_CHARS) || 'Tablekeeper', ...parts, ...QUIET });

/**
 * Builds the webhook's payload without blocks from text that is already markup. An empty text becomes `Tablekeeper`.
 */
export const plainPayload = (text: string): SlackPayload => ({
  text: text.trim() === '' ? 'Tablekeeper' : text,
  ...QUIET,
});
