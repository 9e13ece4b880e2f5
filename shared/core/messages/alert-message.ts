import type { AlertMessage, ToldFinding } from '../../model/alert-message.ts';
import { headlineOf } from '../findings/headline.ts';
import type { MailContent } from './mail/mail.ts';

/** Adds headlines, because the renderer of the message has no catalogue. */
const withHeadlines = (findings: readonly ToldFinding[]): readonly ToldFinding[] =>
  findings.map((finding) => ({ ...finding, headline: headlineOf(finding) }));

/** Converts the content of a mail into data. */
export const alertMessageOf = ({
  news,
  instance,
  target,
  now,
  timezone,
  runId,
  logLink,
}: MailContent): AlertMessage => ({
  instance,
  target,
  sentAt: now,
  ...(timezone !== undefined && { timezone }),
  ...(runId !== undefined && { runId }),
  ...(logLink !== undefined && { logLink }),
  opened: withHeadlines(news.opened),
  worsened: withHeadlines(news.worsened),
  reminders: withHeadlines(news.reminders),
  resolved: withHeadlines(news.resolved),
  leftOut: [],
});
