import type { Severity } from './finding.ts';
import type { Instant } from './instant.ts';
import type { MessageOrigin } from './message-origin.ts';

/** One part of a digest, as lines of plain text. Those of a list begin with `* `. */
export interface DigestSection {
  readonly title: string;
  /** The worst severity in it; absent when all is well. */
  readonly severity?: Severity;
  readonly lines: readonly string[];
}

/** The content of a digest, for readers that render it themselves. Short enough for a chat: the mail lists every table. */
export interface DigestMessage extends MessageOrigin {
  readonly sentAt: Instant;
  readonly sections: readonly DigestSection[];
}

/** A digest as functions that are subscribed to the topic receive it: JSON. */
export interface DigestDocument {
  readonly version: 1;
  readonly subject: string;
  readonly digest: DigestMessage;
}
