import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CardLine, TeamsMessage } from '../../../../shared/core/messages/teams/card.ts';
import { renderTeamsMessage } from '../../../../shared/core/messages/teams/message.ts';
import { advise } from '../../../../shared/model/advice.ts';
import type { AlertMessage } from '../../../../shared/model/alert-message.ts';
import { HOUR_MS } from '../../../../shared/model/instant.ts';
import { commandOf } from '../../../support/advice-text.ts';
import { anOpenFinding, NOW } from '../../../support/world.ts';
import { hostileText, openFindings } from '../../alert/random-findings.ts';
import { anAlert } from '../slack/parts.ts';

const rendered = (document: object): TeamsMessage =>
  renderTeamsMessage({ subject: 'not shown', text: JSON.stringify(document) });

const cardOf = (alert: Partial<AlertMessage>, subject = '[Tablekeeper prod] news') =>
  rendered({ version: 1, subject, alert: anAlert(alert) });

const linesOf = ({ attachments: [{ content }] }: TeamsMessage): readonly CardLine[] =>
  content.body.flatMap((part) => (part.type === 'Container' ? part.items : [part]));

/** As a person reads it, the ground before what stands on it. */
const pageOf = ({ attachments: [{ content }] }: TeamsMessage): string =>
  content.body
    .flatMap((part) =>
      part.type === 'Container'
        ? [`-- ${part.style}`, ...part.items.map(({ inlines: [run] }) => run?.text)]
        : [part.inlines[0]?.text],
    )
    .join('\n');

const bytesOf = (message: TeamsMessage): number => Buffer.byteLength(JSON.stringify(message));

/** What Teams has been seen to take, with what it adds: the nearest to the limit that was seen to fail had 21,000. */
const MOST_BYTES = 20_000;

describe('a card', () => {
  it('tells what the mail tells', () => {
    const command = 'aws dynamodb tag-resource --region eu-central-1 --tags Key=backup:policy,Value=standard';
    const card = cardOf({
      logLink: 'https://logs.example/run?a=1',
      findingsPage: 'javascript:alert(1)',
      opened: [
        {
          ...anOpenFinding({ advice: advise('Tag it:', commandOf(command)) }),
          headline: 'PITR off on Orders',
        },
      ],
      resolved: [anOpenFinding({ id: 'pitr-off/Carts', table: 'Carts', since: NOW - 5 * HOUR_MS })],
      leftOut: [{ kind: 'opened', severity: 'info', count: 2 }],
    });
    expect(pageOf(card)).toMatchInlineSnapshot(`
      "[Tablekeeper prod] news
      Tablekeeper prod · account 111122223333 · Region eu-central-1 · run 7f2c
      -- attention
      NEW · CRITICAL (1)
      PITR off on Orders
      Point-in-time recovery of Orders is off.
      Since 2026-11-23 04:00 UTC (1 h ago)
      Tag it:
      aws dynamodb tag-resource --region eu-central-1 --tags Key=backup:policy,Value=standard
      pitr-off/Orders
      -- good
      RESOLVED (1)
      pitr-off on Carts
      Lasted 5 h, since 2026-11-23 00:00 UTC (5 h ago)
      pitr-off/Carts
      And 2 more: see the mail (2 new info). This shows what is open:
      npx tablekeeper plan --region eu-central-1"
    `);
    expect(card.attachments[0].content.actions).toEqual([
      { type: 'Action.OpenUrl', title: 'Log of the run', url: 'https://logs.example/run?a=1' },
    ]);
    const code = linesOf(card).flatMap(({ inlines }) =>
      inlines.filter((run) => run.fontType === 'Monospace'),
    );
    expect(code.map(({ text }) => text)).toContain(command);
  });

  it('of a digest, an alarm and any other text shows each', () => {
    const origin = {
      instance: 'prod',
      target: { accountId: '111122223333', region: 'us-east-1' },
      sentAt: NOW,
    };
    const sections = [{ title: 'standing', severity: 'warning', lines: ['* orders at risk', '', 'more'] }];
    expect(pageOf(rendered({ version: 1, subject: 'Digest', digest: { ...origin, sections } }))).toContain(
      '-- warning\nSTANDING\n\u2022 orders at risk\nmore',
    );
    const alarm = { AlarmName: 'a', NewStateValue: 'ALARM', NewStateReason: 'one datapoint' };
    expect(pageOf(rendered(alarm))).toBe('ALARM: a\n-- attention\none datapoint\nCloudWatch alarm');
    expect(pageOf(renderTeamsMessage({ subject: '', text: 'a\n\nb' }))).toBe(
      'A message on the alert topic\na\nb',
    );
  });

  it('holds text from outside as it is, in elements that know no markup, whatever it says', () => {
    const words = '[click](https://evil.example) **now** <at>all</at> `x` @channel';
    const card = cardOf(
      { opened: [{ ...anOpenFinding({ fact: words, id: words }), headline: words }] },
      words,
    );
    for (const line of linesOf(card)) expect(line.type).toBe('RichTextBlock');
    expect(
      pageOf(card)
        .split('\n')
        .filter((line) => line === words),
    ).toHaveLength(4);
    expect(JSON.stringify(card)).not.toContain('"TextBlock"');
    expect(card.attachments[0].content).not.toHaveProperty('msteams.entities');
  });

  it('stays under the limit of Teams with any findings, and says how many it has no room for', () => {
    fc.assert(
      fc.property(openFindings(60), hostileText, (opened, subject) => {
        const card = cardOf({ opened: opened.map((one) => ({ ...one, headline: one.fact })) }, subject);
        expect(bytesOf(card)).toBeLessThanOrEqual(MOST_BYTES);
        const shown = linesOf(card).filter(
          ({ inlines: [run] }) => run?.weight === 'Bolder' && run.size === undefined,
        );
        const rest = /And (\d+) more/.exec(pageOf(card))?.[1] ?? 0;
        expect(shown.length + Number(rest)).toBe(opened.length);
      }),
      { numRuns: 30 },
    );
  });

  it.each(['a', '\u{1f9e8}', '"', '\u0107', 'عرب '])(
    'stays under it, and shows the worst, with the longest texts of "%s"',
    (letter) => {
      const long = letter.repeat(2_000);
      const finding = {
        ...anOpenFinding({ fact: long, id: long, advice: advise(long, [long]) }),
        headline: long,
      };
      const card = cardOf(
        {
          opened: Array(8).fill(finding),
          logLink: `https://x/${long}`,
          policyTag: long,
          runId: long,
          leftOut: [],
        },
        long,
      );
      expect(bytesOf(card)).toBeLessThanOrEqual(MOST_BYTES);
      expect(pageOf(card)).toContain('NEW \u00b7 CRITICAL (');
      const lines = Array(20).fill(`* ${long.slice(0, 600)}`);
      const sections = Array(12).fill({ title: long, lines });
      const origin = { instance: long, target: { accountId: long, region: long }, sentAt: NOW };
      const digest = rendered({ version: 1, subject: long, digest: { ...origin, sections } });
      expect(bytesOf(digest)).toBeLessThanOrEqual(MOST_BYTES);
      expect(pageOf(digest)).toMatch(/And \d+ more lines: see the mail\./);
      const text = renderTeamsMessage({ subject: long, text: `${long}\n`.repeat(60) });
      expect(bytesOf(text)).toBeLessThanOrEqual(MOST_BYTES);
    },
  );
});
