import { assertNever } from '../../shared/model/errors.ts';
import type { Severity } from '../../shared/model/finding.ts';
import type { VerdictStatus } from '../../shared/model/plan.ts';

/** What a piece of text means for its reader; a terminal may show it as a colour. */
export type Tone = 'good' | 'bad' | 'warning' | 'muted' | 'strong';

/** Gives a piece of text its tone. The text keeps its width: colours take no room. */
export type Paint = (tone: Tone, text: string) => string;

/** What text is shown on: how it is painted, and where lines end, in characters; without a width no line is ever broken. */
export interface Screen {
  readonly paint: Paint;
  readonly width?: number;
}

/** Paints nothing: for files, pipes and people who want none. */
export const plainPaint: Paint = (_tone, text) => text;

/** Given a severity, returns its tone. */
export const severityTone = (severity: Severity): Tone => {
  switch (severity) {
    case 'critical':
      return 'bad';
    case 'warning':
      return 'warning';
    case 'info':
      return 'muted';
    default:
      return assertNever(severity);
  }
};

/** Given a verdict's status, returns its tone. At the edge what is unknown is no better than what is at risk. */
export const verdictTone = (status: VerdictStatus): Tone => {
  switch (status) {
    case 'protected':
      return 'good';
    case 'unprotected':
      return 'bad';
    case 'at-risk':
    case 'unknown':
      return 'warning';
    default:
      return assertNever(status);
  }
};
