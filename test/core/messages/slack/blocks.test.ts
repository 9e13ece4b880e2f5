import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { renderSlackMessage } from '../../../../shared/core/messages/slack/message.ts';
import type { SlackPayload } from '../../../../shared/core/messages/slack/payload.ts';
import { advise, followedBy } from '../../../../shared/model/advice.ts';
import type { AlertMessage, LeftOut } from '../../../../shared/model/alert-message.ts';
import type { Severity } from '../../../../shared/model/finding.ts';
import { DAY_MS, HOUR_MS } from '../../../../shared/model/instant.ts';
import { commandOf } from '../../../support/advice-text.ts';
import { anOpenFinding, NOW } from '../../../support/world.ts';
import { hostileText, openFindings } from '../../alert/random-findings.ts';
import { blocksOf, slackOf, textsOf } from './parts.ts';

/** As a person reads it: texts from top to bottom, the colour before what stands beside it. */
const pageOf = ({ blocks = [], attachments = [] }: SlackPayload): string =>
  [
    ...blocksOf({ ...QUIET, blocks }).map((block) =>
      block.type === 'context' ? block.elements.map(({ text }) => text).join() : block.text.text,
    ),
    ...attachments.flatMap(({ color, blocks: inside }) => [
      `-- ${color}`,
      ...textsOf({ ...QUIET, blocks: inside }).slice(1),
    ]),
  ].join('\n');
const QUIET = { text: '', link_names: false, unfurl_links: false, unfurl_media: false } as const;

describe('a Slack message', () => {
  it('tells what the mail tells', () => {
    const subject = '[Tablekeeper prod] 2 new, 1 still open, 1 resolved; worst critical: PITR off on Orders';
    const command =
      'aws dynamodb update-continuous-backups --region eu-central-1 --table-name Orders --point-in-time-recovery-specification PointInTimeRecoveryEnabled=true,RecoveryPeriodInDays=35';
    const message = slackOf(
      {
        logLink: 'https://logs.example/run?a=1&b=7f2c',
        opened: [
          anOpenFinding({ since: NOW, advice: advise('Switch it on:', commandOf(command)) }),
          anOpenFinding({
            id: 'restorable-lag/my_table',
            kind: 'restorable-lag',
            table: 'my_table',
            severity: 'warning',
          }),
        ],
        reminders: [
          anOpenFinding({
            id: 'pitr-window-short/Users',
            kind: 'pitr-window-short',
            table: 'Users',
            severity: 'warning',
            since: NOW - 3 * DAY_MS,
          }),
        ],
        resolved: [anOpenFinding({ id: 'pitr-off/Carts', table: 'Carts', since: NOW - 5 * HOUR_MS })],
        leftOut: [{ kind: 'opened', severity: 'info', count: 2 }],
      },
      subject,
    );
    expect(message.rich.text).toBe(subject);
    expect(pageOf(message.rich)).toMatchInlineSnapshot(`
      "[Tablekeeper prod] 2 new, 1 still open, 1 resolved; worst critical: PITR off on Orders
      Tablekeeper prod · account 111122223333 · Region eu-central-1 · run \`7f2c\` · <https://logs.example/run?a=1&amp;b=7f2c|log of the run>
      -- #c9252d
      *NEW · CRITICAL (1)*
      *PITR off on Orders*
      Point-in-time recovery of Orders is off.
      First seen 2026-11-23 04:30 UTC (30 min ago)
      Switch it on:
      \`\`\`
      aws dynamodb update-continuous-backups --region eu-central-1 \\
        --table-name Orders --point-in-time-recovery-specification \\
        PointInTimeRecoveryEnabled=true,RecoveryPeriodInDays=35
      \`\`\`
      \`pitr-off/Orders\`
      -- #e8a317
      *NEW · WARNING (1)*
      *restorable time lags on my_table*
      Point-in-time recovery of Orders is off.
      Since 2026-11-23 04:00 UTC (1 h ago)
      Switch it on.
      \`restorable-lag/my_table\`
      -- #e8a317
      *STILL OPEN (reminder) · WARNING (1)*
      *PITR window short on Users*
      Point-in-time recovery of Orders is off.
      Since 2026-11-20 05:00 UTC (3 days ago)
      Switch it on.
      \`pitr-window-short/Users\`
      -- #2e8b57
      *RESOLVED (1)*
      *PITR off on Carts*
      Lasted 5 h, since 2026-11-23 00:00 UTC (5 h ago)
      \`pitr-off/Carts\`
      -- #5f7d95
      And 2 more: see the mail (2 new info). \`npx tablekeeper plan --region eu-central-1\` shows what is open."
    `);
    expect(message.plain.text).toMatchInlineSnapshot(`
      "[Tablekeeper prod] 2 new, 1 still open, 1 resolved; worst critical: PITR off on Orders
      NEW · CRITICAL (1)
      *PITR off on Orders* \`pitr-off/Orders\`
      NEW · WARNING (1)
      *restorable time lags on my_table* \`restorable-lag/my_table\`
      STILL OPEN (reminder) · WARNING (1)
      *PITR window short on Users* \`pitr-window-short/Users\`
      RESOLVED (1)
      *PITR off on Carts* \`pitr-off/Carts\`
      And 2 more: see the mail (2 new info). \`npx tablekeeper plan --region eu-central-1\` shows what is open.
      Tablekeeper prod · account 111122223333 · Region eu-central-1 · run \`7f2c\` · <https://logs.example/run?a=1&amp;b=7f2c|log of the run>"
    `);
  });

  it('stands beside the colour of the severity, and what is over beside green', () => {
    const severities: readonly Severity[] = ['critical', 'warning', 'info'];
    const opened = severities.map((severity) => anOpenFinding({ severity, id: `pitr-off/${severity}` }));
    const { rich } = slackOf({ opened, resolved: [anOpenFinding()] });
    expect(rich.attachments?.map(({ color }) => color)).toEqual(['#c9252d', '#e8a317', '#5f7d95', '#2e8b57']);
  });

  it.each([
    { name: 'a call to everybody', fact: '<!channel> @here', shown: '&lt;!channel&gt; \uff20here' },
    { name: 'a person', fact: '<@U012AB3CD>', shown: '&lt;\uff20U012AB3CD&gt;' },
    {
      name: 'a disguised link',
      fact: '<https://evil.example|click>',
      shown: '&lt;https: //evil.example|click&gt;',
    },
    { name: 'a mail address', fact: 'dba@example.com', shown: 'dba\uff20example.com' },
    { name: 'the key of a tag before a colon', fact: 'no backup:policy: T', shown: 'no backup:policy: T' },
    {
      name: 'an ARN, to be copied,',
      fact: 'see arn:aws:dynamodb:eu-central-1:111122223333:table/my_table_.',
      shown: 'see `arn:aws:dynamodb:eu-central-1:111122223333:table/my_table_`.',
    },
    { name: 'a bare address', fact: 'http://evil.example', shown: 'http: //evil.example' },
    { name: 'an entity', fact: '&lt;!here&gt;', shown: '&amp;lt;!here&amp;gt;' },
    {
      name: 'bold, struck and code',
      fact: '*a* ~b~ `c`',
      shown: '\u2217a\u2217 \u223cb\u223c \u02cbc\u02cb',
    },
    {
      name: 'italics, but not the underscores of names',
      fact: '_a_ my_table',
      shown: '\u02cda\u02cd my_table',
    },
    { name: 'a picture, but not the time of day', fact: ':fire: 03:00:00Z', shown: '\u2236fire: 03:00:00Z' },
    { name: 'a quotation', fact: '>>> a', shown: '\u203a a' },
    { name: 'line breaks and what rewrites the screen', fact: 'a\r\n\u202eb\u0000', shown: 'a b' },
  ])('shows $name as mere words', ({ fact, shown }) => {
    expect(textsOf(slackOf({ opened: [anOpenFinding({ fact })] }).rich)).toContainEqual(
      expect.stringContaining(`\n${shown}\nSince`),
    );
  });

  it('links to the log of the run and to nothing else', () => {
    const page = (logLink: string) => textsOf(slackOf({ logLink }).rich).join('\n');
    expect(page('https://a.example/x?y&z')).toContain('<https://a.example/x?y&amp;z|log of the run>');
    for (const link of ['javascript:alert(1)', 'https://a.example/|b', 'https://a.example/>b', 'https://a b'])
      expect(page(link)).not.toMatch(/<[^>]*\|/);
  });

  it('shows a command whole or leaves it to the mail', () => {
    const advice = advise('Do:', commandOf(`aws ${'x '.repeat(600)}x`));
    const text = textsOf(slackOf({ opened: [anOpenFinding({ advice })] }).rich).join('\n');
    expect(text).toContain('Do:\nWhat to do is in the mail.');
    expect(text).not.toContain('```');
  });

  it.each([
    {
      name: 'many lines',
      advice: followedBy(advise(''), ...Array.from({ length: 10 }, () => advise('x '.repeat(200)))),
    },
    { name: 'a command that grows when it is escaped', advice: advise('Do:', ['aws', '&'.repeat(780)]) },
  ])('leaves advice of $name to the mail and keeps the rest', ({ advice }) => {
    const texts = textsOf(slackOf({ opened: [anOpenFinding({ advice })] }).rich);
    expect(texts).toContainEqual(
      expect.stringMatching(
        /^\*PITR off on Orders\*\n.*\nSince .*\nWhat to do is in the mail\.\n`pitr-off\/Orders`$/,
      ),
    );
  });

  it('tells many of one cause as one, and counts them all', () => {
    const storm = {
      ...anOpenFinding({ id: 'pitr-off (300 findings)', fact: 'A, B and 298 more.' }),
      count: 300,
      tables: 300,
    };
    const { rich } = slackOf({ opened: [storm], resolved: [storm, anOpenFinding()] });
    const texts = textsOf(rich);
    expect(texts).toContain('*NEW \u00b7 CRITICAL (300)*');
    expect(texts).toContain('*RESOLVED (301)*');
    expect(texts.filter((text) => text.includes('on 300 tables*\nA, B and 298 more.'))).toHaveLength(2);
    expect(texts).toContainEqual(expect.stringContaining('Lasted up to 1 h'));
    const crowded = slackOf({ opened: [storm], resolved: Array.from({ length: 60 }, () => storm) });
    expect(textsOf(crowded.rich).at(-1)).toMatch(/^And \d+00 more: see the mail \(\d+00 resolved critical\)/);
  });

  it('keeps the worst and counts the others', () => {
    const many = (severity: Severity) =>
      Array.from({ length: 60 }, (_, at) => anOpenFinding({ id: `pitr-off/${severity}${at}`, severity }));
    const leftOut: readonly LeftOut[] = [{ kind: 'resolved', severity: 'info', count: 7 }];
    const { rich } = slackOf({
      opened: [...many('warning'), ...many('info')],
      worsened: [anOpenFinding()],
      resolved: [anOpenFinding({ id: 'pitr-off/over' })],
      leftOut,
    });
    const sections = textsOf(rich).filter((text) => text.includes('`pitr-off/'));
    const last = textsOf(rich).at(-1) ?? '';
    expect(sections.length).toBeGreaterThan(30);
    expect(textsOf(rich).join('\n')).toContain('WORSE \u00b7 CRITICAL (1)');
    expect(textsOf(rich).join('\n')).not.toContain('INFO (');
    expect(last).toBe(
      `And ${122 - sections.length + 7} more: see the mail (${61 - sections.length} new warning, 60 new info, 1 resolved critical, 7 resolved info). \`npx tablekeeper plan --region eu-central-1\` shows what is open.`,
    );
  });
});

it('a message of many short findings has 50 blocks and no more', () => {
  const resolved = Array.from({ length: 80 }, (_, at) => anOpenFinding({ id: `pitr-off/${at}` }));
  const { rich } = slackOf({ resolved });
  expect(blocksOf(rich)).toHaveLength(50);
  expect(textsOf(rich).at(-1)).toMatch(/^And 34 more/);
});

const long = fc.oneof(
  hostileText,
  fc.constantFrom('&<>'.repeat(420), 'x '.repeat(700), '*_~`@a'.repeat(210)),
);

/** One in three findings is as long and as hostile as can be. */
const anyFindings = (maxLength: number) =>
  fc
    .tuple(openFindings(maxLength), fc.array(fc.tuple(fc.nat(2), long), { minLength: maxLength, maxLength }))
    .map(([all, texts]) =>
      all.map((one, at) => {
        const [dice, text] = texts[at] ?? [1, ''];
        return dice === 0
          ? { ...one, fact: text, advice: advise(text, ['aws', text]), table: text, id: text }
          : one;
      }),
    );

const anyAlert: fc.Arbitrary<Partial<AlertMessage>> = fc.record({
  opened: anyFindings(40),
  worsened: anyFindings(10),
  reminders: anyFindings(10),
  resolved: anyFindings(30),
  logLink: long,
  runId: long,
});

const totalOf = ({
  opened = [],
  worsened = [],
  reminders = [],
  resolved = [],
}: Partial<AlertMessage>): number => opened.length + worsened.length + reminders.length + resolved.length;

/** What Slack would act on: anything in angle brackets that is not our one link, or a call by name. */
const CONTROL = /<(?!https:\/\/[^\s<>|]+\|log of the run>)|@(?:channel|here|everyone)|(?<!<[^>]*)https?:\/\//;

describe('whatever the findings', () => {
  it('Slack takes the message: 50 blocks, 3,000 characters a section, 150 a header, 9,000 in all', () => {
    fc.assert(
      fc.property(anyAlert, long, (alert, subject) => {
        const { rich, plain } = slackOf(alert, subject);
        const blocks = blocksOf(rich);
        expect(blocks.length).toBeLessThanOrEqual(50);
        for (const text of textsOf(rich)) expect(text.length).toBeLessThanOrEqual(3_000);
        for (const text of textsOf(rich)) expect(text).not.toBe('');
        const header = blocks.find(({ type }) => type === 'header');
        expect(header?.type === 'header' && header.text.text.length).toBeLessThanOrEqual(150);
        expect(textsOf(rich).join('').length).toBeLessThanOrEqual(9_000);
        expect(plain.text.length).toBeLessThanOrEqual(3_900);
      }),
      { numRuns: 60 },
    );
  });

  it('it calls nobody and links nowhere', () => {
    fc.assert(
      fc.property(anyAlert, long, (alert, subject) => {
        const { rich, plain } = slackOf(alert, subject);
        for (const text of [...textsOf(rich), plain.text]) {
          expect(text).not.toMatch(CONTROL);
          expect(text.replaceAll('\n', '')).not.toMatch(/\p{C}/u);
          expect(text.replaceAll(/&(amp|lt|gt);/g, '')).not.toMatch(/&/);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('every finding is shown or counted, in both forms', () => {
    fc.assert(
      fc.property(anyAlert, (alert) => {
        const { rich, plain } = slackOf(alert);
        for (const text of [textsOf(rich).slice(1).join('\n'), plain.text]) {
          const shown = [
            ...text.matchAll(/^\*?(?:NEW|WORSE|STILL OPEN \(reminder\)|RESOLVED)[^(\n]*\((\d+)\)\*?$/gm),
          ];
          const left = Number(/^And (\d+) more: see the mail/m.exec(text)?.[1] ?? 0);
          const fallbacks = text === plain.text ? 1 : 2;
          expect(shown.reduce((sum, [, count]) => sum + Number(count), 0) / fallbacks + left).toBe(
            totalOf(alert),
          );
        }
      }),
      { numRuns: 40 },
    );
  });
});

describe('what else is on the topic', () => {
  const alarm = {
    AlarmName: 'tablekeeper-prod-backup-errors',
    AlarmDescription: 'A run failed.',
    AWSAccountId: '111122223333',
    NewStateValue: 'ALARM',
    NewStateReason: 'Threshold Crossed: 1 out of the last 1 datapoints [1.0] was > the threshold (0.0)',
    StateChangeTime: '2026-11-23T05:00:00.000+0000',
    Region: 'EU (Frankfurt)',
    OldStateValue: 'OK',
  };

  it('an alarm of CloudWatch is shown with its name, state and reason', () => {
    const { rich, plain } = renderSlackMessage({ subject: 'ALARM', text: JSON.stringify(alarm) });
    expect(pageOf(rich)).toMatchInlineSnapshot(`
      "ALARM: tablekeeper-prod-backup-errors
      -- #c9252d
      A run failed.
      Threshold Crossed: 1 out of the last 1 datapoints [1.0] was &gt; the threshold (0.0)
      CloudWatch alarm · account 111122223333 · EU (Frankfurt) · 2026-11-23T05:00:00.000+0000"
    `);
    expect(plain.text).toContain('ALARM: tablekeeper-prod-backup-errors\nA run failed.\nThreshold Crossed');
  });

  it.each([
    { state: 'ALARM', colour: '#c9252d' },
    { state: 'OK', colour: '#2e8b57' },
    { state: 'INSUFFICIENT_DATA', colour: '#e8a317' },
  ])('an alarm that turns $state is beside $colour', ({ state, colour }) => {
    const { rich } = renderSlackMessage({
      subject: '',
      text: JSON.stringify({ ...alarm, NewStateValue: state }),
    });
    expect(rich.attachments?.map(({ color }) => color)).toEqual([colour]);
  });

  it.each([
    { name: 'text', subject: 'Hello', text: 'first <b>\nsecond', page: 'Hello\nfirst &lt;b&gt;\nsecond' },
    { name: 'a message without subject', subject: '', text: 'a', page: 'A message on the alert topic\na' },
    { name: 'other JSON', subject: 'x', text: '{"a":[1]}', page: 'x\n{"a":[1]}' },
    { name: 'a document of a later version', subject: 'x', text: '{"version":2}', page: 'x\n{"version":2}' },
    { name: 'nothing at all', subject: 'x', text: ' ', page: 'x' },
  ])('$name is shown as it came', ({ subject, text, page }) => {
    const { rich, plain } = renderSlackMessage({ subject, text });
    expect(pageOf(rich)).toBe(page);
    expect(plain.text).toBe(page);
  });

  it('what is long is cut, and the rest counted', () => {
    const text = Array.from({ length: 1_000 }, (_, at) => `line ${at}`).join('\n');
    const [, body = ''] = textsOf(renderSlackMessage({ subject: 'x', text }).rich).slice(1);
    const shown = body.match(/^line \d+$/gm)?.length ?? 0;
    expect(shown).toBeGreaterThan(100);
    expect(body).toContain(`And ${1_000 - shown} more lines: see the mail.`);
  });

  it('whatever it is, Slack takes it', () => {
    const value = fc.oneof(
      long,
      fc.json(),
      fc
        .record({
          AlarmName: long,
          NewStateValue: long,
          NewStateReason: long,
          Region: long,
          AlarmDescription: long,
        })
        .map((one) => JSON.stringify(one)),
      fc
        .record({ version: fc.constant(1), subject: long, alert: fc.object() })
        .map((one) => JSON.stringify(one)),
    );
    fc.assert(
      fc.property(value, long, (text, subject) => {
        const { rich, plain } = renderSlackMessage({ subject, text });
        for (const one of textsOf(rich)) expect(one.length).toBeLessThanOrEqual(3_000);
        for (const one of [...textsOf(rich), plain.text]) expect(one).toMatch(/^[^<]+$/);
        expect(plain.text.length).toBeLessThanOrEqual(3_900);
      }),
    );
  });
});
