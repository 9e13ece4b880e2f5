import type { FindingKind } from '../../model/finding.ts';

/** The kinds that are seen in what drills came to: while one is open, that is read. */
export const DRILL_KINDS: readonly FindingKind[] = [
  'drill-cap-reached',
  'drill-failed',
  'drill-overdue',
  'drill-table-left-over',
  'restore-slower-than-rto',
];
