import { readFile } from 'node:fs/promises';
import { UserError } from '../shared/model/errors.ts';
import { type Instant, isoInstant } from '../shared/model/instant.ts';
import type { Target } from '../shared/model/target.ts';

/** The account and the Region that the samples are written with. */
const SAMPLE: Target = { accountId: '111122223333', region: 'us-east-1' };

/** Reads a file with an event. Throws a `UserError` if it is not JSON. */
export const readEvent = async (file: string): Promise<string> => {
  try {
    const text = await readFile(file, 'utf8');
    return JSON.stringify(JSON.parse(text));
  } catch (error) {
    const what = 'The event cannot be read as JSON.';
    const fix = 'Give a file of events/, or another, with --event FILE.';
    throw new UserError({ code: 'event-file', what, where: { file }, fix }, { cause: error });
  }
};

/** Rewrites an event to the account and the Region at hand. */
export const eventHere = (text: string, { accountId, region }: Target): string =>
  text.replaceAll(SAMPLE.accountId, accountId).replaceAll(SAMPLE.region, region);

/**
 * SAFETY: not for an event that a person gives, because one from the future deletes nothing. Rewrites a sample, which has a fixed day, to the current
 * time.
 */
export const eventNow = (text: string, now: Instant): string => {
  const event = JSON.parse(text) as Record<string, unknown>;
  return JSON.stringify('time' in event ? { ...event, time: isoInstant(now) } : event);
};
