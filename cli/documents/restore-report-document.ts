import { optInAdvice } from '../../shared/core/restore/opted-out.ts';
import { type Command, withCommands } from '../../shared/model/advice.ts';
import { failureText } from '../../shared/model/failure.ts';
import type { RestoreRecord } from '../../shared/model/restore.ts';
import type { RestoreReport } from '../view/restore-report-text.ts';
import { instantField } from './fields.ts';
import { sourceFields } from './restore-fields.ts';

/** Builds the fields of one restore, as its record has it. */
export const recordFields = (record: RestoreRecord) => ({
  id: record.id,
  source: sourceFields(record.source),
  targetTable: record.targetTable,
  targetRegion: record.targetRegion,
  roleArn: record.roleArn,
  jobId: record.jobId,
  phase: record.phase,
  plannedAt: instantField(record.plannedAt),
  askedAt: instantField(record.askedAt),
  activeAt: instantField(record.activeAt),
  endedAt: instantField(record.endedAt),
  result: record.result,
  failure: record.failure === undefined ? undefined : failureText(record.failure),
  failed: record.failure,
  items: record.items,
  steps: record.steps,
});

/** Builds the fields of what a restore came to; what else a person can do has its commands completed. */
export const reportFields = (
  { end, comparisons, areSettingsKnown, optedOut, setSince }: RestoreReport,
  complete: (command: Command) => Command = (command) => command,
) => ({
  ...recordFields(end.record),
  areSettingsKnown,
  finished: end.kind === 'ended',
  why: end.kind === 'unfinished' ? end.why : undefined,
  advice: end.kind === 'unfinished' && end.fix !== undefined ? withCommands(end.fix, complete) : undefined,
  optedOut:
    optedOut === undefined
      ? undefined
      : { tag: optedOut.tag, advice: withCommands(optInAdvice(optedOut), complete) },
  setSince,
  settings: comparisons,
});
