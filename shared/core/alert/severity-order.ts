import type { Finding, Severity } from '../../model/finding.ts';

/** Worst first. */
export const SEVERITIES: readonly Severity[] = ['critical', 'warning', 'info'];

/** Given two severities, returns whether the first is worse. */
export const isWorse = (one: Severity, than: Severity): boolean =>
  SEVERITIES.indexOf(one) < SEVERITIES.indexOf(than);

/** Sorts findings: worst first, then by id. */
export const bySeverity = (a: Finding, b: Finding): number =>
  SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity) || (a.id < b.id ? -1 : 1);
