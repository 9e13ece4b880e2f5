import { describe, expect, it } from 'vitest';
import { renderMail } from '../../../shared/core/messages/mail/mail.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../../shared/model/instant.ts';
import type { OpenFinding } from '../../../shared/model/memory.ts';
import { anOpenFinding, INSTANCE, NOW, TARGET } from '../../support/world.ts';
import { slackOf, textsOf } from './slack/parts.ts';

type Kind = 'opened' | 'worsened' | 'reminders' | 'resolved';

const NO_NEWS = { opened: [], worsened: [], reminders: [], resolved: [] };

const mailOf = (kind: Kind, finding: OpenFinding, timezone?: string): string =>
  renderMail({
    news: { ...NO_NEWS, [kind]: [finding] },
    instance: INSTANCE,
    target: TARGET,
    now: NOW,
    timezone,
  }).body.replaceAll(/\s+/g, ' ');

const pageOf = (kind: Kind, finding: OpenFinding, timezone?: string): string =>
  textsOf(slackOf({ [kind]: [finding], ...(timezone !== undefined && { timezone }) }).rich).join('\n');

const lasting = { since: NOW - 3 * DAY_MS, openedAt: NOW - 2 * DAY_MS };

describe('when a finding began', () => {
  it.each<{ name: string; kind: Kind; finding: Partial<OpenFinding>; timezone?: string; says: string }>([
    {
      name: 'is told where it can be',
      kind: 'opened',
      finding: lasting,
      says: 'Since 2026-11-20 05:00 UTC (3 days ago)',
    },
    {
      name: 'is told as when it was first seen, where it began no earlier than the run that saw it',
      kind: 'opened',
      finding: { since: NOW - 10 * MINUTE_MS, openedAt: NOW - 5 * MINUTE_MS },
      says: 'First seen 2026-11-23 04:55 UTC (5 min ago)',
    },
    {
      name: 'is told where it began as long before as the longest run takes',
      kind: 'opened',
      finding: { since: NOW - 20 * MINUTE_MS, openedAt: NOW - 5 * MINUTE_MS },
      says: 'Since 2026-11-23 04:40 UTC (20 min ago)',
    },
    {
      name: 'is told on the clock of the policies, too',
      kind: 'reminders',
      finding: lasting,
      timezone: 'Asia/Seoul',
      says: 'Since 2026-11-20 05:00 UTC (2026-11-20 14:00 Asia/Seoul, 3 days ago)',
    },
    {
      name: 'is told with how it was before it became worse',
      kind: 'worsened',
      finding: { ...lasting, toldSeverity: 'warning' },
      says: 'Since 2026-11-20 05:00 UTC (3 days ago); it was a warning, and is critical now',
    },
    {
      name: 'is told with how long it lasted',
      kind: 'resolved',
      finding: lasting,
      says: 'Lasted 3 days, since 2026-11-20 05:00 UTC (3 days ago)',
    },
    {
      name: 'is told with how long it lasted until it was over, of what people hear of only later',
      kind: 'resolved',
      finding: { since: NOW - 20 * HOUR_MS, resolvedAt: NOW - 12 * HOUR_MS, flapping: true },
      says: 'Lasted 8 h, since 2026-11-22 09:00 UTC (20 h ago)',
    },
  ])('$name, in the mail and in Slack', ({ kind, finding, timezone, says }) => {
    expect(mailOf(kind, anOpenFinding(finding), timezone)).toContain(says);
    expect(pageOf(kind, anOpenFinding(finding), timezone)).toContain(says);
  });

  it('is told as it came by a message whose zone nobody knows', () => {
    expect(pageOf('opened', anOpenFinding(), 'Mars/Base')).toContain('not shown');
    expect(pageOf('opened', anOpenFinding(), 'Mars/Base')).not.toContain('Since');
  });
});
