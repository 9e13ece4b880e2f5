import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../shared/model/instant.ts';
import { recoveryPointName } from '../../shared/model/recovery-point-name.ts';
import type { SimAccount } from '../../sim/account.ts';
import { createBackup } from '../../sim/console/backups.ts';
import { createTable } from '../../sim/console/tables.ts';
import { onBuiltFunctions, readEvent } from '../support/built-functions.ts';

// Events that nobody should send, through the built functions' own front door. The guardrail holds back what would expire, so that whatever an event
// brings about, an approval that nobody gave included, shows in the account's ledger.

const NOW = '2026-11-23T03:31:00Z';

const addNights = (to: SimAccount, table: string, nights: number): void => {
  const newest = Date.parse('2026-11-23T03:00:00Z');
  for (let night = 0; night < nights; night += 1) {
    const slot = newest - night * DAY_MS;
    const name = recoveryPointName({ instance: 'prod', policy: 'standard', slot });
    createBackup(to, { table, name, createdAt: slot + MINUTE_MS });
  }
};

const functions = onBuiltFunctions(NOW, (to) => {
  const createdAt = Date.parse(NOW) - 400 * DAY_MS;
  createTable(to, { name: 'Orders', tags: { 'backup:policy': 'standard' }, pitr: true, createdAt });
  addNights(to, 'Orders', 60);
});
const { account, sent } = functions;

const strays: unknown[] = [];
const keepStray = (error: unknown): void => void strays.push(error);
beforeAll(() => void process.on('unhandledRejection', keepStray));
afterAll(() => void process.off('unhandledRejection', keepStray));
beforeEach(() => {
  strays.length = 0;
});

const deletions = (): number => account.ledger.of('recovery-point-deleted').length;

/** What Powertools says of a run that ended before it counted anything. */
const NO_METRICS =
  'No application metrics to publish. The cold-start metric may be published if enabled. If application metrics should never be empty, consider using `throwOnEmptyMetrics`';

/** What came of an event: an answer, or an error that Lambda counts and the log tells. */
const cameOf = async (file: string, event: unknown): Promise<unknown> => {
  const answer = await sent(file, event).catch((error: unknown) => error);
  expect(strays).toEqual([]);
  const lines = functions.lines().filter((line) => line !== NO_METRICS);
  for (const line of lines) expect(JSON.parse(line)).toBeInstanceOf(Object);
  if (!(answer instanceof Error)) return answer;
  const told = lines.map((line) => JSON.parse(line) as { level?: string; error?: { message?: string } });
  expect(told.filter(({ level }) => level === 'ERROR').map(({ error }) => error?.message)).toContain(
    answer.message,
  );
  expect(answer.name).toBe('Error');
  return answer;
};

const HUGE = 'x'.repeat(200_000);

const oddValue = fc.oneof(
  { weight: 2, arbitrary: fc.jsonValue() },
  {
    weight: 3,
    arbitrary: fc.constantFrom<unknown>(
      ...[null, true, 0, -1, 1e308, '', ' ', HUGE, [], {}, [[]], [null], ['Orders', 'Orders']],
      ...[
        '2999-01-01T00:00:00Z',
        '1969-12-31T23:59:59Z',
        '+275760-09-13T00:00:00Z',
        '2026-02-30',
        'yesterday',
        'NaN',
      ],
      ...[
        '__proto__',
        'constructor',
        'Orders',
        'Orders\n',
        '\u202eOrders',
        'Örders',
        '../Orders',
        '*',
        '\ud800',
      ],
      ...[
        'arn:aws:dynamodb:us-east-1:111122223333:table/Orders',
        'arn:aws:dynamodb:eu-west-1:999999999999:table/Orders',
      ],
      JSON.parse(
        '{"__proto__":{"time":"2999-01-01T00:00:00Z"},"constructor":{"prototype":{}},"toString":1,"length":-1}',
      ),
    ),
  },
);

type Path = readonly string[];

const pathsIn = (value: unknown): readonly Path[] =>
  typeof value === 'object' && value !== null
    ? Object.entries(value).flatMap(([key, inner]) => [
        [key],
        ...pathsIn(inner).map((path) => [key, ...path]),
      ])
    : [];

/** The same with something else at that place; undefined takes the place away. */
const withAt = (value: unknown, [key, ...rest]: Path, instead: unknown): unknown => {
  if (key === undefined) return instead;
  if (Array.isArray(value))
    return value.map((inner, at) => (String(at) === key ? withAt(inner, rest, instead) : inner));
  const entries = Object.entries(value as object);
  return Object.fromEntries(
    entries.map(([name, inner]) => [name, name === key ? withAt(inner, rest, instead) : inner]),
  );
};

const oddEvent = (file: string): fc.Arbitrary<unknown> => {
  const event = readEvent(file);
  const added = fc.constantFrom('approve', 'time', '__proto__', 'source', 'detail', 'Records', 'mode');
  const torn = fc
    .tuple(fc.constantFrom(...pathsIn(event)), fc.option(oddValue, { nil: undefined }))
    .map(([path, instead]) => withAt(event, path, instead));
  const grown = fc
    .tuple(added, oddValue)
    .map(([key, value]): unknown => JSON.parse(`{"${key}":${JSON.stringify(value)}}`))
    .map((extra) =>
      Object.fromEntries([...Object.entries(event as object), ...Object.entries(extra as object)]),
    );
  // What Lambda hands over has been JSON.
  return fc
    .oneof(
      { weight: 4, arbitrary: torn },
      { weight: 2, arbitrary: grown },
      { weight: 1, arbitrary: oddValue },
    )
    .map((odd) => JSON.parse(JSON.stringify(odd ?? null)) as unknown);
};

describe('an odd event', () => {
  it.each(['backup.json', 'prune.json', 'audit.json', 'hint.json', 'hint.delete-table.json', 'slack.json'])(
    'like %s is refused in words or does no harm',
    async (file) => {
      await fc.assert(
        fc.asyncProperty(oddEvent(file), async (event) => {
          await cameOf(file, event);
          expect(deletions()).toBe(0);
        }),
        { numRuns: 30 },
      );
    },
    300_000,
  );

  it.each([
    { name: 'a list', event: [], says: 'not a JSON object' },
    { name: 'a number', event: 7, says: 'not a JSON object' },
    { name: 'a time that is none', event: { time: 'yesterday' }, says: "the event's time is no time" },
    {
      name: 'a time that is an object',
      event: { time: { toString: 1 } },
      says: "the event's time is no time",
    },
    { name: 'an approval that is no text', event: { approve: ['a'] }, says: '"approve" takes the digest' },
  ])('of $name is refused by prune', async ({ event, says }) => {
    const came = await cameOf('prune.json', event);
    expect(came).toBeInstanceOf(Error);
    expect((came as Error).message).toContain(says);
  });

  it.each([
    { name: 'a source that is an object', event: { source: { toString: 1, valueOf: 1 } } },
    { name: 'a resource that is a number', event: { resources: [7] } },
    {
      name: 'parameters of a prototype',
      event: {
        source: 'aws.dynamodb',
        'detail-type': 'AWS API Call via CloudTrail',
        detail: {
          eventName: 'DeleteTable',
          requestParameters: JSON.parse('{"__proto__":{"tableName":"Orders"}}'),
        },
      },
    },
  ])('of $name is nothing to look at for hint', async ({ event }) => {
    expect(await cameOf('hint.json', { ...(readEvent('hint.json') as object), ...event })).toEqual({
      tables: [],
    });
  });

  it.each([
    {},
    { Records: {} },
    { Records: [null] },
    { Records: [{ Sns: {} }] },
    { Records: [{ Sns: { Message: 7 } }] },
  ])('that is no message of SNS is refused by slack: %j', async (event) => {
    const came = await cameOf('slack.json', event);
    expect((came as Error).message).toMatch(/SNS/);
  });

  it.each([
    'null',
    '[]',
    '"text"',
    '{',
    '{"version":1}',
    '{"version":1,"subject":"s","alert":{}}',
    '{"AlarmName":{},"NewStateValue":"ALARM"}',
    '{"__proto__":{"version":1}}',
    HUGE,
    '',
    '\u202e\u0000<!channel>',
  ])('whose message is %s is posted as text', async (text) => {
    const event = { Records: [{ Sns: { MessageId: '1', Subject: '<!here>', Message: text } }] };
    const posted = functions.slack().posted.length;
    expect(await cameOf('slack.json', event)).toEqual({ posted: 1 });
    expect(JSON.stringify(functions.slack().posted.slice(posted))).not.toMatch(/<!/);
  });
});

describe('what would expire, past its guardrail', () => {
  it('stays, whatever an event calls approved', async () => {
    for (const approve of ['', '*', 'true', 'all', '__proto__', '0'.repeat(16)])
      expect(await cameOf('prune.json', { approve })).toMatchObject({
        message: expect.stringContaining('is not that of the present set'),
      });
    expect(deletions()).toBe(0);
  });

  it('stays for an event from the future, though a person approved it', async () => {
    await cameOf('audit.json', {});
    const [digest] = account.inbox.messages.flatMap(
      ({ message }) => /--approve ([0-9a-f]+)/.exec(message)?.[1] ?? [],
    );
    expect(digest).toMatch(/^[0-9a-f]{8,}$/);
    const time = new Date(account.clock.now() + HOUR_MS).toISOString();
    await cameOf('prune.json', { approve: digest, time });
    expect(deletions()).toBe(0);
    await cameOf('prune.json', { approve: digest });
    expect(deletions()).toBeGreaterThan(5);
  });
});
