import type { SeenFinding } from '../../shared/core/explain/first-seen.ts';
import { beganText, isStartKnown, minuteText } from '../../shared/core/text/time.ts';
import type { Instant } from '../../shared/model/instant.ts';

const SENTENCE = { since: 'Since', seen: 'First seen' } as const;
const CLAUSE = { since: 'since', seen: 'first seen' } as const;

/** Writes when a finding began, or where nobody knows that, when it was first seen, which is now where no run has found it. */
export const startText = (finding: SeenFinding, now: Instant, form: 'sentence' | 'clause'): string => {
  const { openedAt = now, since } = finding;
  const words = form === 'sentence' ? SENTENCE : CLAUSE;
  const dated = (at: Instant): string => `${minuteText(at)} (${beganText(at, now)})`;
  if (isStartKnown(since, openedAt)) return `${words.since} ${dated(since)}`;
  return openedAt >= now ? `${words.seen} now` : `${words.seen} ${dated(openedAt)}`;
};
