import { FIRST_REGION, PRICES, priceIn } from '../../shared/core/money/prices.ts';
import type { Chosen } from '../../shared/core/restore/choice.ts';
import type { RestoreCost } from '../../shared/core/restore/cost.ts';
import type { ExpectedTime } from '../../shared/core/restore/expected-time.ts';
import type { NearLimit } from '../../shared/core/restore/limits.ts';
import { momentText, type Reader, spanText } from '../../shared/core/restore/moment-text.ts';
import type { RestorePlan } from '../../shared/core/restore/restore-plan.ts';
import type { NamedBy } from '../../shared/core/restore/target-name.ts';
import { isFromVault } from '../../shared/core/restore/vault-terms.ts';
import { bytesText } from '../../shared/core/text/bytes.ts';
import { counted } from '../../shared/core/text/words.ts';
import { asAdvice } from '../../shared/model/advice.ts';
import { assertNever } from '../../shared/model/errors.ts';
import { isoInstant } from '../../shared/model/instant.ts';
import type { Screen } from './colour.ts';
import { columns, type Row } from './columns.ts';
import { paragraph } from './paragraph.ts';
import { spaced } from './plan-text.ts';
import { afterText, beforeText, incarnationText, leftText, pointText } from './restore-option-text.ts';
import { gapsBlock, notReappliedBlock, stepsBlock } from './restore-settings-text.ts';
import { keyText } from './restore-step-text.ts';
import { warningText } from './restore-warning-text.ts';

/** Formats what a restore reads from, and why it is this. */
export const becauseText = (choice: Chosen): string => {
  const { because, incarnation, source } = choice;
  switch (because) {
    case 'in-window':
      return 'it lies in the restorable window, so that the very second comes back';
    case 'end-of-window':
      return 'it is the newest second that point-in-time recovery has';
    case 'closest-before':
      return `it is the closest at or before the asked second; ${withoutSecondText(choice)}${equalsText(choice)}`;
    case 'newest':
      return `it is the newest there is; ${withoutSecondText(choice)}${equalsText(choice)}`;
    case 'after-deletion':
      return `${incarnation.table} was deleted before the asked second, and nothing was written to it after that`;
    case 'named':
      return source.kind === 'recovery-point' && source.madeBy === 'someone-else'
        ? 'it was named; this instance did not make it'
        : 'it was named';
    default:
      return assertNever(because);
  }
};

/** Copies give the same: why it is this one of them. */
const equalsText = ({ equals = [] }: Chosen): string =>
  equals.length === 0
    ? ''
    : `; of ${counted(equals.length + 1, 'recovery point')} of that second it comes back with the least effort: DynamoDB's own before vaults, warm before cold, this Region before others`;

/** Why point-in-time recovery does not give the second. */
const withoutSecondText = ({ incarnation: { pitr, window, table } }: Chosen): string => {
  switch (pitr) {
    case 'deleted':
      return `${table} was deleted, so that only backups of it can be restored`;
    case 'off':
      return 'point-in-time recovery is off';
    case 'unread':
      return 'point-in-time recovery could not be read';
    case 'on':
      return window === undefined
        ? 'point-in-time recovery has no second to give at the moment'
        : `point-in-time recovery reaches back to ${isoInstant(window.from)} only`;
    default:
      return assertNever(pitr);
  }
};

const sourceText = ({ source, incarnation }: Chosen): string =>
  source.kind === 'point-in-time'
    ? `point-in-time recovery of ${incarnationText(incarnation)}`
    : `${pointText(source)} of ${incarnationText(incarnation)}`;

const lackedText = ({ lackedMs, asked }: Chosen): string | undefined =>
  asked === undefined || lackedMs === 0
    ? undefined
    : `what was written in the ${spanText(lackedMs)} before the asked second is not in it`;

/** The nearest on either side that were not taken, each with its loss. */
const besideTexts = ({ neighbours: { before, after }, source }: Chosen): readonly string[] => {
  const isTaken = source.kind === 'recovery-point' && before?.point?.id === source.id;
  return [
    ...(before === undefined || isTaken ? [] : [beforeText(before)]),
    ...(after === undefined ? [] : [afterText(after)]),
  ];
};

const expiryText = ({ source, incarnation, view }: Chosen): string | undefined => {
  if (source.kind !== 'recovery-point') return undefined;
  const point = incarnation.points.find(({ id }) => id === source.id);
  const goesAt = point?.expiresAt ?? point?.deletesAt;
  if (point?.status === 'expired') return 'AWS Backup tries to delete it: it may be gone at any moment';
  return goesAt === undefined ? undefined : leftText(goesAt, view.now);
};

const NAMED: Readonly<Record<NamedBy, string>> = {
  person: '',
  own: ', its own name, which is free',
  second: '',
};

const usd = (amount: number): string => `$${amount < 0.01 ? '0.01' : amount.toFixed(2)}`;

/** Formats what a restore costs once. */
export const costText = (cost: RestoreCost): string => {
  if (cost.kind === 'unknown')
    return `not known, because the size is not; $${priceIn(PRICES, FIRST_REGION, 'restoredGb')} a GB in ${FIRST_REGION} (${PRICES.origin})`;
  const less = cost.usd < 0.01 ? 'less than' : 'about';
  const indexes = cost.isWithoutIndexes ? '; global indexes come on top' : '';
  return `${less} ${usd(cost.usd)} for ${bytesText(cost.sizeBytes)}, at $${cost.usdPerGb} a GB${cost.isCold === true ? ' from cold storage' : ''} in ${cost.priceRegion} (${PRICES.origin}, ${PRICES.readAt})${indexes}`;
};

const rangeText = (shortestMs: number, longestMs: number): string => {
  const [shortest, longest] = [spanText(shortestMs), spanText(longestMs)];
  return shortest === longest ? shortest : `${shortest} to ${longest}`;
};

/** Whether it could go faster without indexes: there are some, or nobody knows. */
const couldLeaveIndexesOut = ({ choice, overrides, manifest }: RestorePlan): boolean =>
  !isFromVault(choice.source) &&
  overrides.globalIndexes === undefined &&
  manifest?.manifest.settings.shape?.globalIndexes.length !== 0;

/** Formats how long a restore will take. Nothing computes it from a size, and what was measured of empty tables is less than AWS says. */
export const expectedText = (expected: ExpectedTime, table: string): string => {
  switch (expected.kind) {
    case 'own-table':
      return `${rangeText(expected.shortestMs, expected.longestMs)}, as ${counted(expected.count, 'earlier restore')} of ${table} took`;
    case 'like-size':
      return `${rangeText(expected.shortestMs, expected.longestMs)}, as ${counted(expected.count, 'restore')} of a like size took here`;
    case 'unknown':
      return `AWS says at least 20 minutes, and not how many at the most; empty tables took 1 to 13${expected.coldMs === undefined ? '' : `, and about ${spanText(expected.coldMs)} more from cold storage`}`;
    default:
      return assertNever(expected);
  }
};

const row = (label: string, text: string | undefined): readonly Row[] =>
  text === undefined ? [] : [[{ text: label, tone: 'muted' }, text]];

const headBlock = (plan: RestorePlan, reader: Reader, screen: Screen): readonly string[] => {
  const { choice, target, targetRegion, cost, expected, overrides } = plan;
  const { asked, at, source } = choice;
  const rows = [
    ...row('asked', asked === undefined ? undefined : momentText(asked, reader)),
    ...row('from', sourceText(choice)),
    ...row('gives', momentText(at, reader)),
    ...row('why', becauseText(choice)),
    ...row('lacks', lackedText(choice)),
    ...besideTexts(choice).flatMap((text) => row('beside it', text)),
    ...row('kept', expiryText(choice)),
    ...row('key', overrides.encryption === undefined ? undefined : keyText(overrides.encryption)),
    ...row('role', plan.roleArn === undefined ? undefined : `AWS Backup restores it as ${plan.roleArn}`),
    ...row('to', `a new table ${target.name} in ${targetRegion}${NAMED[target.by]}`),
    ...row(
      'expected',
      `${expectedText(expected, source.table)}${couldLeaveIndexesOut(plan) ? '. --without-indexes is faster' : ''}`,
    ),
    ...row('cost', costText(cost)),
  ];
  return [
    screen.paint('strong', `Restore ${source.table} to ${target.name}`),
    ...columns(rows, '  ', screen),
  ];
};

/** Formats a limit that is near as a sentence. */
export const limitText = (limit: NearLimit): string => {
  switch (limit.kind) {
    case 'restores-at-once':
      return `${limit.count} of ${limit.most} restores that AWS runs at once, with these${limit.isExceeded ? ': those beyond start when others are done' : ''}.`;
    case 'bytes-at-once':
      return `${bytesText(limit.bytes)} of ${bytesText(limit.most)} that AWS restores at once${limit.isExceeded ? ': it starts when others are done' : ''}.`;
    case 'same-backup':
      return `The same backup is being restored to ${limit.by}: AWS restores one backup once at a time, so this starts when that is done.`;
    default:
      return assertNever(limit);
  }
};

const limitsBlock = ({ limits }: RestorePlan, screen: Screen): readonly string[] =>
  limits.length === 0
    ? []
    : [
        screen.paint('strong', 'Limits that are near'),
        ...limits.flatMap((limit) => paragraph(limitText(limit), '  ', screen)),
      ];

const warningsBlock = (plan: RestorePlan, screen: Screen): readonly string[] =>
  plan.warnings.length === 0
    ? []
    : [
        screen.paint('warning', 'Know before you agree'),
        ...columns(
          plan.warnings.map((warning) => ['-', asAdvice(warningText(warning, plan))]),
          '  ',
          screen,
        ),
      ];

/**
 * Formats a plan as lines: what comes back, from what and why, what lies beside it, time and money, what to know, the settings in the order in
 * which they are put back, and those that are not, with what to do about each.
 */
export const restorePlanLines = (plan: RestorePlan, reader: Reader, screen: Screen): readonly string[] =>
  spaced([
    headBlock(plan, reader, screen),
    warningsBlock(plan, screen),
    limitsBlock(plan, screen),
    stepsBlock(plan, screen),
    gapsBlock(plan, screen),
    notReappliedBlock(plan, screen),
  ]);
