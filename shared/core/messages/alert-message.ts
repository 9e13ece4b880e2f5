import type { AlertMessage } from '../../model/alert-message.ts';
import type { MailContent } from './mail/mail.ts';

/** Given what a mail is made of, returns the same as data. */
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
  opened: news.opened,
  worsened: news.worsened,
  reminders: news.reminders,
  resolved: news.resolved,
  leftOut: [],
});
