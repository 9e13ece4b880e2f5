import type { Severity } from '../../../model/finding.ts';

/** The bars beside a Slack message. */
export const SLACK_COLOURS: Readonly<Record<Severity | 'good', string>> = {
  critical: '#c9252d',
  warning: '#e8a317',
  info: '#5f7d95',
  good: '#2e8b57',
};
