import type { SettingStep } from '../../model/restore.ts';
import type { ReplicaSettings, TableSettings } from '../../model/table-settings.ts';
import type { RestoreContext, RestoreInput } from './context.ts';
import { expectedSettings, expectedTags } from './expected.ts';
import { insightsSteps, kinesisSteps } from './observer-steps.ts';
import { pitrSteps, policySteps, tagSteps, ttlSteps } from './plain-steps.ts';
import { isSameEncryption } from './same.ts';
import { scalingSteps } from './scaling-steps.ts';
import { throughputSteps, warmSteps } from './throughput-steps.ts';

// Each is an UpdateTable of its own: the service refuses pairs of them.

/** SAFETY: switches deletion protection on whatever the source had. It stays on until a person takes it off after the cut-over. */
export const protectionSteps = ({ live }: RestoreInput): readonly SettingStep[] =>
  live.shape?.deletionProtection === true ? [] : [{ kind: 'deletion-protection', on: true }];

/** Switches the stream on. The service changes no stream's type: one of another type is switched off first, and the new one has another ARN. */
export const streamSteps = ({ expected, live }: RestoreInput): readonly SettingStep[] => {
  const [wanted, has] = [expected.shape?.stream, live.shape?.stream];
  if (wanted === undefined || wanted.viewType === has?.viewType) return [];
  const on: SettingStep = { kind: 'stream', viewType: wanted.viewType };
  return has === undefined ? [on] : [{ kind: 'stream-off', viewType: has.viewType }, on];
};

/** Brings the table class back: every restored table begins as STANDARD. */
export const classSteps = ({ expected, live }: RestoreInput): readonly SettingStep[] => {
  const tableClass = expected.shape?.tableClass;
  return tableClass === undefined || tableClass === live.shape?.tableClass
    ? []
    : [{ kind: 'table-class', tableClass }];
};

/** Brings the key back where the table was restored with another. */
export const encryptionSteps = ({ expected, live }: RestoreInput): readonly SettingStep[] => {
  const encryption = expected.shape?.encryption;
  if (encryption === undefined) return [];
  const has = live.shape?.encryption;
  return has !== undefined && isSameEncryption(encryption, has) ? [] : [{ kind: 'encryption', encryption }];
};

/** What a Region has for itself is set there, once its replica is made. */
const ownSteps = (
  wanted: ReplicaSettings,
  live: ReplicaSettings | undefined,
  context: RestoreContext,
): readonly SettingStep[] => {
  const { region } = wanted;
  const tags = tagSteps({
    expected: { ...(wanted.tags && { tags: expectedTags(wanted.tags, context) }) },
    live: { ...(live?.tags && { tags: live.tags }) },
    context,
  });
  const pitr = pitrSteps({
    expected: { ...(wanted.pitr && { pitr: wanted.pitr }) },
    live: { ...(live?.pitr && { pitr: live.pitr }) },
  });
  // Every replica has the indexes of its table.
  const insights = insightsSteps({
    expected: { ...(wanted.insights && { insights: wanted.insights }) },
    live: { ...(live?.insights && { insights: live.insights }) },
  });
  const isProtected = wanted.deletionProtection !== true || live?.deletionProtection === true;
  return [
    ...(isProtected ? [] : [{ kind: 'deletion-protection', on: true, region } as const]),
    ...[...tags, ...pitr, ...insights].map((step) => ({ ...step, region }) as SettingStep),
  ];
};

/**
 * SAFETY: of a table with strong consistency no replica is made. With its items it could only be of eventual consistency, which never changes again.
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/V2globaltables_HowItWorks.html (checked 2026-11-29)
 */
const mayHaveReplica = ({ expected, context: { takenIn = [] } }: RestoreInput, region: string): boolean =>
  expected.shape?.strongConsistency === undefined && !takenIn.includes(region);

/** Makes each replica again, then gives it what its Region has for itself. */
export const replicaSteps = (input: RestoreInput): readonly SettingStep[] => {
  const { expected, live, context } = input;
  return (expected.replicas ?? []).flatMap((wanted): readonly SettingStep[] => {
    const { region, keyArn, tableClass } = wanted;
    if (region === context.names.to.region) return [];
    const has = live.replicas?.find((replica) => replica.region === region);
    if (has === undefined && !mayHaveReplica(input, region)) return [];
    const make: SettingStep = {
      kind: 'replica',
      region,
      ...(keyArn !== undefined && { keyArn }),
      ...(tableClass !== undefined && { tableClass }),
    };
    return [...(has === undefined ? [make] : []), ...ownSteps(wanted, has, context)];
  });
};

type Steps = (input: RestoreInput) => readonly SettingStep[];

/** A bare copy is still protected, and still opts out. */
const ALWAYS: readonly Steps[] = [protectionSteps, tagSteps];

/**
 * In the order that the service's refusals ask for: what protects the table first; then the changes of the table one by one; then what needs its
 * stream, its capacity and its indexes; TTL last, because it deletes.
 */
const OF_THE_SOURCE: readonly Steps[] = [
  pitrSteps,
  encryptionSteps,
  streamSteps,
  classSteps,
  throughputSteps,
  warmSteps,
  policySteps,
  insightsSteps,
  kinesisSteps,
  scalingSteps,
  replicaSteps,
  ttlSteps,
];

/**
 * Lists the changes that give a restored table the settings of its source, in the order in which they are made. What stands so already makes no
 * step; what could not be read of the restored table does, because whoever makes a step reads first. Alarms, mappings and pipes are not among
 * them: they belong to the cut-over.
 */
export const stepsFor = (
  wanted: Partial<TableSettings>,
  live: Partial<TableSettings>,
  context: RestoreContext,
): readonly SettingStep[] => {
  const input = { expected: expectedSettings(wanted, live, context), live, context };
  const chosen = context.choices.settings === 'none' ? ALWAYS : [...ALWAYS, ...OF_THE_SOURCE];
  return chosen.flatMap((steps) => steps(input));
};
