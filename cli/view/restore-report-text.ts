import { spanText } from '../../shared/core/restore/moment-text.ts';
import type { OldTable } from '../../shared/core/restore/old-table.ts';
import { type OptedOut, optInAdvice } from '../../shared/core/restore/opted-out.ts';
import { isFromVault } from '../../shared/core/restore/vault-terms.ts';
import { isNotBack } from '../../shared/core/restore/verdict.ts';
import { bytesText } from '../../shared/core/text/bytes.ts';
import { restoresCommand } from '../../shared/core/text/commands.ts';
import { counted, listed } from '../../shared/core/text/words.ts';
import { advise, asAdvice, followedBy, type Said, stepsOf } from '../../shared/model/advice.ts';
import { failureText } from '../../shared/model/failure.ts';
import { isoInstant } from '../../shared/model/instant.ts';
import type { RestoreRecord, StepRecord } from '../../shared/model/restore.ts';
import type { SettingComparison, SettingVerdict } from '../../shared/model/setting-comparison.ts';
import type { Attachment } from '../../shared/model/table-settings.ts';
import type { Target } from '../../shared/model/target.ts';
import type { RestoreEnd } from '../../shared/run/restore/restore.ts';
import { adviceLines } from './advice-text.ts';
import type { Screen } from './colour.ts';
import { columns, type Row } from './columns.ts';
import { paragraph } from './paragraph.ts';
import { spaced } from './plan-text.ts';
import { itemTexts } from './restore-items-text.ts';
import { nextSaid, tablesOf } from './restore-pointers-text.ts';
import { stepText } from './restore-step-text.ts';
import { verdictsBlock } from './restore-verdict-text.ts';

/** What a report is made of: how the restore ended, and every setting beside the manifest. */
export interface RestoreReport {
  readonly end: RestoreEnd;
  readonly comparisons: readonly SettingComparison[];
  /** False where no settings of the source were ever kept, or they could not be read. */
  readonly areSettingsKnown: boolean;
  /** Set where the table is left with the tag that keeps it out of backups. */
  readonly optedOut?: OptedOut;
  /** How the table stands to the one whose name its source has, and where that is; absent where nobody looked. */
  readonly old?: { readonly stands: OldTable; readonly home: Target };
  /** A policy tag that somebody set meanwhile, as `key=value`, where no settings are compared that would show it. */
  readonly setSince?: string;
}

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

/** All tags are one setting, as they are one step. */
const notSetCount = (comparisons: readonly SettingComparison[]): number =>
  new Set(
    comparisons
      .filter(({ verdict }) => isNotBack(verdict))
      .map(({ setting, part }) =>
        setting === 'tags' || part === undefined ? setting : `${setting} ${part}`,
      ),
  ).size;

/** Says whether the table is there with what could be put back. */
export const isBack = ({ kind, record }: RestoreEnd): boolean =>
  kind === 'ended' && record.result !== 'failed' && record.result !== 'given-up';

const headSaid = ({ end, comparisons }: RestoreReport): Said => {
  const { record } = end;
  const { source, targetTable } = record;
  if (end.kind === 'unfinished')
    return followedBy(
      advise(`The restore of ${source.table} to ${targetTable} is not finished: ${end.why}.`),
      ...(end.fix === undefined ? [] : stepsOf(end.fix)),
      advise('Go on with:', restoresCommand('--resume')),
    );
  if (record.result === 'failed')
    return `The restore of ${source.table} to ${targetTable} failed: ${record.failure === undefined ? 'unknown' : failureText(record.failure)}.`;
  if (record.result === 'given-up')
    return `The restore of ${source.table} to ${targetTable} was given up. A table that it made stays as it is: nothing more is put back on it.`;
  const count = notSetCount(comparisons);
  const differs = count === 0 ? '' : `, with ${counted(count, 'setting')} that could not be put back`;
  const bytes = source.kind === 'recovery-point' ? source.sizeBytes : undefined;
  const isSized = bytes !== undefined && (bytes > 0 || !isFromVault(source));
  const size = isSized ? ` (${bytesText(bytes)})` : '';
  const name = source.table === targetTable ? '' : ` as ${targetTable}`;
  return `${source.table} is back${name}${size}${differs}.${tookText(record)}`;
};

const isPointer = (setting: SettingComparison['setting']): setting is Attachment['kind'] =>
  setting === 'alarm' || setting === 'event-source-mapping' || setting === 'pipe';

/** What was seen to point at the source, or to read the stream of the table that had the name. */
const pointersOf = (report: RestoreReport) =>
  withKind(report, 'in-hand').flatMap(({ setting, part }) =>
    part !== undefined && isPointer(setting) ? [{ kind: setting, id: part }] : [],
  );

const nextLines = (report: RestoreReport, screen: Screen): readonly string[] => {
  const { end, old } = report;
  if (!isBack(end) || old === undefined) return [];
  const both = tablesOf(end.record, old.home, old.stands);
  return spaced(
    nextSaid(both, end.record.source, pointersOf(report)).map((said) =>
      adviceLines(asAdvice(said), '', screen),
    ),
  );
};

/** What no manifest tells nobody can put back. */
const unknownText = ({ end, areSettingsKnown }: RestoreReport): readonly string[] =>
  areSettingsKnown || !isBack(end)
    ? []
    : [
        `No settings of ${end.record.source.table} were ever kept: only what the backup carries is back. Set its tags, TTL, stream, auto scaling, policies and point-in-time recovery by hand.`,
      ];

const setSinceText = ({ setSince }: RestoreReport): readonly string[] =>
  setSince === undefined
    ? []
    : [
        `Its tag ${setSince}: somebody set it on the restored table since the restore began, so it was left as it is.`,
      ];

/** Formats what a restore came to: the outcome first, then what is not as it was, then what is left to do. */
export const restoreReportLines = (report: RestoreReport, screen: Screen): readonly string[] => {
  const { end } = report;
  const place = { table: end.record.targetTable, region: end.record.targetRegion };
  return spaced([
    adviceLines(asAdvice(headSaid(report)), '', screen),
    organizationText(report).flatMap((text) => paragraph(text, '', screen)),
    unknownText(report).flatMap((text) => paragraph(text, '', screen)),
    setSinceText(report).flatMap((text) => paragraph(text, '', screen)),
    stepsBlock(end.record, screen),
    itemTexts(end.record).flatMap((text) => paragraph(text, '', screen)),
    sameLines(report, screen),
    verdictsBlock('Differs', withKind(report, 'differs', 'better'), place, screen),
    verdictsBlock('Not known', withKind(report, 'gap'), place, screen),
    verdictsBlock('In your hands', withKind(report, 'in-hand'), place, screen),
    isBack(end) ? paragraph(NOT_LOOKED_AT, '', screen) : [],
    report.optedOut === undefined ? [] : adviceLines(optInAdvice(report.optedOut), '', screen),
    nextLines(report, screen),
  ]);
};
