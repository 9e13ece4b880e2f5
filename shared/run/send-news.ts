import { toldNews } from '../core/alert/groups.ts';
import { hasNews, type News, readableNews } from '../core/alert/news.ts';
import { alertMessageOf } from '../core/messages/alert-message.ts';
import { logLink, type RunLog } from '../core/messages/log-link.ts';
import { renderMail } from '../core/messages/mail/mail.ts';
import { zoneOf } from '../core/policy/compile.ts';
import type { Deps } from './deps.ts';

/** Whose news it is. */
export interface NewsOrigin {
  readonly runId: string;
  readonly log?: RunLog | undefined;
}

/** Sends news as one message, or none where there is no news. Throws where it did not leave. */
export const sendNews = async (
  {
    clock,
    instance,
    notifier,
    policies,
    target,
  }: Pick<Deps, 'clock' | 'instance' | 'notifier' | 'policies' | 'target'>,
  given: News,
  { runId, log }: NewsOrigin,
): Promise<void> => {
  const news = readableNews(given);
  if (!hasNews(news)) return;
  const link = log === undefined ? undefined : logLink(log, runId, target);
  const timezone = zoneOf(policies);
  const content = { news, instance, target, now: clock.now(), timezone, runId, logLink: link };
  await notifier.send({
    ...renderMail(content),
    alert: alertMessageOf({ ...content, news: toldNews(news) }),
  });
};
