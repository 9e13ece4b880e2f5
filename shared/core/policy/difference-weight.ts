import type { PolicyAspect, PolicyDifference } from '../../model/deployed-policies.ts';
import { assertNever } from '../../model/errors.ts';
import { HOUR_MS } from '../../model/instant.ts';
import type {
  CopyDestination,
  DrillRule,
  GuardrailLimits,
  PitrPromise,
  Policy,
  Retention,
  VaultRules,
} from '../../model/policy.ts';
import { DRILL_LEVELS } from '../../model/policy.ts';
import { longestIntervalMs } from '../calendar/intervals.ts';
import { mostMsOf } from './schedule-mistake.ts';

/** What a difference does to what is protected, worst first. `lost`: tables get no more backups · `weaker`: something is promised less. */
export const WEIGHTS = ['lost', 'weaker', 'changed', 'stronger'] as const;
export type DifferenceWeight = (typeof WEIGHTS)[number];

/** Two numbers of which more protects more; absent is nothing. */
type Measure = readonly [before: number, after: number];

/** Weaker as soon as one measure falls, whatever the others do. */
const weigh = (measures: readonly Measure[]): DifferenceWeight => {
  if (measures.some(([before, after]) => after < before)) return 'weaker';
  return measures.some(([before, after]) => after > before) ? 'stronger' : 'changed';
};

const measured = <Value>(before: Value, after: Value, measure: (value: Value) => number): Measure => [
  measure(before),
  measure(after),
];

const COUNTS = ['last', 'hourly', 'daily', 'weekly', 'monthly', 'yearly'] as const;

const withinMs = ({ within }: Retention): number => (within === undefined ? 0 : mostMsOf(within));

const ofRetention = (before: Retention, after: Retention): readonly Measure[] => [
  ...COUNTS.map((rule) => measured(before, after, (one) => one[rule] ?? 0)),
  measured(before, after, withinMs),
];

/** Without an end a recovery point stays for longest. */
const deleteAfter = (vault: VaultRules | undefined): number =>
  vault?.deleteAfterDays ?? Number.POSITIVE_INFINITY;

const copiesOf = (vault: VaultRules | undefined): ReadonlyMap<string, CopyDestination> =>
  new Map((vault?.copyTo ?? []).map((one) => [one.vaultArn, one]));

const ofCopies = (before: Policy, after: Policy): readonly Measure[] => {
  const [were, are] = [copiesOf(before.vault), copiesOf(after.vault)];
  return [...new Set([...were.keys(), ...are.keys()])].flatMap((arn): readonly Measure[] => {
    const [was, is] = [were.get(arn), are.get(arn)];
    if (was === undefined || is === undefined) return [[was === undefined ? 0 : 1, is === undefined ? 0 : 1]];
    return ofRetention(was.retention ?? before.retention, is.retention ?? after.retention);
  });
};

const ofPitr = (before: PitrPromise | undefined, after: PitrPromise | undefined): readonly Measure[] => [
  measured(before, after, (one) => one?.recoveryPeriodDays ?? 0),
  measured(before, after, (one) => (one?.onDrift === 'repair' ? 1 : 0)),
];

/** More often is more; for a rule that reads more, `sample` counts only where it reads at all. */
const ofDrill = (before: DrillRule | undefined, after: DrillRule | undefined): readonly Measure[] => [
  measured(before, after, (one) => (one === undefined ? 0 : 1 / one.everyMs)),
  measured(before, after, (one) => (one === undefined ? -1 : DRILL_LEVELS.indexOf(one.level))),
  measured(before, after, (one) => one?.maxSizeBytes ?? 0),
  measured(before, after, (one) => one?.sample ?? 0),
];

/** As often is as often in every zone: a day on which clocks go back is an hour longer, and promises nothing less. */
const intervalOf = ({ schedule }: Policy): number => longestIntervalMs({ schedule, timezone: 'UTC' });

/** An RPO that follows from the schedule has the longest day of its zone in it. */
const CLOCKS_MS = 2 * HOUR_MS;

const ofRpo = (before: Policy, after: Policy): readonly Measure[] => {
  const isOfClocks =
    before.timezone !== after.timezone &&
    before.schedule === after.schedule &&
    Math.abs(before.rpoMs - after.rpoMs) <= CLOCKS_MS;
  return isOfClocks ? [] : [measured(before, after, ({ rpoMs }) => -rpoMs)];
};

const MEASURES: Readonly<Record<PolicyAspect, (before: Policy, after: Policy) => readonly Measure[]>> = {
  engine: () => [],
  vault: (before, after) => [
    ...(before.vault === undefined || after.vault === undefined
      ? []
      : [measured(before.vault, after.vault, deleteAfter)]),
    ...ofCopies(before, after),
  ],
  schedule: (before, after) => [measured(before, after, (one) => -intervalOf(one))],
  retention: (before, after) => ofRetention(before.retention, after.retention),
  rpo: ofRpo,
  pitr: (before, after) => ofPitr(before.pitr, after.pitr),
  rto: (before, after) => [measured(before, after, ({ rtoMs = Number.POSITIVE_INFINITY }) => -rtoMs)],
  drill: (before, after) => ofDrill(before.drill, after.drill),
  // Without it what is left of a deleted table stays for longest.
  afterDeletion: (before, after) => [
    measured(before, after, ({ afterDeletion }) => afterDeletion?.keepMs ?? Number.POSITIVE_INFINITY),
  ],
};

const ofGuardrail = (before: GuardrailLimits, after: GuardrailLimits): readonly Measure[] => [
  measured(before, after, ({ maxShare }) => -maxShare),
  measured(before, after, ({ floor }) => -floor),
];

/** Weighs what a difference does to what is protected: the second of two policy files against the first. */
export const differenceWeight = (difference: PolicyDifference): DifferenceWeight => {
  switch (difference.kind) {
    case 'tag':
    case 'policy-removed':
      return 'lost';
    case 'policy-added':
      return 'stronger';
    case 'guardrail':
      return weigh(ofGuardrail(difference.deployed, difference.given));
    case 'digest':
      return weigh([measured(difference.deployed, difference.given, (one) => (one === undefined ? 0 : 1))]);
    case 'drill-cap':
      return weigh([measured(difference.deployed, difference.given, (one) => one ?? 0)]);
    case 'policy-changed':
      return weigh(MEASURES[difference.aspect](difference.deployed, difference.given));
    case 'setting':
      return 'changed';
    default:
      return assertNever(difference);
  }
};

/** What weighs the same stands in this order; anything else comes after. */
const SETTINGS: readonly string[] = [
  'retention',
  'pitr',
  'schedule',
  'vault',
  'guardrail',
  'rpo',
  'rto',
  'drill',
  'afterDeletion',
];

const settingOf = (difference: PolicyDifference): number => {
  const at = SETTINGS.indexOf(difference.kind === 'policy-changed' ? difference.aspect : difference.kind);
  return at < 0 ? SETTINGS.length : at;
};

/** Sorts differences by what they do to what is protected, worst first. */
export const worstFirst = (differences: readonly PolicyDifference[]): readonly PolicyDifference[] =>
  differences.toSorted(
    (a, b) =>
      WEIGHTS.indexOf(differenceWeight(a)) - WEIGHTS.indexOf(differenceWeight(b)) ||
      (differenceWeight(a) === 'lost' ? 0 : settingOf(a) - settingOf(b)),
  );
