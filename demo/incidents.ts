import { MACHINES } from './incidents/machines.ts';
import { PEOPLE } from './incidents/people.ts';
import type { Incident } from './world.ts';

/** All that happens, in order of time. */
export const INCIDENTS: readonly Incident[] = [...PEOPLE, ...MACHINES].toSorted(
  (a, b) => a.day - b.day || (a.time < b.time ? -1 : 1),
);
