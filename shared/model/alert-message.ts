import type { Severity } from './finding.ts';
import type { Instant } from './instant.ts';
import type { OpenFinding } from './memory.ts';
import type { MessageOrigin } from './message-origin.ts';

/** Why a finding is in a message: found, got worse, still open, or resolved. */
export type NewsKind = 'opened' | 'worsened' | 'reminders' | 'resolved';

/** A finding as it is reported: itself, or, with a count, all the findings of one cause. */
export interface ToldFinding extends OpenFinding {
  /** How many findings it covers; absent if it is one. */
  readonly count?: number;
  /** In a few words, what and where; absent in what older versions sent. */
  readonly headline?: string;
  /** The incidents that it belongs to, or, resolved, that end with it: of those nothing is left. Absent in what older versions sent. */
  readonly incidents?: readonly string[];
  /** Of how many tables they are; absent where they are of none, or it is one finding. */
  readonly tables?: number;
}

/** How many findings of a kind and a severity a message has no room for. */
export interface LeftOut {
  readonly kind: NewsKind;
  readonly severity: Severity;
  readonly count: number;
}

/** The content of one message, as plain data, for readers that render it themselves. Every list is sorted: worst first. */
export interface AlertMessage extends MessageOrigin, Readonly<Record<NewsKind, readonly ToldFinding[]>> {
  readonly sentAt: Instant;
  /** The IANA zone in which people read a clock; absent where it is UTC alone. */
  readonly timezone?: string | undefined;
  /** What was left out of the lists; empty where nothing was. */
  readonly leftOut: readonly LeftOut[];
}

/** An alert as functions that are subscribed to the topic receive it: JSON. */
export interface AlertDocument {
  readonly version: 1;
  readonly subject: string;
  readonly alert: AlertMessage;
}
