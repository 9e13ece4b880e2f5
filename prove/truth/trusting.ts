import type { Scene } from '../world/record.ts';
import { knownSince, type Stream } from './streams.ts';

/** The series with what was made before the schedule was recorded counted as well: an account's first runs cannot tell whether it was asked for. */
export const trusting = (stream: Stream, { forged }: Scene, since: ReadonlyMap<string, number>): Stream => ({
  ...stream,
  isTrusted: ({ backup }) => backup.createdAt <= knownSince(stream, since) && !forged.has(backup.arn),
});
