import type { Severity } from '../../../model/finding.ts';
import { shortHash } from '../../text/digest.ts';
import { capped } from '../../text/words.ts';

/**
 * What PagerDuty takes, without the key, which is a secret.
 * @see https://github.com/PagerDuty/developer-docs/blob/main/docs/events-API-v2/02-Trigger-Events.md (checked 2026-11-28)
 */
export interface PagerdutyEvent {
  readonly event_action: 'trigger' | 'resolve';
  readonly dedup_key: string;
  readonly client?: string;
  readonly payload?: PagerdutyPayload;
  readonly links?: readonly { readonly href: string; readonly text: string }[];
}

export interface PagerdutyPayload {
  readonly summary: string;
  readonly source: string;
  readonly severity: Severity;
  readonly timestamp?: string;
  readonly component?: string;
  readonly group?: string;
  readonly class?: string;
  readonly custom_details: Readonly<Record<string, unknown>>;
}

/** PagerDuty takes 1,024 characters in a summary and 255 in a key (the page above). Half as many, for it may count letters outside the plane of most as two. */
const SUMMARY_CHARS = 512;
const KEY_CHARS = 255;

/**
 * A text from outside in the details, in characters. An event may have 512 KB; a message on the topic, of which it is made, has half as many.
 * @see https://github.com/PagerDuty/developer-docs/blob/main/docs/events-API-v2/01-Overview.md (checked 2026-11-28)
 */
export const DETAIL_CHARS = 2_000;

/** Room in a cut key for what keeps it apart from others. */
const HASH_CHARS = 20;

/** Names an incident in at most 255 characters: cut, it ends with a hash of the whole. */
export const dedupKey = (...parts: readonly string[]): string => {
  const key = parts.join('/');
  return key.length <= KEY_CHARS ? key : `${key.slice(0, KEY_CHARS - HASH_CHARS)}#${shortHash(key)}`;
};

/** Builds an event that opens an incident, or is added to the one that is open under its key. */
export const trigger = (
  key: string,
  payload: PagerdutyPayload,
  links: readonly { readonly href: string; readonly text: string }[] = [],
): PagerdutyEvent => ({
  event_action: 'trigger',
  dedup_key: key,
  client: 'Tablekeeper',
  payload: { ...payload, summary: capped(payload.summary, SUMMARY_CHARS) || 'Tablekeeper' },
  ...(links.length > 0 && { links }),
});

/** Builds an event that ends the incident under a key. PagerDuty drops it where none is open. */
export const resolve = (key: string): PagerdutyEvent => ({ event_action: 'resolve', dedup_key: key });
