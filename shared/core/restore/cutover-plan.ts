import type { CutoverRecord, CutoverStep } from '../../model/cutover.ts';
import { type Instant, isoInstant } from '../../model/instant.ts';
import type { SettingStep } from '../../model/restore.ts';
import type { SettingComparison } from '../../model/setting-comparison.ts';
import type { Attachment } from '../../model/table-settings.ts';
import { compareSettings } from './compare.ts';
import type { RestoreContext } from './context.ts';
import { alarmSteps, newNameOf } from './cutover-alarms.ts';
import type { CutoverInput, CutoverNote, CutoverPlan, SeenTable } from './cutover-input.ts';
import { policyTagInUse, policyTagNotes } from './cutover-policy-tag.ts';
import { readerSteps } from './cutover-readers.ts';
import { cutoverRefused } from './cutover-refusals.ts';
import { stepsFor } from './steps.ts';

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

/** A swap puts the old table's settings on. */
const unlikeNotes = (input: CutoverInput): readonly CutoverNote[] => {
  const { old, restored, choices, policyTag } = input;
  if (choices.mode === 'swap') return [];
  const settings = compareSettings(old.read, restored.read, contextOf(input))
    .filter(isUnlike)
    .filter(({ setting, part }) => setting !== 'tags' || part !== policyTag)
    .map(({ setting, part }) => (part === undefined ? setting : `${setting} ${part}`));
  return settings.length === 0 ? [] : [{ kind: 'not-alike', table: restored.table, settings }];
};

const originNotes = ({ old, restored, isKnownCopy }: CutoverInput): readonly CutoverNote[] =>
  isKnownCopy ? [] : [{ kind: 'origin-unknown', table: restored.table, of: old.table }];

/** Whoever cuts over weeks later forgets what they leave behind. */
const lackNotes = ({ old, restored, asOf }: CutoverInput): readonly CutoverNote[] =>
  asOf === undefined ? [] : [{ kind: 'lacks-since', table: restored.table, of: old.table, ...asOf }];

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
    ...lackNotes(input),
    ...gaps,
    ...swapNotes(input),
    ...policyTagNotes(input),
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

/** Decides what a cut-over does, in its order. Throws a `UserError` where it cannot begin. */
export const planCutover = (input: CutoverInput): CutoverPlan => {
  const refusal = cutoverRefused(input);
  if (refusal !== undefined) throw refusal;
  const { target, now: plannedAt, choices, old, restored } = input;
  const policyTag = policyTagInUse(input);
  const known = { target, plannedAt, choices, old, restored, ...(policyTag !== undefined && { policyTag }) };
  return { ...known, steps: stepsOf(input), notes: notesOf(input) };
};

/** Makes the record that a plan begins with. */
export const cutoverRecordOf = ({
  target,
  plannedAt,
  choices,
  old,
  restored,
  policyTag,
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
    ...(policyTag !== undefined && { policyTag }),
    settings,
  };
};
