import { spanText } from '../../shared/core/restore/moment-text.ts';
import { bytesText } from '../../shared/core/text/bytes.ts';
import type { RestoreProgress } from '../../shared/run/restore/deps.ts';
import { type Stream, sanitizeTerminal } from '../terminal.ts';

const ERASE_LINE = '\r\u001b[K';

const stateText = ({ record, status, waitsFor }: RestoreProgress): string => {
  const done = record.steps.filter(
    ({ outcome }) => outcome !== undefined && outcome.kind !== 'deferred',
  ).length;
  if (record.steps.length > 0) return `settings ${done} of ${record.steps.length}`;
  return status ?? (waitsFor === undefined ? 'asked for, not to be seen yet' : 'waiting');
};

/** Formats where a restore is: name, state, elapsed time, size, and what it waits for. */
export const restoreProgressLine = (progress: RestoreProgress): string => {
  const { record, now, sizeBytes, waitsFor } = progress;
  return [
    record.targetTable,
    stateText(progress),
    `${spanText(now - (record.askedAt ?? record.plannedAt))} so far`,
    ...(sizeBytes === undefined || sizeBytes === 0 ? [] : [bytesText(sizeBytes)]),
    ...(waitsFor === undefined ? [] : [`waits: ${waitsFor}`]),
  ].join(' · ');
};

/**
 * Shows how far a restore is: one line that is written over on a terminal; elsewhere a line for each new state, so that a log shows
 * what happened without a line for each look.
 */
export const restoreProgress = (stream: Stream): ((progress: RestoreProgress) => void) => {
  let last = '';
  return (progress) => {
    const text = restoreProgressLine(progress);
    if (stream.isTerminal) {
      stream.write(`${ERASE_LINE}${sanitizeTerminal(text).slice(0, (stream.columns ?? 80) - 1)}`);
      return;
    }
    const state = `${progress.record.targetTable} ${stateText(progress)}`;
    if (state === last) return;
    last = state;
    stream.write(`${sanitizeTerminal(text)}\n`);
  };
};
