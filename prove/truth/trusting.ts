import type { Scene } from '../world/record.ts';
import type { Stream } from './streams.ts';

/** The series with what was made before the schedule was recorded counted as well: an account's first runs cannot tell whether it was asked for. */
export const trusting = (stream: Stream, { forged }: Scene, knownSince: number): Stream => ({
  ...stream,
  isTrusted: ({ backup }) => backup.createdAt <= knownSince && !forged.has(backup.arn),
});
