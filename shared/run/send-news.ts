import { toldNews } from '../core/alert/groups.ts';
import { hasNews, type News, readableNews } from '../core/alert/news.ts';
import { alertMessageOf } from '../core/messages/alert-message.ts';
import { logLink, type RunLog } from '../core/messages/log-link.ts';
import { renderMail } from '../core/messages/mail/mail.ts';
import { zoneOf } from '../core/policy/compile.ts';
import type { Instant } from '../model/instant.ts';
import type { OpenFinding } from '../model/memory.ts';
import type { Outcome } from '../model/outcome.ts';
import type { PageLink } from '../model/page-link.ts';
import { deployedAs } from '../model/policy.ts';
import type { Deps } from './deps.ts';
import type { Look } from './look.ts';

/** What a run found and did, as far as it may have to be reported. */
export interface RunResult {
  readonly seen: Look;
  readonly outcomes: readonly Outcome[];
  readonly runId: string;
  readonly deadline: Instant;
  /** The page that this run wrote; absent where it wrote none. */
  readonly page?: PageLink | undefined;
  /** Where the run's log is written; absent at a terminal. */
  readonly log?: RunLog | undefined;
}

/** What is open after the alert, and what failed in sending it. */
export interface Told {
  readonly openFindings: readonly OpenFinding[];
  readonly failures: readonly string[];
}

export type AlertDeps = Pick<
  Deps,
  | 'clock'
  | 'finders'
  | 'findingsPage'
  | 'instance'
  | 'log'
  | 'notifier'
  | 'policies'
  | 'restoreRecords'
  | 'stateStore'
  | 'target'
  | 'withoutMemoryPause'
>;

/** The run that the news is from. */
export interface NewsOrigin {
  readonly runId: string;
  readonly log?: RunLog | undefined;
  readonly page?: PageLink | undefined;
}

/** Sends news as one message, or none when there is no news; `reported` is what people know of after it. Throws when it was not sent. */
export const sendNews = async (
  {
    clock,
    findingsPage,
    instance,
    notifier,
    policies,
    target,
  }: Pick<Deps, 'clock' | 'findingsPage' | 'instance' | 'notifier' | 'policies' | 'target'>,
  given: News,
  { runId, log, page }: NewsOrigin,
  reported: readonly OpenFinding[] = [],
): Promise<void> => {
  const news = readableNews(given);
  if (!hasNews(news)) return;
  const link = log === undefined ? undefined : logLink(log, runId, target);
  const timezone = zoneOf(policies);
  const origin = { instance, ...deployedAs(policies), target, runId, logLink: link, page, findingsPage };
  const content = { ...origin, news, now: clock.now(), timezone };
  await notifier.send({
    ...renderMail(content),
    alert: alertMessageOf({ ...content, news: toldNews(news, reported) }),
  });
};
