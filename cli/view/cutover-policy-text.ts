import { OPT_OUT, policiesNamedBy } from '../../shared/core/policy/govern.ts';
import type { CutoverNote } from '../../shared/core/restore/cutover-input.ts';
import { isMoreThanBefore, isOptedOutInUse } from '../../shared/core/restore/cutover-policy-tag.ts';
import { advise, type Command, type Said } from '../../shared/model/advice.ts';
import type { CutoverRecord } from '../../shared/model/cutover.ts';
import { assertNever } from '../../shared/model/errors.ts';
import { failureText } from '../../shared/model/failure.ts';
import { type Target, tableArn } from '../../shared/model/target.ts';
import type { NotBackedUp } from '../../shared/run/cutover/not-backed-up.ts';
import { markedAdvice } from './advice-text.ts';
import type { Screen } from './colour.ts';

type PolicyTag = Omit<NotBackedUp, 'table' | 'unread'>;

const tagCommand = ({ tableArn, tag, value, region }: PolicyTag): Command => [
  ...['aws', 'dynamodb', 'tag-resource', '--resource-arn', tableArn],
  ...['--tags', `Key=${tag},Value=${value}`, '--region', region],
];

/** Writes which tables are in use since a cut-over and are not backed up. */
export const notBackedUpLines = (found: readonly NotBackedUp[], screen: Screen): readonly string[] =>
  found.flatMap((one) => {
    const state =
      one.unread === undefined
        ? `No policy backs ${one.table} up`
        : `Whether a policy backs ${one.table} up could not be read (${failureText(one.unread)})`;
    const text = `${state}; the table that it took over from had ${one.tag} = ${one.value}:`;
    return ['', ...markedAdvice('', advise(screen.paint('warning', text), tagCommand(one)), screen)];
  });

type PolicyNote = Extract<CutoverNote, { kind: 'not-backed-up' | 'policy-kept' | 'opted-out' }>;

/** What it has stays: the command adds to it. */
const hasText = ({ has, tag, value }: Extract<CutoverNote, { kind: 'not-backed-up' }>): string =>
  has === undefined || policiesNamedBy(has).length === 0
    ? ''
    : `: its ${tag} = ${has} lacks some of ${value}`;

type Kept = Pick<
  Extract<CutoverNote, { kind: 'policy-kept' }>,
  'table' | 'of' | 'old' | 'tag' | 'value' | 'had'
>;

const keptText = ({ table, of, old, tag, value, had }: Kept): string => {
  const before = had === undefined ? `no tag ${tag}` : `${tag} = ${had}`;
  return table === of
    ? `${table} keeps its ${tag} = ${value}: ${before} of ${old} would back it up less.`
    : `${table} gets ${tag} = ${value} after the swap, with what ${of} is backed up by: its own ${before} would back it up less.`;
};

const optedOutText = ({ table, tag }: { readonly table: string; readonly tag: string }): string =>
  `No policy backs ${table} up, and none did the old table: a tag ${tag} = ${OPT_OUT} says so. If it is to be backed up:`;

/** Says a note about the policy tag of the table that is used from now on. */
export const policyNoteSaid = (note: PolicyNote): Said => {
  switch (note.kind) {
    case 'not-backed-up':
      return advise(
        `${note.table} is not backed up by the policy of the old table${hasText(note)}. When it is in use:`,
        tagCommand(note),
      );
    case 'policy-kept':
      return keptText(note);
    case 'opted-out':
      return advise(optedOutText(note), tagCommand({ ...note, value: 'POLICY' }));
    default:
      return assertNever(note);
  }
};

/** SAFETY: whether the table in use is backed up is said at the end as well. Where a policy is to be added, that is said of what the tags are by then. */
export const policySaid = (
  { policyTag, choices, table, restored, region }: CutoverRecord,
  { accountId }: Target,
): readonly Said[] => {
  if (policyTag === undefined) return [];
  const { key: tag, value } = policyTag;
  const inUse = choices.mode === 'swap' ? table : restored;
  const place = { tableArn: tableArn(inUse, { accountId, region }), region, tag };
  if (isOptedOutInUse(policyTag))
    return [advise(optedOutText({ table: inUse, tag }), tagCommand({ ...place, value: 'POLICY' }))];
  if (value === undefined || !isMoreThanBefore(policyTag)) return [];
  const had = policyTag.had === undefined ? {} : { had: policyTag.had };
  return [keptText({ table: inUse, of: restored, old: table, tag, value, ...had })];
};
