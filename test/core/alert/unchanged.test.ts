import { expect, it } from 'vitest';
import { unchangedSince } from '../../../shared/core/alert/open.ts';
import { anOpenFinding, NOW } from '../../support/world.ts';

const OPEN = anOpenFinding();
const RESOLVED = { ...OPEN, resolvedAt: NOW - 1 };

it.each([
  { name: 'one that is as it was', before: OPEN, now: OPEN, counts: true },
  {
    name: 'one whose facts changed',
    before: OPEN,
    now: { ...OPEN, fact: 'other', notifiedAt: NOW },
    counts: true,
  },
  { name: 'one that was opened since', before: undefined, now: OPEN, counts: false },
  { name: 'one that was resolved since', before: OPEN, now: RESOLVED, counts: false },
  { name: 'one that came back since', before: RESOLVED, now: { ...OPEN, openedAt: NOW }, counts: false },
  { name: 'one that was resolved, and is so', before: RESOLVED, now: RESOLVED, counts: true },
])('a run can resolve $name: $counts', ({ before, now, counts }) => {
  const openFindings = before === undefined ? [] : [before];
  expect(unchangedSince({ openFindings, resolvedFindings: [] }, [now])).toEqual(counts ? [now] : []);
  expect(unchangedSince({ openFindings: [], resolvedFindings: openFindings }, [now])).toEqual(
    counts ? [now] : [],
  );
});
