import type { NameView } from '../../shared/core/restore/choice.ts';
import type { Incarnation } from '../../shared/core/restore/incarnations.ts';
import { awayText, localText, type Reader, spanText } from '../../shared/core/restore/moment-text.ts';
import type { PointOption } from '../../shared/core/restore/point-option.ts';
import { ageText } from '../../shared/core/text/time.ts';
import { withheldText } from '../../shared/core/text/withheld.ts';
import { counted, failuresText } from '../../shared/core/text/words.ts';
import { assertNever } from '../../shared/model/errors.ts';
import { isoInstant } from '../../shared/model/instant.ts';
import type { Target } from '../../shared/model/target.ts';
import type { Screen } from './colour.ts';
import { columns, type Row } from './columns.ts';
import { statusOfLocked } from './locked-status.ts';
import { paragraph } from './paragraph.ts';
import { spaced } from './plan-text.ts';
import { incarnationText, leftText, makerText, sizeText, whereText } from './restore-option-text.ts';

/** So many recovery points of one incarnation are listed; the document of --json has all. */
const LISTED = 12;

/** Formats a second in UTC, and on the reader's clock where that shows another time. */
export const bothClocks = (at: number, zone: string): string => {
  const local = localText(at, zone);
  return local === isoInstant(at) ? local : `${isoInstant(at)} (${local})`;
};

const lifeText = (incarnation: Incarnation, { zone, now }: Reader): string => {
  const { createdAt, deletedAt, state, status, lastSeenAt } = incarnation;
  const made = createdAt === undefined ? [] : [`made ${bothClocks(createdAt, zone)}`];
  if (state === 'standing') return [...made, status ?? 'ACTIVE'].join(', ');
  if (deletedAt !== undefined)
    return [...made, `deleted ${bothClocks(deletedAt, zone)}, ${awayText(deletedAt, now)}`].join(', ');
  const seen = `last seen ${bothClocks(lastSeenAt, zone)}`;
  return [...made, seen, state === 'unseen' ? 'could not be looked at' : 'deleted since'].join(', ');
};

const windowText = ({ pitr, window, withheld }: Incarnation, { zone, now }: Reader): string => {
  if (withheld !== undefined)
    return `Point-in-time recovery is on, and no second of it can be restored, because ${withheldText(withheld)}.`;
  switch (pitr) {
    case 'off':
      return 'Point-in-time recovery is off: only recovery points can be restored.';
    case 'unread':
      return 'Point-in-time recovery could not be read.';
    case 'deleted':
      return 'Point-in-time recovery ended with the table: only backups can be restored.';
    case 'on':
      return window === undefined
        ? 'Point-in-time recovery is on and has no whole second to give at the moment.'
        : `Any second from ${bothClocks(window.from, zone)} to ${bothClocks(window.to, zone)}, which is ${spanText(now - window.to)} behind.`;
    default:
      return assertNever(pitr);
  }
};

/** Where they are is only a question where some are in vaults. */
const headings = (isInVaults: boolean): Row =>
  ['MADE', 'AGE', 'SIZE', ...(isInVaults ? ['WHERE'] : []), 'BY', 'STATUS', 'ARN'].map((text) => ({
    text,
    tone: 'muted',
  }));

const statusText = ({ status, expiresAt, deletesAt, beyond, lock }: PointOption, now: number): string =>
  [
    ...(lock === undefined ? [] : [statusOfLocked(lock)]),
    ...(expiresAt === undefined && lock !== undefined
      ? []
      : [expiresAt === undefined ? status : leftText(expiresAt, now)]),
    ...(deletesAt === undefined ? [] : [leftText(deletesAt, now)]),
    ...(beyond === 'account' ? ['copy it back first'] : []),
    ...(beyond === 'region' ? ['not in that Region'] : []),
  ].join(', ');

/** The moment is on the reader's clock with its offset, so that it can be typed after `--at` as it stands. */
const pointRow = (point: PointOption, { zone, now }: Reader, target: Target, isInVaults: boolean): Row => [
  localText(point.createdAt, zone),
  ageText(now - point.createdAt),
  sizeText(point.sizeBytes),
  ...(isInVaults ? [whereText(point, target)] : []),
  makerText(point.madeBy),
  statusText(point, now),
  point.id,
];

const pointLines = (
  { points }: Incarnation,
  target: Target,
  reader: Reader,
  screen: Screen,
): readonly string[] => {
  if (points.length === 0) return ['  No recovery points.'];
  const newest = points.toReversed();
  const rest = newest.slice(LISTED);
  const oldest = rest.at(-1);
  const isInVaults = points.some(({ vault }) => vault !== undefined);
  const rows = newest.slice(0, LISTED).map((point) => pointRow(point, reader, target, isInVaults));
  return [
    ...columns([headings(isInVaults), ...rows], '  ', screen),
    ...(oldest === undefined
      ? []
      : [`  and ${counted(rest.length, 'older one')}, back to ${localText(oldest.createdAt, reader.zone)}`]),
  ];
};

const incarnationLines = (
  incarnation: Incarnation,
  target: Target,
  reader: Reader,
  screen: Screen,
): readonly string[] => [
  `${screen.paint('strong', incarnationText(incarnation))}: ${lifeText(incarnation, reader)}`,
  ...paragraph(windowText(incarnation, reader), '  ', screen),
  ...pointLines(incarnation, target, reader, screen),
];

const PARTS = {
  table: 'whether the table exists',
  pitr: 'its point-in-time recovery',
  'recovery-points': 'the list of recovery points',
  'system-backups': 'the list of SYSTEM backups',
  manifests: 'its manifests',
  'vault-settings': 'what backup vaults need',
  vaults: 'what is in backup vaults',
} as const;

/** Formats what could not be read, one line each; more may be possible than is shown. */
export const unseenLines = ({ unseen }: Pick<NameView, 'unseen'>, screen: Screen): readonly string[] =>
  unseen.flatMap(({ part, vault, failure }) =>
    paragraph(
      `Could not be read: ${vault ?? PARTS[part]} (${failuresText([failure])}). More may be possible.`,
      '',
      screen,
    ),
  );

const severalText = ({ table, incarnations }: NameView): readonly string[] =>
  incarnations.length < 2
    ? []
    : [
        `${counted(incarnations.length, 'table')} had the name ${table}, one after another. Each second and each backup is of one of them.`,
      ];

/** Formats everything that can be restored under a name as lines, the newest table first. */
export const possibleLines = (view: NameView, reader: Reader, screen: Screen): readonly string[] =>
  spaced([
    severalText(view).flatMap((text) => paragraph(text, '', screen)),
    ...view.incarnations
      .toReversed()
      .map((incarnation) => incarnationLines(incarnation, view.target, reader, screen)),
    unseenLines(view, screen),
  ]);
