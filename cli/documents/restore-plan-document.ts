import type { Chosen, NameView, Refused } from '../../shared/core/restore/choice.ts';
import type { RestorePlan } from '../../shared/core/restore/restore-plan.ts';
import { assertNever } from '../../shared/model/errors.ts';
import { isoInstant } from '../../shared/model/instant.ts';
import { headFields, instantField } from './fields.ts';
import {
  neighbourFields,
  pointFields,
  possibleFields,
  sourceFields,
  windowFields,
} from './restore-fields.ts';

/** Builds the document of what is possible under a name. */
export const possibleDocument = (view: NameView, instance: string) => ({
  ...headFields('restore', instance, { target: view.target, plannedAt: view.now }),
  table: view.table,
  ...possibleFields(view),
});

const choiceFields = ({ because, asked, at, equals, lackedMs, neighbours, source }: Chosen) => ({
  asked: instantField(asked),
  source: sourceFields(source),
  gives: isoInstant(at),
  because,
  lacksSeconds: lackedMs / 1_000,
  nearestBefore: neighbourFields(neighbours.before),
  nearestAfter: neighbourFields(neighbours.after),
  equals: equals?.map(pointFields),
});

const manifestFields = ({ manifest, gaps }: RestorePlan) =>
  manifest === undefined
    ? undefined
    : {
        capturedAt: isoInstant(manifest.manifest.capturedAt),
        confirmedAt: isoInstant(manifest.manifest.confirmedAt),
        of: manifest.of,
        gaps,
      };

const warningFields = (warning: RestorePlan['warnings'][number]) => {
  switch (warning.kind) {
    case 'other-incarnation':
      return { ...warning, standingSince: instantField(warning.standingSince) };
    case 'deletion-unknown':
      return { ...warning, lastSeenAt: isoInstant(warning.lastSeenAt) };
    case 'later-manifest':
      return { ...warning, capturedAt: isoInstant(warning.capturedAt) };
    case 'key-locked':
      return { ...warning, deletesAt: instantField(warning.deletesAt) };
    case 'was-replica':
      return { ...warning, keptAt: isoInstant(warning.keptAt) };
    case 'nearer-in-another-account':
      return { ...warning, point: pointFields(warning.point) };
    case 'companions':
      return {
        ...warning,
        tables: warning.tables.map(({ table, asOf }) => ({ table, asOf: instantField(asOf) })),
      };
    default:
      return warning;
  }
};

/** One plan, as each of several has it. */
export const restorePlanFields = (plan: RestorePlan) => ({
  table: plan.choice.source.table,
  target: plan.target.name,
  targetNamedBy: plan.target.by,
  targetRegion: plan.targetRegion,
  ...choiceFields(plan.choice),
  overrides: plan.overrides,
  choices: plan.choices,
  roleArn: plan.roleArn,
  manifest: manifestFields(plan),
  steps: plan.steps,
  notReapplied: plan.notReapplied,
  expected: plan.expected,
  cost: plan.cost,
  limits: plan.limits,
  warnings: plan.warnings.map(warningFields),
  possible: possibleFields(plan.choice.view),
});

/** Builds the document of the plans of a restore; of several tables, each has one. */
export const restorePlanDocument = (plans: readonly [RestorePlan, ...RestorePlan[]], instance: string) => ({
  ...headFields('restore', instance, { target: plans[0].choice.view.target, plannedAt: plans[0].plannedAt }),
  plans: plans.map(restorePlanFields),
});

/** What the reason itself knows. */
const reasonFields = (reason: Refused['reason']) => {
  switch (reason.kind) {
    case 'unknown-name':
      return { nearest: reason.nearest };
    case 'not-restorable-yet':
      return { restorableFrom: isoInstant(reason.from) };
    case 'unknown-point':
      return { id: reason.id };
    case 'elsewhere':
    case 'point-of-another-table':
      return { id: reason.id, of: reason.of };
    case 'point-creating':
    case 'point-deleted':
    case 'point-expired':
    case 'point-unclear':
    case 'in-another-region':
      return { point: pointFields(reason.point) };
    case 'in-another-account':
      return { id: reason.id, of: reason.of, point: reason.point && pointFields(reason.point) };
    case 'in-the-future':
    case 'fell-out-of-window':
    case 'nothing-before':
    case 'only-of-others':
    case 'nothing-restorable':
      return {};
    default:
      return assertNever(reason);
  }
};

/** What a refusal adds to the document of its error: what there is instead. */
export const refusalFields = ({ asked, incarnation, neighbours, view, reason }: Refused) => ({
  table: view.table,
  reason: reason.kind,
  ...reasonFields(reason),
  asked: instantField(asked),
  window: windowFields(incarnation?.window),
  nearestBefore: neighbourFields(neighbours.before),
  nearestAfter: neighbourFields(neighbours.after),
  ...possibleFields(view),
});
