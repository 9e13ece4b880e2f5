import type { AlertMessage, LeftOut, NewsKind } from '../../model/alert-message.ts';
import type { Severity } from '../../model/finding.ts';
import { SEVERITIES } from '../../model/finding.ts';
import type { SlackEntry } from './slack/finding.ts';

/** The order in which a message lists its news. */
export const NEWS_KINDS: readonly NewsKind[] = ['opened', 'worsened', 'reminders', 'resolved'];

/** A finding as it is shown. */
export interface ShownEntry extends SlackEntry {
  readonly text: string;
}

/** Findings of one kind and one severity, under one heading and beside one colour; resolved ones stand together. */
export interface EntryGroup {
  readonly kind: NewsKind;
  readonly severity: Severity | undefined;
  readonly entries: readonly ShownEntry[];
}

/** What a message shows, and what it only counts. */
export interface Choice {
  readonly groups: readonly EntryGroup[];
  readonly rest: readonly LeftOut[];
}

/** The limits of a form of the message, and how it shows one finding. */
export interface Form {
  readonly blocks: number;
  readonly chars: number;
  readonly show: (entry: SlackEntry) => string;
}

/** Blocks for the title, the origin and the count of what does not fit. */
const FRAME_BLOCKS = 3;

/** The most that these and a heading take, in characters. */
const FRAME_CHARS = 1_900;
const HEADING_CHARS = 60;

const groupKey = ({ kind, finding }: SlackEntry): string =>
  kind === 'resolved' ? kind : `${kind} ${finding.severity}`;

const rankOf = ({ kind, finding }: SlackEntry): number =>
  kind === 'resolved' ? SEVERITIES.length : SEVERITIES.indexOf(finding.severity);

const entriesOf = (alert: AlertMessage, { show }: Form): readonly ShownEntry[] =>
  NEWS_KINDS.flatMap((kind) =>
    alert[kind].map((finding) => ({ kind, finding, text: show({ kind, finding }) })),
  );

/** Counts how many of the worst entries fit. */
const fitting = (worstFirst: readonly ShownEntry[], form: Form): number => {
  const headings = new Set<string>();
  let blocks = FRAME_BLOCKS;
  let chars = FRAME_CHARS;
  const tooMany = worstFirst.findIndex((entry) => {
    const isFirst = !headings.has(groupKey(entry));
    headings.add(groupKey(entry));
    blocks += isFirst ? 2 : 1;
    chars += entry.text.length + 1 + (isFirst ? HEADING_CHARS : 0);
    return blocks > form.blocks || chars > form.chars;
  });
  return tooMany === -1 ? worstFirst.length : tooMany;
};

const groupsOf = (shown: readonly ShownEntry[]): readonly EntryGroup[] =>
  NEWS_KINDS.flatMap((kind) => {
    const ofKind = shown.filter((entry) => entry.kind === kind);
    const severities = kind === 'resolved' ? [undefined] : SEVERITIES;
    return severities.map((severity) => ({
      kind,
      severity,
      entries: ofKind.filter(({ finding }) => severity === undefined || finding.severity === severity),
    }));
  }).filter(({ entries }) => entries.length > 0);

/** Counts the findings that entries cover. */
export const findingsIn = (entries: readonly SlackEntry[]): number =>
  entries.reduce((sum, { finding: { count = 1 } }) => sum + count, 0);

/** Counts entries, and what was left out before, by kind and severity. */
const countsOf = (entries: readonly SlackEntry[], leftOut: readonly LeftOut[]): readonly LeftOut[] =>
  NEWS_KINDS.flatMap((kind) =>
    SEVERITIES.map((severity) => {
      const here = findingsIn(
        entries.filter((one) => one.kind === kind && one.finding.severity === severity),
      );
      const before = leftOut.filter((one) => one.kind === kind && one.severity === severity);
      return { kind, severity, count: before.reduce((sum, { count }) => sum + count, here) };
    }),
  ).filter(({ count }) => count > 0);

/**
 * Chooses the findings that a message shows, in the order of the mail, and counts the others. The worst are kept, and
 * resolved ones are dropped first. The message stays under the form's limits of blocks and characters.
 */
export const chooseFindings = (alert: AlertMessage, form: Form): Choice => {
  const worstFirst = entriesOf(alert, form).toSorted((a, b) => rankOf(a) - rankOf(b));
  const room = fitting(worstFirst, form);
  return {
    groups: groupsOf(worstFirst.slice(0, room)),
    rest: countsOf(worstFirst.slice(room), alert.leftOut),
  };
};
