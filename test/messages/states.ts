import type { News } from '../../shared/core/alert/news.ts';
import type { Finding, Severity } from '../../shared/model/finding.ts';
import { DAY_MS, HOUR_MS, type Instant } from '../../shared/model/instant.ts';
import type { OpenFinding } from '../../shared/model/memory.ts';
import { decide } from '../support/decide.ts';
import { NOW } from '../support/world.ts';

/** Why a finding is in a message, or why it is not. */
export type State = 'new' | 'worse' | 'reminder' | 'resolved' | 'flapping' | 'muted';

export const STATES: readonly State[] = ['new', 'worse', 'reminder', 'resolved', 'flapping', 'muted'];

const MILDER: Readonly<Record<Severity, Severity>> = { critical: 'warning', warning: 'info', info: 'info' };

const SILENT_MS: Readonly<Record<Severity, number>> = {
  critical: DAY_MS,
  warning: 7 * DAY_MS,
  info: 30 * DAY_MS,
};

const openOf = (finding: Finding, ms: number, severity = finding.severity): OpenFinding => {
  const at: Instant = NOW - ms;
  return { ...finding, severity, since: Math.min(finding.since, at), openedAt: at, notifiedAt: at };
};

/** Builds the news of a run that finds a finding in that state, as the alert decides it. */
export const newsIn = (finding: Finding, state: State): News => {
  const judged = new Set([finding.id]);
  const found = { found: [finding], judged, now: NOW };
  switch (state) {
    case 'new':
      return decide({ ...found, openFindings: [] }).news;
    case 'worse':
      return decide({
        ...found,
        openFindings: [openOf(finding, 5 * HOUR_MS, MILDER[finding.severity])],
      }).news;
    case 'reminder':
      return decide({ ...found, openFindings: [openOf(finding, SILENT_MS[finding.severity])] }).news;
    case 'resolved':
      return decide({ ...found, found: [], openFindings: [openOf(finding, 5 * HOUR_MS)] }).news;
    case 'flapping': {
      const { notifiedAt: _, ...before } = openOf(finding, 9 * HOUR_MS);
      const returns = [NOW - 9 * HOUR_MS, NOW - 6 * HOUR_MS];
      const over = { ...before, returns, resolvedAt: NOW - HOUR_MS };
      return decide({ ...found, openFindings: [], resolvedFindings: [over] }).news;
    }
    case 'muted':
      return decide({ ...found, openFindings: [], isMuted: ({ kind }) => kind !== 'muted' }).news;
  }
};
