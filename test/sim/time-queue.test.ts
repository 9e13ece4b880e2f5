import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createTimeQueue } from '../../sim/time-queue.ts';

/** Few instants, so that many values share one. */
const INSTANT = fc.oneof(fc.integer({ min: 0, max: 5 }), fc.constant(Number.POSITIVE_INFINITY));

const STEP = fc.oneof(
  fc.record({ kind: fc.constant('add' as const), at: INSTANT }),
  fc.record({ kind: fc.constant('cancel' as const), nth: fc.nat({ max: 30 }) }),
  fc.record({ kind: fc.constant('take' as const) }),
);

interface Added {
  readonly at: number;
  readonly value: number;
}

/** The same as a list that is searched from its start at every look. */
const earliest = (list: readonly Added[]): Added | undefined => {
  const firstAt = Math.min(...list.map(({ at }) => at));
  return list.find(({ at }) => at === firstAt);
};

describe('createTimeQueue', () => {
  it('gives the earliest, and values of one instant in the order they were added', () => {
    fc.assert(
      fc.property(fc.array(STEP, { maxLength: 60 }), (steps) => {
        const queue = createTimeQueue<number>();
        const cancels: (() => void)[] = [];
        let list: readonly Added[] = [];
        const take = (): void => {
          const first = earliest(list);
          expect(queue.take()?.value).toBe(first?.value);
          list = list.filter((each) => each !== first);
        };
        for (const step of steps) {
          if (step.kind === 'add') {
            list = [...list, { at: step.at, value: cancels.length }];
            cancels.push(queue.add(step.at, cancels.length));
          } else if (step.kind === 'cancel') {
            cancels[step.nth]?.();
            list = list.filter(({ value }) => value !== step.nth);
          } else take();
          expect(queue.nextAt()).toBe(earliest(list)?.at);
        }
      }),
    );
  });

  it('leaves alone what is cancelled again, or after it was taken', () => {
    const queue = createTimeQueue<string>();
    const cancel = queue.add(1, 'first');
    queue.add(1, 'second');
    expect(queue.take()?.value).toBe('first');
    cancel();
    cancel();
    expect(queue.take()?.value).toBe('second');
    expect(queue.take()).toBeUndefined();
    expect(queue.nextAt()).toBeUndefined();
  });
});
