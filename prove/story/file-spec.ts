import type { Retention } from '../../shared/model/policy.ts';
import { type DrillSpec, drillText } from './drill-spec.ts';
import { type VaultSpec, vaultText } from './vault-spec.ts';

/** When a policy asks for recovery points, in few enough forms to compute it independently. */
export interface Rhythm {
  readonly minute: number;
  readonly hour: number;
  /** 0 is Sunday. */
  readonly weekday?: number;
  readonly dayOfMonth?: number;
}

/** A policy as data: written out as YAML for Tablekeeper, and read as it is by the bench. */
export interface PolicySpec {
  readonly name: string;
  readonly rhythm: Rhythm;
  readonly retention: Omit<Retention, 'within'>;
  /** Of the calendar, before the hours. */
  readonly withinDays?: number;
  readonly withinHours?: number;
  readonly rpoHours: number;
  readonly pitr?: { readonly days: number; readonly onDrift: 'alert' | 'repair' };
  /** After how many days what is left of a deleted table ends; it stays if absent. */
  readonly afterDeletionDays?: number;
  /** Where its recovery points are, where that is not DynamoDB itself. */
  readonly vault?: VaultSpec;
  readonly drill?: DrillSpec;
}

export interface FileSpec {
  readonly timezone: string;
  readonly guardrail: { readonly maxShare: number; readonly floor: number };
  /** When a digest is asked for, if at all. */
  readonly digest?: Rhythm;
  /** What all drills of a month may cost; some policies have drills where it is given. */
  readonly drillCapUsd?: number;
  readonly policies: readonly PolicySpec[];
}

const cronOf = ({ minute, hour, weekday, dayOfMonth }: Rhythm): string =>
  `${minute} ${hour} ${dayOfMonth ?? '*'} * ${weekday ?? '*'}`;

const withinText = ({ withinDays = 0, withinHours = 0 }: PolicySpec): readonly string[] => {
  const days = withinDays === 0 ? '' : `${withinDays}d`;
  const hours = withinHours === 0 ? '' : `${withinHours}h`;
  return days + hours === '' ? [] : [`within: ${days}${hours}`];
};

const policyText = (policy: PolicySpec): string => {
  const { afterDeletionDays, name, rhythm, retention, rpoHours, pitr, vault, drill } = policy;
  const within = withinText(policy);
  const counts = Object.entries(retention).map(([rule, count]) => `${rule}: ${count}`);
  const promise =
    pitr === undefined
      ? ''
      : `    pitr: { required: true, recoveryPeriodDays: ${pitr.days}, onDrift: ${pitr.onDrift} }\n`;
  return (
    `  ${name}:\n    schedule: "${cronOf(rhythm)}"\n    rpo: ${rpoHours}h\n` +
    `    retention: { ${[...counts, ...within].join(', ')} }\n${promise}${afterDeletionDays === undefined ? '' : `    afterDeletion: { keep: ${afterDeletionDays}d }\n`}${vault === undefined ? '' : vaultText(vault)}` +
    (drill === undefined ? '' : drillText(drill))
  );
};

/** The text that a person would write. */
export const policiesText = ({ timezone, guardrail, digest, drillCapUsd, policies }: FileSpec): string =>
  `timezone: ${timezone}\nguardrail: { maxShare: ${guardrail.maxShare}, floor: ${guardrail.floor} }\n` +
  (digest === undefined ? '' : `digest: { schedule: "${cronOf(digest)}" }\n`) +
  (drillCapUsd === undefined ? '' : `drills: { maxMonthlyUsd: ${drillCapUsd} }\n`) +
  `policies:\n${policies.map(policyText).join('')}`;
