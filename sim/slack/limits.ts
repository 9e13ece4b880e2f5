type Fields = Readonly<Record<string, unknown>>;

/** Slack's word for what is wrong with a message, as it answers it; undefined where nothing is. */
export type Refusal =
  | 'invalid_blocks'
  | 'invalid_payload'
  | 'msg_blocks_too_long'
  | 'no_text'
  | 'too_many_attachments';

/** @see https://docs.slack.dev/reference/block-kit/blocks (checked 2026-11-25) */
const MOST_BLOCKS = 50;
const SECTION_CHARS = 3_000;
const MOST_FIELDS = 10;
const FIELD_CHARS = 2_000;
const HEADER_CHARS = 150;
const MOST_ELEMENTS = 10;
const MOST_ATTACHMENTS = 100;

/**
 * All text of the blocks of a message, in characters.
 * @see https://github.com/slackapi/bolt-js/issues/2867 (checked 2026-11-23)
 */
const ALL_CHARS = 11_000;

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isListOf = (value: unknown, least: number, most: number): value is readonly unknown[] =>
  Array.isArray(value) && value.length >= least && value.length <= most;

const isText = (value: unknown, most: number, ...types: readonly string[]): boolean =>
  isFields(value) &&
  types.includes(String(value.type)) &&
  typeof value.text === 'string' &&
  value.text.length >= 1 &&
  value.text.length <= most;

const isSection = ({ text, fields }: Fields): boolean => {
  if (text === undefined && fields === undefined) return false;
  if (text !== undefined && !isText(text, SECTION_CHARS, 'mrkdwn', 'plain_text')) return false;
  if (fields === undefined) return true;
  return (
    isListOf(fields, 1, MOST_FIELDS) &&
    fields.every((field) => isText(field, FIELD_CHARS, 'mrkdwn', 'plain_text'))
  );
};

const isContext = ({ elements }: Fields): boolean =>
  isListOf(elements, 1, MOST_ELEMENTS) &&
  elements.every((element) => isText(element, SECTION_CHARS, 'mrkdwn', 'plain_text'));

const isBlock = (block: unknown): boolean => {
  if (!isFields(block)) return false;
  switch (block.type) {
    case 'section':
      return isSection(block);
    case 'context':
      return isContext(block);
    case 'header':
      return isText(block.text, HEADER_CHARS, 'plain_text');
    case 'divider':
      return true;
    default:
      return false;
  }
};

const charsOf = (value: unknown): number => {
  if (Array.isArray(value)) return value.reduce((sum: number, one) => sum + charsOf(one), 0);
  if (!isFields(value)) return 0;
  const own = typeof value.text === 'string' ? value.text.length : 0;
  return Object.values(value).reduce((sum: number, one) => sum + charsOf(one), own);
};

const blocksOf = (value: unknown): readonly unknown[] | undefined => {
  if (value === undefined) return [];
  return Array.isArray(value) ? value : undefined;
};

/** The blocks of a message, wherever in it they stand; undefined where something else stands in their place. */
const allBlocks = ({ blocks, attachments = [] }: Fields): readonly unknown[] | undefined => {
  if (!Array.isArray(attachments) || !attachments.every(isFields)) return undefined;
  const lists = [blocks, ...attachments.map((attachment: Fields) => attachment.blocks)].map(blocksOf);
  return lists.some((list) => list === undefined) ? undefined : lists.flatMap((list) => list ?? []);
};

/**
 * Checks what was posted to an incoming webhook, as far as Slack's documentation and its users say. Knows the blocks
 * `header`, `section`, `context` and `divider`, and plain attachments around them.
 */
export const refusalOf = (payload: unknown): Refusal | undefined => {
  if (!isFields(payload)) return 'invalid_payload';
  if (Array.isArray(payload.attachments) && payload.attachments.length > MOST_ATTACHMENTS)
    return 'too_many_attachments';
  const blocks = allBlocks(payload);
  if (blocks === undefined || blocks.length > MOST_BLOCKS || !blocks.every(isBlock)) return 'invalid_blocks';
  if (charsOf(blocks) > ALL_CHARS) return 'msg_blocks_too_long';
  const hasText = typeof payload.text === 'string' && payload.text.trim() !== '';
  return hasText || blocks.length > 0 ? undefined : 'no_text';
};
