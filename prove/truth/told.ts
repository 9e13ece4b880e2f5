import type { ToldFinding } from '../../shared/model/alert-message.ts';
import type { RunRecord } from '../world/record.ts';

/** What one run reported, finding by finding. */
export interface Told {
  readonly opened: readonly string[];
  /** Told again: worse, or still so. */
  readonly again: readonly string[];
  readonly resolved: readonly string[];
  /** Kinds of which it reported several as one without a record which: the run did not survive to report. */
  readonly unclear: readonly string[];
}

/** What may have caused a finding: more than one cause if a run could not save what it reported. */
export type Causes = ReadonlySet<string | undefined>;

/** What was reported, and the cause of each as far as reports said. */
export interface Heard {
  readonly toldOpen: ReadonlySet<string>;
  readonly causes: ReadonlyMap<string, Causes>;
}

/** A group lists its tables, or else its ids, apart by commas, before the first of them is quoted. */
const names = (entry: ToldFinding, id: string, causes: Heard['causes']): boolean => {
  if (causes.get(id)?.has(entry.cause) === false) return false;
  const [kind, ...subject] = id.split('/');
  const [list = ''] = entry.fact.split('. The first of them');
  const listed = list.replace(/\.$/, '').split(/, | and /);
  return kind === entry.kind && (listed.includes(id) || subject.some((part) => listed.includes(part)));
};

/** Returns the ids that a run's report is about, where several findings of one kind may be reported as one. */
const idsOf = (
  entries: readonly ToldFinding[],
  known: readonly string[],
  causes: Heard['causes'],
): readonly string[] =>
  entries.flatMap((entry) =>
    entry.count === undefined ? [entry.id] : known.filter((id) => names(entry, id, causes)),
  );

/** Returns what a run reported, given what people knew before. */
export const toldBy = ({ told, report }: RunRecord, { toldOpen: heard, causes }: Heard): Told => {
  const open = report?.openFindings.map(({ id }) => id) ?? [];
  const causesNow = new Map([
    ...causes,
    ...(report?.openFindings ?? []).map(({ id, cause }) => [id, new Set([cause])] as const),
  ]);
  const alerts = told.map(({ alert }) => alert);
  const before = [...heard];
  // One table may be in a group that is resolved and have another finding of the kind that is not.
  const stillOpen = new Set(open);
  const over = before.filter((id) => !stillOpen.has(id));
  const all = alerts.flatMap((alert) => [
    ...alert.opened,
    ...alert.worsened,
    ...alert.reminders,
    ...alert.resolved,
  ]);
  return {
    opened: alerts.flatMap((alert) =>
      idsOf(
        alert.opened,
        open.filter((id) => !heard.has(id)),
        causesNow,
      ),
    ),
    again: alerts.flatMap((alert) =>
      idsOf([...alert.worsened, ...alert.reminders], [...new Set([...before, ...open])], causesNow),
    ),
    resolved: alerts.flatMap((alert) => idsOf(alert.resolved, over, causes)),
    unclear:
      report === undefined ? all.filter(({ count }) => count !== undefined).map(({ kind }) => kind) : [],
  };
};
