import type { SeenFinding } from '../../shared/core/explain/first-seen.ts';
import { headlineOf } from '../../shared/core/findings/headline.ts';
import { counted, singleLine } from '../../shared/core/text/words.ts';
import type { Finding, Severity } from '../../shared/model/finding.ts';
import { bySeverity, SEVERITIES } from '../../shared/model/finding.ts';
import type { Instant } from '../../shared/model/instant.ts';
import { adviceLines } from './advice-text.ts';
import { type Screen, severityTone } from './colour.ts';
import { paragraph } from './paragraph.ts';
import { startText } from './start-text.ts';

const NOUN: Readonly<Record<Severity, readonly [one: string, many: string]>> = {
  critical: ['critical', 'critical'],
  warning: ['warning', 'warnings'],
  info: ['for information', 'for information'],
};

/** Formats a finding in full as lines: what, the fact, since when, what to do, and its id. */
export const findingLines = (finding: SeenFinding, now: Instant, screen: Screen): readonly string[] => {
  const { paint } = screen;
  const { severity, fact, advice, id } = finding;
  return [
    `  ${paint(severityTone(severity), severity)}  ${paint('strong', headlineOf(finding))}`,
    ...paragraph(fact, '    ', screen),
    `    ${startText(finding, now, 'sentence')}`,
    ...adviceLines(advice, '    ', screen),
    `    ${paint('muted', singleLine(id))}`,
  ];
};

/** Counts findings by severity: `2 findings: 1 critical, 1 warning`, or `No findings`. */
export const findingsSummary = (findings: readonly Finding[], { paint }: Screen): string => {
  if (findings.length === 0) return 'No findings';
  const parts = SEVERITIES.map((severity) => ({
    severity,
    count: findings.filter((finding) => finding.severity === severity).length,
  }))
    .filter(({ count }) => count > 0)
    .map(({ severity, count }) =>
      paint(severityTone(severity), `${count} ${NOUN[severity][count === 1 ? 0 : 1]}`),
    );
  return `${counted(findings.length, 'finding')}: ${parts.join(', ')}`;
};

/** Sorts findings worst first, equals by id. */
export const worstFirst = <One extends Finding>(findings: readonly One[]): readonly One[] =>
  findings.toSorted(bySeverity);

/**
 * Formats the count of findings and each in full, worst first, as blocks to separate by empty
 * lines.
 */
export const findingsBlocks = (
  findings: readonly SeenFinding[],
  now: Instant,
  screen: Screen,
): readonly (readonly string[])[] => [
  [findingsSummary(findings, screen)],
  ...worstFirst(findings).map((finding) => findingLines(finding, now, screen)),
];
