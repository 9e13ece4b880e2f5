import type { CutoverChoices, CutoverRecord, CutoverStep } from '../../model/cutover.ts';
import { UserError } from '../../model/errors.ts';
import { type Instant, isoInstant } from '../../model/instant.ts';
import type { SettingsReading } from '../../model/manifest.ts';
import type { SettingStep } from '../../model/restore.ts';
import type { SettingComparison } from '../../model/setting-comparison.ts';
import type { Attachment } from '../../model/table-settings.ts';
import { type Target, tableArn } from '../../model/target.ts';
import { compareSettings } from './compare.ts';
import type { RestoreContext } from './context.ts';
import { alarmSteps, newNameOf } from './cutover-alarms.ts';
import { readerSteps } from './cutover-readers.ts';
import { isSame } from './same.ts';
import { stepsFor } from './steps.ts';

/** One of the two tables of a cut-over, as it was seen. */
export interface SeenTable {
  readonly table: string;
  readonly tableId: string;
  readonly status: string;
  readonly read: SettingsReading;
}

/** What a cut-over is decided from. */
export interface CutoverInput {
  readonly target: Target;
  readonly now: Instant;
  readonly policyTag: string;
  readonly old: SeenTable;
  readonly restored: SeenTable;
  readonly choices: CutoverChoices;
  /** Whether the restored table is known to come from the old one. */
  readonly isKnownCopy: boolean;
  /** Where cut-overs are written down. */
  readonly stateTable: string;
  /** What was written to the restored table since it has a stream, in write units: its readers will be given that. */
  readonly writtenUnits?: number;
}

/** What a person has to know besides the steps. */
export type CutoverNote =
  | { readonly kind: 'unread'; readonly table: string; readonly facet: string }
  | { readonly kind: 'origin-unknown'; readonly table: string; readonly of: string }
  | { readonly kind: 'ttl-later'; readonly attribute: string }
  /** What the restored table does not have as the old one has it, and no step of the move changes. */
  | { readonly kind: 'not-alike'; readonly table: string; readonly settings: readonly string[] }
  /** The table that is used from now on is not backed up as the old one is. */
  | {
      readonly kind: 'not-backed-up';
      readonly table: string;
      readonly tag: string;
      readonly value: string;
      readonly tableArn: string;
      readonly region: string;
    }
  | { readonly kind: 'kinesis-asked'; readonly streamArn: string }
  | { readonly kind: 'alarms-stay'; readonly names: readonly string[] }
  | { readonly kind: 'switched-off'; readonly id: string }
  | { readonly kind: 'delivers'; readonly table: string; readonly units: number }
  | { readonly kind: 'undelivered-dropped'; readonly ids: readonly string[] };

/** What a cut-over will do, before anything is called. */
export interface CutoverPlan extends Pick<CutoverInput, 'choices' | 'old' | 'restored'> {
  readonly target: Target;
  readonly plannedAt: Instant;
  readonly steps: readonly CutoverStep[];
  readonly notes: readonly CutoverNote[];
}

const isReader = (one: Attachment): one is Attachment & { readonly kind: 'event-source-mapping' | 'pipe' } =>
  one.kind !== 'alarm';

/** The settings of the old table, moved to the new name. */
const contextOf = ({ target, old, restored, choices, policyTag }: CutoverInput): RestoreContext => ({
  names: {
    from: { ...target, table: old.table },
    to: { ...target, table: restored.table },
    policyTag,
    sourceExists: true,
  },
  choices: {
    settings: 'all',
    ttl: 'later',
    warm: 'leave',
    role: 'replacement',
    kinesis: choices.kinesis ?? 'leave',
  },
  overrides: {},
});

const MOVED: readonly SettingStep['kind'][] = ['stream', 'kinesis', 'scalable-target', 'scaling-rule'];

const movedSettings = (input: CutoverInput): readonly CutoverStep[] =>
  stepsFor(input.old.read.settings, input.restored.read.settings, contextOf(input))
    .filter(({ kind }) => MOVED.includes(kind))
    .map((step) => ({ kind: 'setting', table: input.restored.table, step }));

/** No policy of an instance may ever let these expire: their name is none of an instance's. */
const pointName = (now: Instant): string => `before-cutover-${isoInstant(now).replaceAll(/[^0-9TZ]/g, '')}`;

/** What stands under the name is only deleted when both tables are kept in a recovery point. */
const swapSteps = ({ old, restored, now }: CutoverInput): readonly CutoverStep[] => {
  const name = pointName(now);
  const point = ({ table, tableId }: SeenTable) => ({ kind: 'final-point', table, tableId, name }) as const;
  const { table, tableId } = old;
  return [
    point(old),
    point(restored),
    { kind: 'protection-off', table, tableId },
    { kind: 'delete-table', table, tableId },
    { kind: 'name-free', table, tableId },
    { kind: 'restore-under-name', table },
  ];
};

/** The longest name that a pipe may have. */
const LONGEST_PIPE = 64;

const readersOf = ({ read }: SeenTable) => (read.settings.attachments ?? []).filter(isReader);

const movedReaders = ({ old, restored, choices: { undelivered } }: CutoverInput) =>
  readersOf(old).map((reader) => {
    const name = newNameOf(reader.id, old.table, restored.table, LONGEST_PIPE);
    return readerSteps(reader, { from: old.table, to: restored.table, name, undelivered });
  });

/** What reads the restored table already comes along: the table that it reads is not the one that stays in use. */
const swappedReaders = ({ old, restored, choices: { undelivered } }: CutoverInput) =>
  [old, restored].flatMap((seen) =>
    readersOf(seen).map((reader) => {
      // The old pipe is there until the end, and its name with it.
      const name = `${reader.id}-new`.slice(-LONGEST_PIPE);
      return readerSteps(reader, { from: seen.table, to: old.table, name, undelivered });
    }),
  );

const stepsOf = (input: CutoverInput): readonly CutoverStep[] => {
  const { old, restored, choices } = input;
  const attachments = old.read.settings.attachments ?? [];
  const isSwap = choices.mode === 'swap';
  const readers = isSwap ? swappedReaders(input) : movedReaders(input);
  const make = readers.flatMap((steps) => steps.make);
  const off = readers.flatMap((steps) => steps.off);
  const last = readers.flatMap((steps) => steps.last);
  const quiet = { kind: 'writers-off', tables: isSwap ? [old.table, restored.table] : [old.table] } as const;
  if (isSwap) return [quiet, ...off, ...swapSteps(input), ...make, ...last];
  const alarms = alarmSteps(attachments, contextOf(input).names);
  return [...movedSettings(input), ...alarms, ...make, quiet, ...off, ...last];
};

const swapNotes = ({ old, choices }: CutoverInput): readonly CutoverNote[] => {
  const { ttl } = old.read.settings;
  const isLater = choices.mode === 'swap' && choices.ttl === 'later';
  return isLater && ttl !== undefined && ttl !== null
    ? [{ kind: 'ttl-later', attribute: ttl.attribute }]
    : [];
};

/** What the steps of the move see to, or what no two tables have alike. */
const SEEN_TO: readonly SettingComparison['setting'][] = [
  'alarm',
  'capacity',
  'event-source-mapping',
  'kinesis',
  'pipe',
  'scalable-target',
  'scaling-policy',
  'scheduled-action',
  'stream',
  'stream-arn',
  'warm-throughput',
];

const isUnlike = ({ setting, verdict }: SettingComparison): boolean =>
  !SEEN_TO.includes(setting) &&
  ((verdict.kind === 'differs' && verdict.why !== 'added' && verdict.why !== 'new-each-time') ||
    (verdict.kind === 'in-hand' && (verdict.why === 'ttl-asked-for' || verdict.why === 'index-to-build')));

/** SAFETY: a copy to look at opts out of backups: nobody learns of it once it is in use. A swap puts the old table's settings on. */
const unlikeNotes = (input: CutoverInput): readonly CutoverNote[] => {
  const { old, restored, choices, policyTag, target } = input;
  if (choices.mode === 'swap') return [];
  const { table } = restored;
  const unlike = compareSettings(old.read, restored.read, contextOf(input)).filter(isUnlike);
  const isPolicy = ({ setting, part }: SettingComparison) => setting === 'tags' && part === policyTag;
  const settings = unlike
    .filter((one) => !isPolicy(one))
    .map(({ setting, part }) => (part === undefined ? setting : `${setting} ${part}`));
  const value = old.read.settings.tags?.[policyTag];
  const place = { tableArn: tableArn(table, target), region: target.region };
  return [
    ...(value !== undefined && unlike.some(isPolicy)
      ? [{ kind: 'not-backed-up', table, tag: policyTag, value, ...place } as const]
      : []),
    ...(settings.length === 0 ? [] : [{ kind: 'not-alike', table, settings } as const]),
  ];
};

const originNotes = ({ old, restored, isKnownCopy }: CutoverInput): readonly CutoverNote[] =>
  isKnownCopy ? [] : [{ kind: 'origin-unknown', table: restored.table, of: old.table }];

const notesOf = (input: CutoverInput): readonly CutoverNote[] => {
  const { old, restored, choices, writtenUnits = 0 } = input;
  const { attachments = [], kinesis = [] } = old.read.settings;
  const gaps = [old, restored].flatMap(({ table, read }) =>
    read.gaps.map(({ facet }) => ({ kind: 'unread', table, facet }) as const),
  );
  const sending = kinesis.filter(({ status }) => status === 'ACTIVE' || status === 'ENABLING');
  const isAsked = choices.mode === 'move' && choices.kinesis === undefined;
  const readers = attachments.filter(isReader);
  const alarms = attachments.filter(({ kind }) => kind === 'alarm').map(({ id }) => id);
  const off = readers.filter(
    ({ content }) => content.Enabled === false || content.DesiredState === 'STOPPED',
  );
  return [
    ...originNotes(input),
    ...gaps,
    ...swapNotes(input),
    ...unlikeNotes(input),
    ...(isAsked ? sending.map(({ streamArn }) => ({ kind: 'kinesis-asked', streamArn }) as const) : []),
    ...(choices.mode === 'move' && alarms.length > 0
      ? [{ kind: 'alarms-stay', names: alarms } as const]
      : []),
    ...off.map(({ id }) => ({ kind: 'switched-off', id }) as const),
    ...(choices.mode === 'move' && readers.length > 0 && writtenUnits > 0
      ? [{ kind: 'delivers', table: restored.table, units: writtenUnits } as const]
      : []),
    ...(choices.undelivered === 'leave' && readers.length > off.length
      ? [{ kind: 'undelivered-dropped', ids: readers.map(({ id }) => id) } as const]
      : []),
  ];
};

const refused = (code: string, what: string, fix: string, facts: object): UserError =>
  new UserError({ code, what, fix, facts });

/** SAFETY: a replica elsewhere lives on without this table, and the table that takes the name would not be joined to it. */
const replicasRefused = ({ old, restored }: CutoverInput): UserError | undefined => {
  const { replicas } = old.read.settings;
  if (replicas === undefined || replicas.length === 0) return undefined;
  const regions = replicas.map(({ region }) => region).join(', ');
  return refused(
    'has-replicas',
    `${old.table} has replicas in ${regions}: it cannot be swapped. AWS refuses to delete it within 24 hours of the making of a replica, and the table that takes its name would not be joined to them.`,
    `Cut over to ${restored.table} without --swap, or remove the replicas first. If a stack holds Custom::DynamoDBReplica or the replicas, give each DeletionPolicy: Retain before you take anything out of it: the stack deletes them.`,
    { table: old.table, replicas: replicas.map(({ region }) => region) },
  );
};

/** The parts of a key with the types of their values: `pk` of strings is another key than `pk` of numbers. */
const keysOf = ({ read }: SeenTable) => {
  const { shape } = read.settings;
  return shape?.keys.map((part) => ({
    ...part,
    type: shape.attributes.find(({ name }) => name === part.name)?.type,
  }));
};

/** A table with other keys is a copy of nothing. */
const otherKeys = ({ old, restored }: CutoverInput): UserError | undefined => {
  const [one, other] = [keysOf(old), keysOf(restored)];
  if (one === undefined || other === undefined || isSame(one, other)) return undefined;
  return refused(
    'other-keys',
    `${restored.table} has other keys than ${old.table}: it is no copy of it.`,
    'Name the old table, then the restored one. npx tablekeeper restore --list shows restores.',
    { table: old.table, restored: restored.table, keys: one, restoredKeys: other },
  );
};

/** SAFETY: what a cut-over is at stands in the state table, and so does every claim: it is never moved, and never deleted. */
const stateRefused = ({ old, restored, stateTable }: CutoverInput): UserError | undefined =>
  old.table === stateTable || restored.table === stateTable
    ? refused(
        'state-table',
        `${stateTable} is the state table, in which cut-overs are written down: it cannot be cut over.`,
        'The runbook has a page for a state table that is gone.',
        { table: stateTable },
      )
    : undefined;

/** Says why a cut-over cannot begin at all; undefined where it can. */
export const cutoverRefused = (input: CutoverInput): UserError | undefined => {
  const { old, restored, choices } = input;
  const ofState = stateRefused(input);
  if (ofState !== undefined) return ofState;
  if (old.table === restored.table)
    return refused(
      'same-table',
      `${old.table} is both tables.`,
      'Name the old table, then the restored one.',
      { table: old.table },
    );
  const busy = [old, restored].find(({ status }) => status !== 'ACTIVE' && status !== 'UPDATING');
  if (busy !== undefined)
    return refused(
      'table-not-active',
      `${busy.table} is ${busy.status}.`,
      'Wait until both tables are ACTIVE: npx tablekeeper restore --resume goes on with a restore.',
      { table: busy.table, status: busy.status },
    );
  return otherKeys(input) ?? (choices.mode === 'swap' ? replicasRefused(input) : undefined);
};

/** SAFETY: one mistyped name would put another table in place of a deleted one: a person has to look at each step. */
const originRefused = ({ notes, choices }: CutoverPlan): UserError | undefined => {
  const note = notes.find(({ kind }) => kind === 'origin-unknown');
  if (note?.kind !== 'origin-unknown' || choices.mode !== 'swap') return undefined;
  return refused(
    'origin-unknown',
    `No restore of ${note.of} to ${note.table} is known of.`,
    'Leave --yes out and look at each step, or name the table that was restored: npx tablekeeper restore --list shows restores.',
    { table: note.of, restored: note.table },
  );
};

/** What could not be read and would have to move. */
const unreadIn = ({ notes, choices }: CutoverPlan) =>
  notes.flatMap((note) =>
    note.kind === 'unread' && (choices.mode === 'swap' || note.facet === 'attachments')
      ? [{ facet: note.facet, table: note.table }]
      : [],
  );

/** SAFETY: nothing is deleted while something that has to come back could not be read, or unseen when it is not sure of what the table is a copy. */
export const applyRefused = (plan: CutoverPlan, isAsked: boolean): UserError | undefined => {
  const unread = unreadIn(plan).map(({ facet, table }) => `${facet} of ${table}`);
  if (unread.length === 0) return isAsked ? undefined : originRefused(plan);
  return refused(
    'settings-unread',
    `Could not read: ${unread.join(', ')}. What is not seen would not move.`,
    'Grant the calls of docs/cutover.md and try again.',
    { unread: unreadIn(plan) },
  );
};

/** Decides what a cut-over does, in its order. Throws a `UserError` where it cannot begin. */
export const planCutover = (input: CutoverInput): CutoverPlan => {
  const refusal = cutoverRefused(input);
  if (refusal !== undefined) throw refusal;
  const { target, now: plannedAt, choices, old, restored } = input;
  return { target, plannedAt, choices, old, restored, steps: stepsOf(input), notes: notesOf(input) };
};

/** Makes the record that a plan begins with. */
export const cutoverRecordOf = ({
  target,
  plannedAt,
  choices,
  old,
  restored,
  steps,
}: CutoverPlan): CutoverRecord => {
  const { attachments: _, ...settings } = old.read.settings;
  return {
    id: `${old.table}/${isoInstant(plannedAt)}`,
    table: old.table,
    tableId: old.tableId,
    restored: restored.table,
    restoredId: restored.tableId,
    region: target.region,
    choices,
    revision: 0,
    plannedAt,
    phase: 'under-way',
    steps: steps.map((step) => ({ step })),
    settings,
  };
};
