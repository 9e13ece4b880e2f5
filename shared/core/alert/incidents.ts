import type { OpenFinding } from '../../model/memory.ts';

/**
 * Names the incident that a finding belongs to: findings of one kind that were first reported together are one, for services that keep a record of each
 * problem until it ends. The name stays as long as people count it as open, through reminders and while it comes and goes silently.
 */
export const incidentOf = ({ kind, openedAt, incidentAt = openedAt }: OpenFinding): string =>
  `${kind}@${incidentAt}`;

/** Returns the incidents of findings, each once, in their order. */
export const incidentsOf = (findings: readonly OpenFinding[]): readonly string[] => [
  ...new Set(findings.map(incidentOf)),
];

/** Returns the incidents of resolved findings that end with them: those of which nothing is left that was reported. */
export const endedIncidents = (
  resolved: readonly OpenFinding[],
  reported: readonly OpenFinding[],
): readonly string[] => {
  const open = new Set(reported.map(incidentOf));
  return incidentsOf(resolved).filter((incident) => !open.has(incident));
};
