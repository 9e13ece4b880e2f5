import type { CutoverPlan } from '../../shared/core/restore/cutover-input.ts';
import { type Deployment, wholeAdvice } from '../../shared/core/text/whole-command.ts';
import { asAdvice, type Said } from '../../shared/model/advice.ts';
import type { CutoverRecord } from '../../shared/model/cutover.ts';
import { isoInstant } from '../../shared/model/instant.ts';
import { adviceLine } from '../../shared/model/shell.ts';
import { wayBackOf } from '../view/cutover-step-text.ts';
import { headFields, instantField } from './fields.ts';

const wayBackText = (back: Said | undefined, deployment: Deployment): string | undefined =>
  back === undefined ? undefined : adviceLine(wholeAdvice(asAdvice(back), deployment));

/** Builds the document of a plan. */
export const cutoverPlanDocument = (plan: CutoverPlan, instance: string) => ({
  ...headFields('cutover', instance, plan),
  table: plan.old.table,
  tableId: plan.old.tableId,
  restored: plan.restored.table,
  restoredId: plan.restored.tableId,
  choices: plan.choices,
  steps: plan.steps.map((step) => ({
    ...step,
    wayBack: wayBackText(wayBackOf(step, plan.target), { instance, target: plan.target }),
  })),
  notes: plan.notes.map((note) =>
    note.kind === 'lacks-since' ? { ...note, at: isoInstant(note.at) } : note,
  ),
});

/** One cut-over as it was carried out, with the definitions of all that it deleted. */
export const cutoverRecordFields = (record: CutoverRecord) => ({
  ...record,
  plannedAt: isoInstant(record.plannedAt),
  endedAt: instantField(record.endedAt),
  steps: record.steps.map(({ askedAt, at, ...one }) => ({
    ...one,
    askedAt: instantField(askedAt),
    at: instantField(at),
  })),
});
