import type { Reading } from '../../ports/inventory.ts';
import { failureOf } from './errors.ts';

/**
 * Given an operation's name and a call that gives a value, or in words what is wrong with the answer, returns the reading. At the edge
 * `missing` is the service's own word for a thing that is not there, and nothing else is.
 */
export const readingOf = async <Value extends object>(
  operation: string,
  call: () => Promise<Value | string>,
): Promise<Reading<Value>> => {
  try {
    const value = await call();
    if (typeof value === 'string') return { kind: 'unreadable', reason: `${operation}: ${value}` };
    return { kind: 'found', value };
  } catch (error) {
    const { kind, reason } = failureOf(operation, error);
    if (kind === 'not-found') return { kind: 'missing' };
    return { kind: 'unreadable', reason, ...(kind === 'out-of-time' && { deferred: true }) };
  }
};
