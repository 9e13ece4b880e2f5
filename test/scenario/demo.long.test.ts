import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CreateBackupCommand, DeleteBackupCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { createBriefTimeline } from '../../demo/brief-timeline.ts';
import { estateView } from '../../demo/estate-view.ts';
import { ledgerChecks } from '../../demo/ledger-checks.ts';
import { type MadePoint, madePoints } from '../../demo/made-points.ts';
import { oneTableBack } from '../../demo/one-table-back.ts';
import { writePage } from '../../demo/page.ts';
import { createPaint } from '../../demo/paint.ts';
import type { SlackPage } from '../../demo/slack-box.ts';
import { accessKeyOf } from '../../demo/stack.ts';
import { raise, type Stage } from '../../demo/stage.ts';
import { type Day, play } from '../../demo/story.ts';
import { storyChecks } from '../../demo/story-checks.ts';
import { summaryLines } from '../../demo/summary.ts';
import { createFullTimeline } from '../../demo/timeline.ts';
import type { Happening } from '../../demo/world.ts';
import { isoInstant } from '../../shared/model/instant.ts';
import { backupsOf } from '../../sim/console/backups.ts';
import { requestHandlerOf } from '../../sim/request-handler.ts';
import { packagedRights } from '../support/rights.ts';
import { createRoleGuard } from '../support/role-guard.ts';

/** The packaged roles, by the keys of the demonstration. */
const rights = new Map(
  [...packagedRights({ accountId: '111122223333', region: 'us-east-1', instance: 'prod' })].map(
    ([name, grants]) => [accessKeyOf(name.replace('tablekeeper-prod-', '')), grants],
  ),
);

describe('the first three days of the demonstration', () => {
  const guard = createRoleGuard();
  guard.admit([...rights.keys()], () => rights);
  let isGuarded = true;
  let stage: Stage;
  let days: readonly Day[];
  let text: string;
  const logs: string[] = [];
  beforeAll(async () => {
    stage = await raise({
      serviceFile: 'serverless.yml',
      policiesFile: 'policies.yml',
      authorize: (request) => !isGuarded || guard.authorize(request),
    });
    days = await play(stage, { days: 3, wholeHours: 72, onLog: (line) => logs.push(line) });
    const timeline = createFullTimeline(createPaint(false));
    text = [...days.flatMap(timeline.add), ...timeline.end()].join('\n');
  }, 300_000);
  afterAll(() => stage.leave());

  const broken = () => ledgerChecks(stage.account).filter(({ contradictions }) => contradictions.length > 0);

  it('the built functions run on the schedules of serverless.yml', () => {
    const runs = Map.groupBy(
      days.flatMap((day) => day.runs),
      ({ key }) => key,
    );
    const counts = [...runs].map(([key, { length }]) => `${key} ${length}`);
    expect(counts.toSorted()).toEqual(['audit 12', 'backup 72', 'drill 12', 'prune 12']);
  });

  it('the functions do all of it under their packaged roles, and are refused nothing', () => {
    expect(guard.used.size).toBeGreaterThan(20);
    expect(guard.refused).toEqual([]);
  });

  it.each([
    { name: 'what people did', part: 'lena        makes the table shipments and tags it "standrad"' },
    { name: 'what Tablekeeper did', part: 'Tablekeeper switches point-in-time recovery of orders on again' },
    { name: 'the first backup of a table', part: 'Tablekeeper backs shipments up for the first time' },
    { name: 'the mail about a mistyped tag', part: '(did you mean\n              │   "standard"?)' },
    {
      name: 'the mail that says it is over',
      part: 'RESOLVED\n              │\n              │ * unknown policy on shipments',
    },
    {
      name: 'the same in Slack, beside a bar',
      part: '│ ▌ NEW · CRITICAL (1)\n              │ ▌ unknown policy on',
    },
  ])('the timeline tells $name', ({ part }) => {
    expect(text).toContain(part);
  });

  it('the timeline shows every message whole, and each as Slack shows it', () => {
    const mails = days.flatMap(({ happenings }) => happenings.filter((one) => one.kind === 'mail'));
    const framed = text.split('\n').map((line) => line.replace(/^ +│ ?/, ''));
    const from = mails.map(({ body }) =>
      body
        .trimEnd()
        .split('\n')
        .map((line) => line.trimEnd()),
    );
    for (const body of from) expect(framed.join('\n')).toContain(body.join('\n'));
    expect(text.split('─ Slack, #alerts ')).toHaveLength(
      mails.filter(({ slack }) => slack !== undefined).length + 1,
    );
    expect(mails.length).toBeGreaterThan(4);
  });

  it('in brief each thing is one line, and the first mail is there as far as its first finding', () => {
    const timeline = createBriefTimeline(createPaint(false));
    const lines = days.flatMap(timeline.add);
    const told = lines.filter((line) => line.startsWith('day '));
    expect(told).toHaveLength(14);
    expect(told.filter((line) => line.includes('  mail        '))).toHaveLength(5);
    for (const part of [
      'lena        makes the table shipments',
      'Tablekeeper backs shipments up for the first time',
    ])
      expect(told.filter((line) => line.includes(part))).toHaveLength(1);
    const mails = days.flatMap(({ happenings }) => happenings).filter(({ kind }) => kind === 'mail');
    const whole = lines.filter((line) => line.startsWith(' ')).map((line) => line.replace(/^ +│ /, ''));
    const bodies = mails.slice(0, 1).flatMap((mail) => (mail.kind === 'mail' ? mail.body.split('\n') : []));
    const body = bodies.filter((line) => line !== '' && !/^\d+ (?:new|resolved)[;:]/.test(line));
    const shown = body.slice(0, body.findIndex((line) => line.startsWith('  Finding: ')) + 1);
    expect(whole).toEqual([...shown, `${' '.repeat(14)}… and ${body.length - shown.length} more lines`]);
  });

  it('the timeline has no colours unless it is asked for them', () => {
    expect(text).not.toContain('\u001b');
    expect(createPaint(true).incident('storm')).toContain('\u001b');
  });

  it('the hourly table is pruned: what is due for expiry does not pile up', () => {
    const expired = days.at(-1)?.runs.reduce((sum, run) => sum + run.expired, 0);
    expect(expired).toBeGreaterThan(0);
    expect(text).not.toContain('guardrail');
  });

  it('what the functions log goes where it is wanted, and nowhere else', () => {
    expect(logs.some((line) => line.includes('the run is over'))).toBe(true);
  });

  it('the estate shows every table with its verdict', async () => {
    const lines = await estateView(stage, { isEach: true });
    expect(await estateView(stage)).toContainEqual(
      expect.stringMatching(/^carriers and \d+ more +standard +protected /),
    );
    expect(lines.find((line) => line.startsWith('carts '))).toContain('protected');
    expect(lines.find((line) => line.startsWith('shipments '))).toContain('protected');
    expect(lines.find((line) => line.startsWith('sessions '))).toContain('opted out');
    expect(summaryLines(stage, days).join('\n')).toContain('108');
  });

  it('people heard of everything in time, and the ledger confirms every promise', () => {
    expect(broken()).toEqual([]);
    expect(storyChecks(days).flatMap(({ contradictions }) => contradictions)).toEqual([]);
  });

  const saidOf = (change: (happening: Happening) => readonly Happening[]): string =>
    storyChecks(days.map((day) => ({ ...day, happenings: day.happenings.flatMap(change) })))
      .flatMap(({ contradictions }) => contradictions)
      .join();

  it('a story without its mails is noticed', () => {
    expect(saidOf((one) => (one.kind === 'mail' ? [] : [one]))).toContain('unknown-policy/shipments');
  });

  it('Slack took every message, in the same words', () => {
    expect(stage.slack.posted.length).toBeGreaterThan(5);
    expect(stage.slack.posted.map(({ answer }) => answer)).toEqual(
      stage.slack.posted.map(() => ({ status: 200, text: 'ok' })),
    );
  });

  it.each<{ name: string; slack: (page: SlackPage | undefined) => SlackPage | undefined; says: string }>([
    { name: 'takes nothing', slack: () => undefined, says: 'Slack did not take "[Tablekeeper prod] 2 new;' },
    {
      name: 'tells less',
      slack: (page) => ({ ...page, attachments: page?.attachments?.slice(1) ?? [] }),
      says: 'only in the mail: NEW: pitr-off/wishlists',
    },
    {
      name: 'tells something else',
      slack: (page) => JSON.parse(JSON.stringify(page).replaceAll('pitr-off/orders', 'pitr-off/users')),
      says: 'only in Slack: NEW: pitr-off/users',
    },
  ])('a Slack that $name is noticed', ({ slack, says }) => {
    const changed = (one: Happening): readonly Happening[] => {
      if (one.kind !== 'mail') return [one];
      const { slack: page, ...mail } = one;
      const other = slack(page);
      return [{ ...mail, ...(other !== undefined && { slack: other }) }];
    };
    expect(saidOf(changed)).toContain(says);
  });

  it('the ledger would tell on functions that break a promise, if their roles let them', async () => {
    isGuarded = false;
    const client = (key: string) =>
      new DynamoDBClient({
        region: stage.account.region,
        credentials: { accessKeyId: accessKeyOf(key), secretAccessKey: 'simulated' },
        requestHandler: requestHandlerOf(stage.account),
      });
    const { clock } = stage.account;
    const foreign = backupsOf(stage.account, 'customers').find(({ name }) => name === 'tom-just-in-case');
    await clock.run(client('prune').send(new DeleteBackupCommand({ BackupArn: foreign?.arn ?? '' })));
    const newest = backupsOf(stage.account, 'ledger-eu').at(-1);
    const again = { TableName: 'ledger-eu', BackupName: newest?.name ?? '' };
    await clock.run(client('audit').send(new CreateBackupCommand(again)));
    for (const { arn } of backupsOf(stage.account, 'contracts'))
      await clock.run(client('prune').send(new DeleteBackupCommand({ BackupArn: arn })));
    expect(broken().map(({ claim }) => claim)).toEqual([
      "nobody else's backup was deleted",
      'every slot has at most one recovery point',
      'the newest recovery point of a table was never deleted',
      'every governed table has its newest slot',
      'nothing was deleted of tables on hold',
      'only the backup function made, and only the prune function deleted',
    ]);
  });

  it('one table that is lost comes back at the end, with one command', async () => {
    isGuarded = false;
    const paint = createPaint(false);
    const lines = await oneTableBack(stage, { policiesFile: 'policies.yml', isAll: false, paint });
    expect(lines.join('\n')).toMatch(/tablekeeper restore orders .*\n[\s\S]*\norders is back \(/);
    expect(lines.length).toBeLessThan(15);
  });

  it('leaves a page of all tables', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'tablekeeper-demo-page-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const file = join(folder, 'page.html');
    await writePage(stage, file);
    const page = readFileSync(file, 'utf8');
    expect(page).toMatch(/^<!doctype html>/);
    for (const table of ['shipments', 'carts', 'tax-reports']) expect(page).toContain(`data-v="${table}"`);
  });
});

describe('the days whose calls leave signatures and HTTP out', () => {
  /** Execution environments are numbered through all stages of this process. */
  const unnumbered = (days: readonly Day[]): string =>
    JSON.stringify(days, undefined, 1).replaceAll(/(audit|backup|drill|prune)-\d+-(?=\d{5})/g, '$1-N-');

  /** Without the id, and to the minute: which of the calls under way at one instant comes first is chance over sockets. */
  const lineOf = ({ arn: _arn, madeAt, ...point }: MadePoint): string =>
    JSON.stringify({ ...point, minute: isoInstant(madeAt).slice(0, 16), deletedAt: undefined });

  const toldOf = async (wholeHours: number) => {
    const stage = await raise({ serviceFile: 'serverless.yml', policiesFile: 'policies.yml' });
    try {
      const days = await play(stage, { days: 1, wholeHours });
      return {
        days,
        calls: [...stage.account.calls.byOperation],
        ledger: madePoints(stage.account).map(lineOf).toSorted(),
      };
    } finally {
      await stage.leave();
    }
  };

  it('tell the same story to the letter, with the same calls and the same ledger, as those with the whole SDK', async () => {
    const [whole, short] = [await toldOf(24), await toldOf(0)];
    expect(unnumbered(short.days)).toBe(unnumbered(whole.days));
    expect(short.calls.toSorted()).toEqual(whole.calls.toSorted());
    expect(short.ledger).toEqual(whole.ledger);
  }, 300_000);
});
