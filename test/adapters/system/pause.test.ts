import { expect, it } from 'vitest';
import { createPause } from '../../../shared/adapters/system/time.ts';

it('a pause is over before it began, from its end on, and where the clock went backwards', () => {
  const pause = createPause(100);
  expect(pause.isOver(0)).toBe(true);
  pause.begin(1_000);
  expect([1_000, 1_099, 1_100, 999].map((now) => pause.isOver(now))).toEqual([false, false, true, true]);
});
