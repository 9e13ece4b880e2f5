import { isNotBack } from '../../shared/core/restore/verdict.ts';
import { type Answer, FINDINGS, FINE } from '../answer.ts';
import { reportFields } from '../documents/restore-report-document.ts';
import type { Session } from '../session.ts';
import { type RestoreReport, restoreReportLines } from '../view/restore-report-text.ts';

/** Whether all is as it was, or as the person chose. What is not known is not right. */
const isRight = ({ end, comparisons, areSettingsKnown }: RestoreReport): boolean =>
  end.kind === 'ended' &&
  end.record.result === 'restored' &&
  areSettingsKnown &&
  comparisons.every(({ verdict }) => verdict.kind !== 'gap' && !isNotBack(verdict));

/** Answers with what restores came to. */
export const reportAnswer = (reports: readonly RestoreReport[], { screen }: Session): Answer => ({
  exitCode: reports.every(isRight) ? FINE : FINDINGS,
  lines:
    reports.length === 0
      ? ['No restore is under way.']
      : reports.flatMap((report, at) => [...(at > 0 ? [''] : []), ...restoreReportLines(report, screen)]),
  document: { command: 'restore', restores: reports.map((report) => reportFields(report, screen.complete)) },
  notes: [],
});

/** Answers where a person did not agree, or chose nothing. */
export const nothingDone = (): Answer => ({
  exitCode: FINE,
  lines: ['Nothing was restored.'],
  document: { command: 'restore', restores: [] },
  notes: [],
});
