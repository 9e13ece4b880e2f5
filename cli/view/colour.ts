import type { Command } from '../../shared/model/advice.ts';
import { assertNever } from '../../shared/model/errors.ts';
import type { Severity } from '../../shared/model/finding.ts';
import type { VerdictStatus } from '../../shared/model/plan.ts';

/** What a piece of text means for its reader; a terminal may show it as a colour. */
export type Tone = 'good' | 'bad' | 'warning' | 'muted' | 'strong';

/** Applies a tone to a piece of text. The text keeps its width: colours take no room. */
export type Paint = (tone: Tone, text: string) => string;

/**
 * What text is shown on: how it is painted, and its width in characters; without a width no line is
 * broken.
 */
export interface Screen {
  readonly paint: Paint;
  readonly width?: number;
  /** Completes a command so that it can be pasted; without it commands are shown as they are. */
  readonly complete?: (command: Command) => Command;
}

/** Paints nothing: for files, pipes and people who turn colours off. */
export const plainPaint: Paint = (_tone, text) => text;

/** Maps a severity to its tone. */
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

/** Maps a verdict's status to its tone. `unknown` ranks no better than `at-risk`. */
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
