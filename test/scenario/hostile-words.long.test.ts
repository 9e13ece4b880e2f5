import { stripVTControlCharacters } from 'node:util';
import { describe, expect, it } from 'vitest';
import { pagerdutyEvents } from '../../shared/core/messages/pagerduty/events.ts';
import { renderSlackMessage } from '../../shared/core/messages/slack/message.ts';
import type { TeamsMessage } from '../../shared/core/messages/teams/card.ts';
import { renderTeamsMessage } from '../../shared/core/messages/teams/message.ts';
import { HOUR_MS } from '../../shared/model/instant.ts';
import { createTable } from '../../sim/console/tables.ts';
import { requestHandlerOf, type SdkRequestHandler } from '../../sim/request-handler.ts';
import { addSubscription } from '../../sim/sns/subscriptions.ts';
import { aFile, seatIn, sheet, typed } from '../cli/typed.ts';
import { textsOf } from '../core/messages/slack/parts.ts';
import { ATTACKS } from '../support/attacks.ts';
import { DAILY, type Deployment, deploy } from '../support/deployment.ts';

// A stranger who may tag a table, and a service whose errors quote him, against mails, Slack, the terminal and programs that read JSON.

const TABLE = 'haunted';

const textOf = (body: unknown): string =>
  body instanceof Uint8Array
    ? Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString('utf8')
    : '';

/** The backups of the table are refused in these words, and its point-in-time recovery cannot be read for them. */
const quoting = (wire: SdkRequestHandler, words: string): SdkRequestHandler => ({
  ...wire,
  handle: async (request, options) => {
    const operation = request.headers['x-amz-target']?.split('.')[1] ?? '';
    const isStruck = ['CreateBackup', 'DescribeContinuousBackups'].includes(operation);
    if (!isStruck || !textOf(request.body).includes(TABLE)) return await wire.handle(request, options);
    const body = JSON.stringify({ __type: 'x#AccessDeniedException', message: words });
    return { response: { statusCode: 400, headers: {}, body: Buffer.from(body) } };
  },
});

interface Haunted {
  readonly tablekeeper: Deployment;
  readonly wire: SdkRequestHandler;
}

/** Every kind of run has looked at a table whose tags, and whose errors, are these words. */
const hauntedBy = async (words: string): Promise<Haunted> => {
  const tablekeeper = await deploy({ startAt: '2026-03-10T05:00:00Z', rates: 'off' });
  const { account, clock } = tablekeeper;
  const createdAt = clock.now() - 1_000 * HOUR_MS;
  const tags = { 'backup:policy': `standard+${words}`, 'backup:hold': words, 'backup:mute-until': words };
  createTable(account, { name: TABLE, tags, createdAt });
  createTable(account, { name: 'plain', tags: { 'backup:policy': words }, createdAt });
  const [topic] = account.state.topics.values();
  if (topic !== undefined) addSubscription(account, topic, 'lambda', 'reader');
  const wire = quoting(requestHandlerOf(account), words);
  for (const mode of ['protect', 'audit', 'expire'] as const)
    await tablekeeper.run(mode, { requestHandler: wire });
  return { tablekeeper, wire };
};

/** Our own: on and off again around words without any other. */
const COLOUR = new RegExp(`${'\u001b'}\\[(?:1|2|31|32|33)m([^${'\u001b'}]*)${'\u001b'}\\[(?:22|39)m`, 'g');

/** Everything that stands at the left edge of a mail is ours. */
const AT_THE_EDGE =
  /^(?:|NEW|WORSE|STILL OPEN \(reminder\)|RESOLVED|(?:CRITICAL|WARNING|INFO) \(\d+\)|\* [a-zA-Z ]+ on [a-z]+(?: \(standard\))?|--|Tablekeeper prod, account \d{12}, Region [a-z0-9-]+|Run: [a-z0-9-]+|What a finding means: npx tablekeeper finding KIND|npx and npm run are for the folder that Tablekeeper is deployed from\.|\* untagged tables)$/;

const COMMAND =
  /^ {4}(?:npx tablekeeper (?:explain|run|plan|doctor) |aws dynamodb |aws cloudtrail |tablekeeper | {2}--?[a-z]| {2}arn:aws| {2}Key=| {2}Point| {2}Attribute| {2}backup:mute-until$)/;

const expectMail = (subject: string, body: string): void => {
  expect(subject).toMatch(/^[ -~]{1,99}$/);
  expect(body.replaceAll('\n', '')).not.toMatch(/\p{C}|\p{Zl}|\p{Zp}/u);
  expect(body).not.toMatch(/:\/\/|\bwww\.|mailto:|javascript:/i);
  for (const line of body.split('\n').filter((one) => !one.startsWith('  ')))
    expect(line).toMatch(AT_THE_EDGE);
  for (const line of body.split('\n').filter((one) => one.startsWith('    '))) expect(line).toMatch(COMMAND);
};

const expectSlack = (texts: readonly string[]): void => {
  for (const text of texts) {
    expect(text).not.toMatch(/[<>](?!$)/);
    expect(text).not.toMatch(/@[\w]/);
    expect(text).not.toContain('://');
    expect(text.replaceAll(/```[^`]*```/g, '')).not.toMatch(/:[a-z_]+:/);
    expect(text.replaceAll(/\n/g, '')).not.toMatch(/\p{C}/u);
    expect((text.match(/```/g) ?? []).length % 2).toBe(0);
    expect(text.split('\n').filter((line) => /^\*?(?:NEW|RESOLVED)/.test(line))).toEqual([]);
  }
};

const lambdaTexts = ({ account }: Deployment): readonly string[] =>
  account.inbox.messages
    .filter(({ protocol }) => protocol === 'lambda')
    .flatMap(({ subject, message }) => {
      const { rich } = renderSlackMessage({ subject: subject ?? '', text: message });
      return textsOf(rich);
    });

const bodyOf = ({ attachments: [{ content }] }: TeamsMessage) => content.body;

/** Every text in data, however deep. */
const stringsIn = (value: unknown): readonly string[] => {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(stringsIn) : [];
};

describe.each(ATTACKS)('with $name in its tags and its errors', ({ text }) => {
  const haunted = hauntedBy(text);

  it('a mail has no line, link or character of a stranger', async () => {
    const { tablekeeper } = await haunted;
    const mails = tablekeeper.account.inbox.messages.filter(({ protocol }) => protocol === 'email');
    expect(mails.length).toBeGreaterThan(0);
    expect(mails.map(({ message }) => message).join()).toContain('unknown policy on plain');
    for (const { subject, message } of mails) expectMail(subject ?? '', message);
  });

  it('Slack calls nobody, links nowhere and formats nothing', async () => {
    const { tablekeeper } = await haunted;
    const texts = lambdaTexts(tablekeeper).filter((one) => !/^\*?(?:NEW|WORSE|STILL OPEN) [^\n]*$/.test(one));
    expect(texts.length).toBeGreaterThan(3);
    expectSlack(texts);
  });

  it('Teams and PagerDuty show words, and no link, line or character of a stranger', async () => {
    const { tablekeeper } = await haunted;
    const messages = tablekeeper.account.inbox.messages.filter(({ protocol }) => protocol === 'lambda');
    const given = messages.map(({ subject, message }) => ({
      id: 'm',
      subject: subject ?? '',
      text: message,
    }));
    const cards = given.map((message) => renderTeamsMessage(message));
    const events = given.flatMap((message) => pagerdutyEvents(message));
    expect(events.length).toBeGreaterThan(0);
    const lines = cards.flatMap(({ attachments: [{ content }] }) =>
      content.body.flatMap((part) => (part.type === 'Container' ? part.items : [part])),
    );
    for (const line of lines) expect(line.type).toBe('RichTextBlock');
    for (const text of [...stringsIn(cards.map(bodyOf)), ...stringsIn(events.map(({ payload }) => payload))])
      expect(text).not.toMatch(/[\p{C}\p{Zl}\p{Zp}]/u);
    for (const text of stringsIn(events.map(({ payload }) => payload))) expect(text).not.toContain('://');
  });

  it('nothing was deleted, and the table has one verdict', async () => {
    const { tablekeeper, wire } = await haunted;
    const { plan } = await tablekeeper.run('audit', { requestHandler: wire });
    expect(plan.verdicts.filter(({ table }) => table === TABLE)).toHaveLength(1);
    expect(tablekeeper.account.ledger.of('recovery-point-deleted')).toEqual([]);
    expect(plan.findings.map(({ id }) => id)).toEqual(
      expect.arrayContaining([`unknown-policy/${TABLE}`, `hold-unclear/${TABLE}`, `mute-refused/${TABLE}`]),
    );
  });

  it.each([
    ['plan'],
    ['explain', TABLE],
    ['doctor'],
    ['run', 'backup', '--dry-run'],
    ['run', 'audit', '--dry-run'],
  ])('a terminal shows it as words: %s %s', async (...argv) => {
    const { tablekeeper, wire } = await haunted;
    const given = argv.filter((word) => word !== undefined);
    const type = (more: readonly string[], columns?: number) =>
      tablekeeper.clock.run(
        typed([...given, ...more, '--policies', aFile(DAILY)], seatIn(tablekeeper, wire), [
          sheet(columns),
          sheet(),
        ]),
      );
    const { stdout, stderr, exitCode } = await type([], 100);
    expect(exitCode).not.toBe(70);
    for (const shown of [stdout, stderr]) {
      const words = shown.replaceAll(COLOUR, '$1');
      expect(shown).not.toContain('\u001b[32mPROTECTED');
      expect(stripVTControlCharacters(words)).toBe(words);
      expect(words.replaceAll('\n', '')).not.toMatch(/\p{C}|\p{Zl}|\p{Zp}/u);
    }
    const json = await type(['--json']);
    expect(json.stdout.replaceAll('\n', '')).not.toMatch(/\p{C}|\p{Zl}|\p{Zp}/u);
    expect(JSON.parse(json.stdout)).toBeInstanceOf(Object);
  });
});
