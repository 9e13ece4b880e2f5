import { spanText } from '../../shared/core/restore/moment-text.ts';
import { bytesText } from '../../shared/core/text/bytes.ts';
import { counted, failuresText, listed, verb } from '../../shared/core/text/words.ts';
import { assertNever } from '../../shared/model/errors.ts';
import { failureText } from '../../shared/model/failure.ts';
import { isoInstant } from '../../shared/model/instant.ts';
import type { ItemCheck, RestoreRecord, StepRecord } from '../../shared/model/restore.ts';
import type {
  DecisionReason,
  DifferenceReason,
  SettingComparison,
  SettingVerdict,
} from '../../shared/model/setting-comparison.ts';
import type { Json } from '../../shared/model/table-settings.ts';
import type { RestoreEnd } from '../../shared/run/restore/restore.ts';
import type { Screen } from './colour.ts';
import { columns, type Row } from './columns.ts';
import { paragraph } from './paragraph.ts';
import { spaced } from './plan-text.ts';
import { stepText } from './restore-step-text.ts';

/** What a report is made of: how the restore ended, and every setting beside the manifest. */
export interface RestoreReport {
  readonly end: RestoreEnd;
  readonly comparisons: readonly SettingComparison[];
  /** False where no settings of the source were ever kept, or they could not be read. */
  readonly areSettingsKnown: boolean;
}

const WHY_DIFFERENT: Readonly<Record<DifferenceReason, string>> = {
  'not-set': 'it could not be set',
  'for-life': 'it is made with the table and never changes',
  chosen: 'you wanted it so',
  added: 'only this table has it',
  'new-each-time': 'every table has its own',
};

const WHY_IN_HAND: Readonly<Record<DecisionReason, string>> = {
  'ttl-asked-for': 'TTL deletes what has run out: switch it on with --ttl on, or later by hand',
  'warm-asked-for': '--warm as-was raises it; it costs money and cannot go down again',
  'shared-stream': 'its source still sends its changes there: two tables in one stream mix their records',
  'stream-elsewhere': 'that Kinesis stream is in another Region or account than this table',
  'other-stream': 'the table sends its changes elsewhere',
  'index-to-build': 'tablekeeper restore --indexes builds it',
  'points-at-source': 'it stays with the source until tablekeeper cutover',
  'reads-old-stream':
    'it reads the stream of the lost table, and cannot be pointed at the new one: make a new one like it, see docs/restore.md',
};

const valueText = (value: Json): string => {
  if (value === null) return 'none';
  return typeof value === 'string' ? value : JSON.stringify(value);
};

const settingText = ({ setting, part }: SettingComparison): string =>
  part === undefined ? setting : `${setting} ${part}`;

const changeText = ({ wanted, live }: { readonly wanted: Json; readonly live: Json }): string =>
  `was ${valueText(wanted)}, is ${valueText(live)}`;

const verdictText = (verdict: SettingVerdict): string => {
  switch (verdict.kind) {
    case 'same':
      return 'as it was';
    case 'better':
      return changeText(verdict);
    case 'differs':
      return `${changeText(verdict)}: ${WHY_DIFFERENT[verdict.why]}`;
    case 'in-hand':
      return WHY_IN_HAND[verdict.why];
    case 'gap':
      return `not read of the ${verdict.of === 'manifest' ? 'source' : 'restored table'}: ${failureText(verdict.failure)}`;
    default:
      return assertNever(verdict);
  }
};

const block = (
  heading: string,
  comparisons: readonly SettingComparison[],
  screen: Screen,
): readonly string[] =>
  comparisons.length === 0
    ? []
    : [
        screen.paint('strong', heading),
        ...columns(
          comparisons.map((one): Row => [settingText(one), verdictText(one.verdict)]),
          '  ',
          screen,
        ),
      ];

const withKind = (
  { comparisons }: RestoreReport,
  ...kinds: readonly SettingVerdict['kind'][]
): readonly SettingComparison[] => comparisons.filter(({ verdict }) => kinds.includes(verdict.kind));

/** What is as it was, in one paragraph: nobody has to act on it. */
const sameLines = (report: RestoreReport, screen: Screen): readonly string[] => {
  const same = withKind(report, 'same');
  if (same.length === 0) return [];
  const names = [...new Set(same.map(({ setting }) => setting))];
  return paragraph(`As it was: ${listed(names)}.`, '', screen);
};

const failedSteps = ({ steps }: RestoreRecord): readonly StepRecord[] =>
  steps.filter(({ outcome }) => outcome === undefined || !['done', 'as-it-was'].includes(outcome.kind));

const stepRow = ({ step, outcome }: StepRecord): Row => {
  if (outcome === undefined) return [stepText(step), 'not tried yet'];
  if (outcome.kind === 'not-before')
    return [stepText(step), `not before ${isoInstant(outcome.at)}: ${failureText(outcome.failure)}`];
  return [stepText(step), 'failure' in outcome ? failureText(outcome.failure) : outcome.kind];
};

const stepsBlock = (record: RestoreRecord, screen: Screen): readonly string[] => {
  const left = failedSteps(record);
  return left.length === 0
    ? []
    : [screen.paint('warning', 'Not put back'), ...columns(left.map(stepRow), '  ', screen)];
};

const comparedText = ({ keys, there, equal }: NonNullable<ItemCheck['compared']>, source: string): string =>
  keys === 0
    ? `${source} has no items to look for.`
    : `${counted(keys, 'item')} of ${source} looked for: ${there} ${verb(there, 'is', 'are')} there, ${equal} ${verb(equal, 'holds', 'hold')} the same; ` +
      'the others were written since that second.';

/** Formats what the sample of items shows; the sentences that ask for something come with their numbers. */
export const itemTexts = ({ items, source }: RestoreRecord): readonly string[] => {
  if (items === undefined) return [];
  const { read, expired, boundToName, compared, failures } = items;
  return [
    `${counted(read, 'item')} read of the restored table.`,
    ...(compared === undefined ? [] : [comparedText(compared, source.table)]),
    ...(expired === undefined || expired === 0
      ? []
      : [
          `Of ${read} items ${expired} ${verb(expired, 'has', 'have')} run out: TTL will delete such items within days of being switched on.`,
        ]),
    ...(boundToName === 0
      ? []
      : [
          `${counted(boundToName, 'item')} ${verb(boundToName, 'is', 'are')} encrypted by your application together with the table's name: under another name they cannot be read unless the application sets the name of ${source.table} as the logical one.`,
        ]),
    ...(failures.length === 0 ? [] : [`Items could not be read: ${failuresText(failures)}.`]),
  ];
};

const NOT_LOOKED_AT =
  'Not looked at: AppSync data sources, zero-ETL, DAX, search indexes, caches, exports, and IAM policies that name the table. What was derived from the table still shows the damaged data.';

const tookText = ({ askedAt, activeAt, endedAt }: RestoreRecord): string => {
  if (askedAt === undefined || activeAt === undefined) return '';
  const whole = endedAt === undefined ? '' : `, ${spanText(endedAt - askedAt)} with its settings`;
  return ` It was ACTIVE after ${spanText(activeAt - askedAt)}${whole}.`;
};

/**
 * A restore takes no tags, so a policy of the organization that demands them on the request can never be met.
 * @see https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps_examples_tagging.html (checked 2026-11-28)
 */
const organizationText = ({ end }: RestoreReport): readonly string[] => {
  const { failure } = end.record;
  if (failure?.kind !== 'call' || failure.denial?.by !== 'organization') return [];
  const { action = `dynamodb:${failure.operation}`, role, caller = 'you' } = failure.denial;
  return [
    `A policy of your organization refuses it. A restore cannot carry tags, so a policy that demands aws:RequestTag on dynamodb:RestoreTable* can never be met: ask for an exemption of ${action} for ${role ?? caller}. The tags are put on seconds after the table is ACTIVE.`,
  ];
};

const headText = ({ end, comparisons }: RestoreReport): string => {
  const { record } = end;
  const { source, targetTable } = record;
  if (end.kind === 'unfinished')
    return `The restore of ${source.table} to ${targetTable} is not finished: ${end.why}. Go on with: tablekeeper restore --resume`;
  if (record.result === 'failed')
    return `The restore of ${source.table} to ${targetTable} failed: ${record.failure === undefined ? 'unknown' : failureText(record.failure)}.`;
  const count = comparisons.filter(
    ({ verdict }) => verdict.kind === 'differs' && verdict.why === 'not-set',
  ).length;
  const differs = count === 0 ? '' : `, with ${counted(count, 'setting')} that could not be put back`;
  const size = source.kind === 'recovery-point' ? ` (${bytesText(source.sizeBytes)})` : '';
  const name = source.table === targetTable ? '' : ` as ${targetTable}`;
  return `${source.table} is back${name}${size}${differs}.${tookText(record)}`;
};

const nextText = ({ end }: RestoreReport): readonly string[] => {
  const { source, targetTable } = end.record;
  if (end.kind !== 'ended' || end.record.result === 'failed' || source.table === targetTable) return [];
  return [`To move over what points at ${source.table}: tablekeeper cutover ${source.table} ${targetTable}`];
};

/** What no manifest tells nobody can put back. */
const unknownText = ({ end, areSettingsKnown }: RestoreReport): readonly string[] =>
  areSettingsKnown || end.kind !== 'ended' || end.record.result === 'failed'
    ? []
    : [
        `No settings of ${end.record.source.table} were ever kept: only what the backup carries is back. Set its tags, TTL, stream, auto scaling, policies and point-in-time recovery by hand.`,
      ];

/** Formats what a restore came to: the outcome first, then what is not as it was, then what is left to do. */
export const restoreReportLines = (report: RestoreReport, screen: Screen): readonly string[] => {
  const { end } = report;
  const isThere = end.kind === 'ended' && end.record.result !== 'failed';
  return spaced([
    paragraph(headText(report), '', screen),
    organizationText(report).flatMap((text) => paragraph(text, '', screen)),
    unknownText(report).flatMap((text) => paragraph(text, '', screen)),
    stepsBlock(end.record, screen),
    itemTexts(end.record).flatMap((text) => paragraph(text, '', screen)),
    sameLines(report, screen),
    block('Differs', withKind(report, 'differs', 'better'), screen),
    block('Not known', withKind(report, 'gap'), screen),
    block('In your hands', withKind(report, 'in-hand'), screen),
    isThere ? paragraph(NOT_LOOKED_AT, '', screen) : [],
    nextText(report),
  ]);
};
