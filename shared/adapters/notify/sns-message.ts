import type {
  AlertDocument,
  AlertMessage,
  LeftOut,
  NewsKind,
  ToldFinding,
} from '../../model/alert-message.ts';
import type { DigestDocument } from '../../model/digest-message.ts';
import type { Severity } from '../../model/finding.ts';
import type { Message } from '../../ports/messages.ts';

/** Letters as people see them: a letter with its accents, a family of emoji. */
const letters = new Intl.Segmenter('und', { granularity: 'grapheme' });

/** A letter may be piled up without end; one longer than this, in bytes, is cut between its characters. */
const LONGEST_LETTER_BYTES = 256;

const CUT = '\n...\n';

/** The longest prefix of at most so many bytes of UTF-8 that ends between two characters. */
const prefixWithin = (text: string, bytes: number): string => {
  const buffer = Buffer.from(text);
  let end = Math.min(bytes, buffer.length);
  // The bytes of a character after its first begin with the bits 10.
  while (end > 0 && ((buffer[end] ?? 0) & 0b1100_0000) === 0b1000_0000) end -= 1;
  return buffer.toString('utf8', 0, end);
};

/** Truncates text to so many bytes of UTF-8. The cut is shown, and splits neither a character nor, if possible, what people see as one letter. */
export const withinBytes = (text: string, bytes: number): string => {
  if (Buffer.byteLength(text) <= bytes) return text;
  const prefix = prefixWithin(text, bytes - CUT.length);
  const from = Math.max(0, prefix.length - LONGEST_LETTER_BYTES);
  const around = text.slice(from, prefix.length + LONGEST_LETTER_BYTES);
  const letter = letters.segment(around).containing(prefix.length - from);
  const end = letter === undefined || letter.index === 0 ? prefix.length : from + letter.index;
  return prefix.slice(0, end) + CUT;
};

/** What Publish takes besides the topic. */
export interface SnsMessage {
  readonly Subject: string;
  readonly Message: string;
  readonly MessageStructure?: 'json';
}

/** What SNS takes of a message, 262,144 bytes for all protocols together, less a margin for the subject. */
const MOST_BYTES = 262_144 - 1_024;

const KINDS: readonly NewsKind[] = ['opened', 'worsened', 'reminders', 'resolved'];
const SEVERITIES: readonly Severity[] = ['critical', 'warning', 'info'];

interface Entry {
  readonly kind: NewsKind;
  readonly finding: ToldFinding;
}

/** Resolved findings matter least. */
const rankOf = ({ kind, finding }: Entry): number =>
  kind === 'resolved' ? SEVERITIES.length : SEVERITIES.indexOf(finding.severity);

const worstFirst = (alert: AlertMessage): readonly Entry[] =>
  KINDS.flatMap((kind) => alert[kind].map((finding) => ({ kind, finding }))).toSorted(
    (a, b) => rankOf(a) - rankOf(b),
  );

/** One entry may stand for many findings. */
const sumOf = (entries: readonly Entry[]): number =>
  entries.reduce((sum, { finding: { count = 1 } }) => sum + count, 0);

const countsOf = (entries: readonly Entry[]): readonly LeftOut[] =>
  KINDS.flatMap((kind) =>
    SEVERITIES.map((severity) => ({
      kind,
      severity,
      count: sumOf(entries.filter((one) => one.kind === kind && one.finding.severity === severity)),
    })),
  ).filter(({ count }) => count > 0);

const withWorst = (alert: AlertMessage, entries: readonly Entry[], count: number): AlertMessage => {
  const kept = entries.slice(0, count);
  const of = (kind: NewsKind) => kept.filter((one) => one.kind === kind).map(({ finding }) => finding);
  return {
    ...alert,
    opened: of('opened'),
    worsened: of('worsened'),
    reminders: of('reminders'),
    resolved: of('resolved'),
    leftOut: [...alert.leftOut, ...countsOf(entries.slice(count))],
  };
};

const structured = ({ body }: Message, document: AlertDocument | DigestDocument): string =>
  JSON.stringify({ default: body, lambda: JSON.stringify(document) });

const taken = (text: string): string | undefined =>
  Buffer.byteLength(text) <= MOST_BYTES ? text : undefined;

/** The longest text that is taken, of up to `most` entries, where fewer fit whenever more do; undefined when not even none does. */
const longest = (most: number, textOf: (count: number) => string): string | undefined => {
  let best = taken(textOf(most));
  let [low, high] = best === undefined ? [-1, most] : [most, most];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    const text = taken(textOf(middle));
    [low, high] = text === undefined ? [low, middle] : [middle, high];
    best = text ?? best;
  }
  return best;
};

/** The text for functions beside the text for everyone, with as much of an alert as fits; undefined if nothing does. */
const textForBoth = (message: Message): string | undefined => {
  const { subject, alert, digest } = message;
  if (digest !== undefined) return taken(structured(message, { version: 1, subject, digest }));
  if (alert === undefined) return undefined;
  const entries = worstFirst(alert);
  return longest(entries.length, (count) =>
    structured(message, { version: 1, subject, alert: withWorst(alert, entries, count) }),
  );
};

/**
 * Formats a message for SNS: the text for everyone and, for functions, an `AlertDocument` or a `DigestDocument`. If both are too long together, the
 * document keeps the worst findings and counts the rest; if there is no room for it, or no such document, the text goes alone, truncated if
 * necessary, because half a message is better than none. Sizes are in bytes of UTF-8.
 * @see https://docs.aws.amazon.com/sns/latest/api/API_Publish.html (checked 2026-11-23)
 */
export const snsMessageOf = (message: Message): SnsMessage => {
  const alone = { Subject: message.subject, Message: withinBytes(message.body, MOST_BYTES) };
  const both = textForBoth(message);
  return both === undefined ? alone : { ...alone, Message: both, MessageStructure: 'json' };
};
