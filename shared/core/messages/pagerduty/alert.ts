import { stepsOf } from '../../../model/advice.ts';
import type { AlertMessage, LeftOut, ToldFinding } from '../../../model/alert-message.ts';
import { SEVERITIES, type Severity } from '../../../model/finding.ts';
import { isoInstant } from '../../../model/instant.ts';
import { commandText, isShown, NOT_SHOWN } from '../../../model/shell.ts';
import { incidentOf } from '../../alert/incidents.ts';
import { headlineText } from '../../text/headline.ts';
import { planText } from '../../text/whole-command.ts';
import { capped, cappedWithoutLinks, counted } from '../../text/words.ts';
import { type NewsEntry, worstFirst } from '../choice.ts';
import { openTimes } from '../finding-times.ts';
import { DETAIL_CHARS, dedupKey, type PagerdutyEvent, resolve, trigger } from './event.ts';

/** The findings of one incident that are told one by one; the mail has them all. */
const MOST_TOLD = 50;

/** An older version named no incidents. */
const incidentsIn = (finding: ToldFinding): readonly string[] => finding.incidents ?? [incidentOf(finding)];

const keyOf = ({ instance, target }: AlertMessage, incident: string): string =>
  dedupKey('tablekeeper', instance, target.accountId, target.region, incident);

const originOf = ({ instance, target, runId }: AlertMessage) => ({
  instance,
  account: target.accountId,
  region: target.region,
  ...(runId !== undefined && { run: runId }),
});

const sourceOf = ({ target }: AlertMessage): string => `${target.accountId}/${target.region}`;

const linksOf = ({ logLink, findingsPage }: AlertMessage) =>
  [
    { href: logLink, text: 'Log of the run' },
    { href: findingsPage, text: 'What a finding means' },
  ].flatMap(({ href, text }) => (href?.startsWith('https://') === true ? [{ href, text }] : []));

/** A command is shown whole or not at all, because half of one is dangerous. */
const adviceLines = ({ advice }: ToldFinding): readonly string[] =>
  stepsOf(advice).flatMap(({ say, commands }) => [
    cappedWithoutLinks(say, DETAIL_CHARS),
    ...commands.map((command) =>
      isShown(command) && commandText(command).length <= DETAIL_CHARS ? commandText(command) : NOT_SHOWN,
    ),
  ]);

const detailsOf = ({ finding }: NewsEntry, { sentAt, timezone }: AlertMessage) => ({
  finding: capped(finding.id, DETAIL_CHARS),
  fact: cappedWithoutLinks(finding.fact, DETAIL_CHARS),
  since: openTimes(finding, sentAt, timezone),
  what_to_do: adviceLines(finding),
});

const headOf = ({ finding }: NewsEntry): string => finding.headline ?? headlineText(finding, undefined);

/** One event for an incident, with what is worst of it first. */
const opening = (
  alert: AlertMessage,
  incident: string,
  [worst, ...others]: readonly [NewsEntry, ...NewsEntry[]],
): PagerdutyEvent => {
  const { kind, severity, since, table } = worst.finding;
  const all = [worst, ...others];
  const more = others.length === 0 ? '' : `, and ${counted(others.length, 'more entry', 'more entries')}`;
  const told = all.slice(0, MOST_TOLD).map((entry) => detailsOf(entry, alert));
  const details = others.length === 0 ? { ...told[0] } : { findings: told };
  return trigger(
    keyOf(alert, incident),
    {
      summary: `[Tablekeeper ${alert.instance}] ${headOf(worst)}${more}`,
      source: sourceOf(alert),
      severity,
      timestamp: isoInstant(since),
      ...(others.length === 0 && table !== undefined && { component: capped(table, DETAIL_CHARS) }),
      group: alert.instance,
      class: capped(kind, DETAIL_CHARS),
      custom_details: { ...details, ...originOf(alert) },
    },
    linksOf(alert),
  );
};

/** Groups entries by incident, in their order: a joined entry may belong to several. */
const byIncident = (entries: readonly NewsEntry[]): ReadonlyMap<string, readonly NewsEntry[]> => {
  const groups = new Map<string, NewsEntry[]>();
  for (const entry of entries)
    for (const incident of incidentsIn(entry.finding))
      groups.set(incident, [...(groups.get(incident) ?? []), entry]);
  return groups;
};

const worstOf = (leftOut: readonly LeftOut[]): Severity | undefined =>
  SEVERITIES.find((severity) => leftOut.some((one) => one.severity === severity));

/** What a message had no room for has no incident of its own: one stands for all of it, and is closed by a person. */
const leftOutEvents = (alert: AlertMessage): readonly PagerdutyEvent[] => {
  const open = alert.leftOut.filter(({ kind, severity }) => kind !== 'resolved' && severity !== 'info');
  const severity = worstOf(open);
  if (severity === undefined) return [];
  const count = open.reduce((sum, one) => sum + one.count, 0);
  return [
    trigger(keyOf(alert, `left-out@${alert.sentAt}`), {
      summary: `[Tablekeeper ${alert.instance}] ${counted(count, 'more finding')}: see the mail`,
      source: sourceOf(alert),
      severity,
      group: alert.instance,
      custom_details: { what_to_do: [planText(alert)], ...originOf(alert) },
    }),
  ];
};

/**
 * Writes an alert as events: one for each incident, so that what is resolved ends it and a reminder opens no second one. What is only for information wakes
 * nobody: an incident of nothing else is left to the mail.
 */
export const alertEvents = (alert: AlertMessage): readonly PagerdutyEvent[] => {
  const entries = worstFirst(alert);
  const open = entries.filter(({ kind }) => kind !== 'resolved');
  const ended = entries
    .filter(({ kind }) => kind === 'resolved')
    .flatMap(({ finding }) => incidentsIn(finding));
  const opened = [...byIncident(open)].flatMap(([incident, [worst, ...others]]) =>
    worst === undefined || worst.finding.severity === 'info'
      ? []
      : [opening(alert, incident, [worst, ...others])],
  );
  return [
    ...opened,
    ...leftOutEvents(alert),
    ...[...new Set(ended)].map((incident) => resolve(keyOf(alert, incident))),
  ];
};
