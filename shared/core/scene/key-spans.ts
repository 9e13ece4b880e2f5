import { DAY_MS, type Instant } from '../../model/instant.ts';
import type { KeySpan } from '../../model/key-span.ts';
import type { Manifest, ManifestHead } from '../../model/manifest.ts';
import type { TableShape } from '../../model/table-settings.ts';

/** As many as fit beside a head; a table that changes its key every month fills them in four years. */
const MOST_SPANS = 50;

/** Older versions do not say when they were last found to hold. A table was read every day, and what was made in the days before a change may need either key. */
const UNCONFIRMED_MS = 2 * DAY_MS;

/** Names the key that an encryption needs and a customer can take away; absent where it is one of AWS's own. */
export const customerKeyOf = (encryption: TableShape['encryption']): Pick<KeySpan, 'keyArn'> =>
  encryption.kind === 'kms' && encryption.isAwsManaged !== true ? { keyArn: encryption.keyArn } : {};

/** Puts spans of one key that follow each other together: a change in between would have been kept. */
const joined = (spans: readonly KeySpan[]): readonly KeySpan[] => {
  const whole: KeySpan[] = [];
  for (const span of spans) {
    const last = whole.at(-1);
    if (last === undefined || last.keyArn !== span.keyArn) whole.push(span);
    else whole[whole.length - 1] = { ...last, until: Math.max(last.until, span.until) };
  }
  return whole;
};

/** A table that never had a customer's key has no spans, which is short. */
const short = (spans: readonly KeySpan[]): readonly KeySpan[] =>
  spans.some(({ keyArn }) => keyArn !== undefined) ? joined(spans).slice(-MOST_SPANS) : [];

/** Reads from the versions of one incarnation under which keys its table stood. */
export const spansOfVersions = (
  versions: readonly Pick<Manifest, 'capturedAt' | 'settings'>[],
): readonly KeySpan[] => {
  const sorted = versions.toSorted((a, b) => a.capturedAt - b.capturedAt);
  return short(
    sorted.flatMap(({ capturedAt: from, settings: { shape } }, at): readonly KeySpan[] => {
      const next = sorted[at + 1]?.capturedAt ?? from;
      const until = Math.max(from, next - UNCONFIRMED_MS);
      return shape === undefined ? [] : [{ ...customerKeyOf(shape.encryption), from, until }];
    }),
  );
};

type KnownHead = Pick<ManifestHead, 'confirmedAt' | 'keys' | 'tableCreatedAt'>;

/** Returns the spans of a head, of which the last one holds until it was last confirmed. */
export const spansOfHead = ({ confirmedAt, keys = [] }: KnownHead): readonly KeySpan[] =>
  keys.map((span, at) =>
    at === keys.length - 1 ? { ...span, until: Math.max(span.until, confirmedAt) } : span,
  );

/** Adds under which key a table was just seen. */
export const withSeenKey = (
  head: KnownHead,
  seen: Pick<KeySpan, 'keyArn'>,
  at: Instant,
): readonly KeySpan[] => {
  const { confirmedAt, keys, tableCreatedAt } = head;
  const ofAws = keys === undefined ? [] : [{ from: tableCreatedAt, until: confirmedAt }];
  const spans = spansOfHead(head);
  const before = spans.length > 0 ? spans : ofAws;
  return short([...before, { ...seen, from: at, until: at }]);
};

/** The keys that something made at an instant may need. */
export interface NeededKeys {
  /** One; the two around it where the table changed its key at about that time; none where only AWS's own are possible. */
  readonly keys: readonly string[];
  /** Whether the table was seen under that one key before and after. */
  readonly isSure: boolean;
}

/** Finds the keys that a backup needs which was made at an instant. A backup stays encrypted with the key that its table had then. */
export const keysNeededAt = (spans: readonly KeySpan[], at: Instant): NeededKeys => {
  const within = spans.find(({ from, until }) => from <= at && at <= until);
  const around = [spans.findLast(({ until }) => until < at), spans.find(({ from }) => from > at)];
  const possible = within === undefined ? around : [within];
  return {
    keys: [...new Set(possible.flatMap((span) => span?.keyArn ?? []))],
    isSure: within !== undefined,
  };
};
