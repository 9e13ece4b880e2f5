import { snsMessageOf } from '../../shared/adapters/notify/sns-message.ts';
import { toldNews } from '../../shared/core/alert/groups.ts';
import { hasNews, type News } from '../../shared/core/alert/news.ts';
import { alertMessageOf } from '../../shared/core/messages/alert-message.ts';
import { logLink } from '../../shared/core/messages/log-link.ts';
import { renderMail } from '../../shared/core/messages/mail/mail.ts';
import { renderSlackMessage } from '../../shared/core/messages/slack/message.ts';
import type { SlackMessage } from '../../shared/core/messages/slack/payload.ts';
import { INSTANCE, NOW, TARGET } from '../support/world.ts';

/** One message as both its readers get it. */
export interface Letter {
  readonly subject: string;
  readonly body: string;
  readonly slack: SlackMessage;
}

const RUN = '8f5d2c1e-7a10-4c7e-9a43-0d6b6f1c2b77';
const LOG = { group: '/aws/lambda/tablekeeper-prod-audit', stream: '2026/11/23/[$LATEST]2b9c61f0d4b34e1f' };

/**
 * Renders the mail and the Slack message of news, in the way that a run and the Slack function do;
 * undefined when nothing is sent.
 */
export const letterOf = (news: News): Letter | undefined => {
  if (!hasNews(news)) return undefined;
  const link = logLink(LOG, RUN, TARGET);
  const content = { news, instance: INSTANCE, target: TARGET, now: NOW, runId: RUN, logLink: link };
  const mail = renderMail(content);
  const alert = alertMessageOf({ ...content, news: toldNews(news) });
  const { Message } = snsMessageOf({ ...mail, alert });
  const { lambda } = JSON.parse(Message) as { readonly lambda: string };
  return { ...mail, slack: renderSlackMessage({ subject: mail.subject, text: lambda }) };
};
