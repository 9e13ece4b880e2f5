import type { AlertMessage, ToldFinding } from '../../model/alert-message.ts';
import { headlineOf } from '../findings/headline.ts';
import { type Deployment, withWholeCommands } from '../text/whole-command.ts';
import type { MailContent } from './mail/mail.ts';

/**
 * Adds headlines, because the renderer of the message has no catalogue. An older version may have stored commands that
 * do not say where.
 */
const completed = (findings: readonly ToldFinding[], deployment: Deployment): readonly ToldFinding[] =>
  withWholeCommands(findings, deployment).map((finding) => ({ ...finding, headline: headlineOf(finding) }));

/** Converts the content of a mail into data. */
export const alertMessageOf = ({
  news: { opened, worsened, reminders, resolved },
  now,
  timezone,
  runId,
  logLink,
  findingsPage,
  ...deployment
}: MailContent): AlertMessage => ({
  instance: deployment.instance,
  ...(deployment.policyTag !== undefined && { policyTag: deployment.policyTag }),
  target: deployment.target,
  sentAt: now,
  ...(timezone !== undefined && { timezone }),
  ...(runId !== undefined && { runId }),
  ...(logLink !== undefined && { logLink }),
  ...(findingsPage !== undefined && { findingsPage }),
  opened: completed(opened, deployment),
  worsened: completed(worsened, deployment),
  reminders: completed(reminders, deployment),
  resolved: completed(resolved, deployment),
  leftOut: [],
});
