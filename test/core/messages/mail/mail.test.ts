import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { News } from '../../../../shared/core/alert/news.ts';
import { type MailContent, renderMail } from '../../../../shared/core/messages/mail/mail.ts';
import { advise } from '../../../../shared/model/advice.ts';
import type { Severity } from '../../../../shared/model/finding.ts';
import { DAY_MS, HOUR_MS } from '../../../../shared/model/instant.ts';
import type { OpenFinding } from '../../../../shared/model/memory.ts';
import { anyText } from '../../../support/any-text.ts';
import { aContext } from '../../../support/check-context.ts';
import { findingsOf } from '../../../support/find.ts';
import {
  anObservation,
  anOpenFinding,
  aPitr,
  aRecoveryPoint,
  aTable,
  INSTANCE,
  NOW,
  PITR_OFF,
  TARGET,
} from '../../../support/world.ts';
import { openFindings } from '../../alert/random-findings.ts';

const SNS_BYTES = 262_144;
const NO_NEWS: News = { opened: [], worsened: [], reminders: [], resolved: [] };

const mailOf = (news: Partial<News>, rest: Partial<MailContent> = {}) =>
  renderMail({ news: { ...NO_NEWS, ...news }, instance: INSTANCE, target: TARGET, now: NOW, ...rest });

const bytesOf = (text: string): number => Buffer.byteLength(text);

describe('a mail', () => {
  it('reads well at three in the morning', () => {
    const tables = [
      aTable({ pitr: PITR_OFF }),
      aTable({ name: 'Users', pitr: aPitr({ recoveryPeriodDays: 7 }) }),
    ];
    const recoveryPoints = [
      aRecoveryPoint(),
      aRecoveryPoint({ tableName: 'Users', slot: NOW - 30 * HOUR_MS, createdAt: NOW - 30 * HOUR_MS }),
    ];
    const tableNames = ['Orders', 'Scratch', 'Users'];
    const found = findingsOf(
      aContext({ observation: anObservation({ tables, recoveryPoints, tableNames }) }),
    );
    const inOrder = ['critical', 'warning', 'info'].flatMap((severity) =>
      found.filter((one) => one.severity === severity),
    );
    const opened = inOrder.map((finding) => ({ ...finding, openedAt: NOW }));
    const over = anOpenFinding({ id: 'pitr-off/Carts', table: 'Carts', since: NOW - 5 * HOUR_MS });
    const { subject, body } = mailOf(
      { opened, resolved: [over] },
      { runId: '7f2c', logLink: 'https://logs.example/7f2c' },
    );
    expect(`${subject}\n\n${body}`).toMatchInlineSnapshot(`
      "[Tablekeeper prod] 4 new, 1 resolved; worst critical: PITR off on Orders

      NEW

      CRITICAL (1)

      * PITR off on Orders
        Point-in-time recovery of Orders is off; standard promises 35 days.
        First seen 2026-11-23 05:00 UTC (just now)
        Switch it on and see who switched it off:
          aws dynamodb update-continuous-backups --region eu-central-1 \\
            --table-name Orders --point-in-time-recovery-specification \\
            PointInTimeRecoveryEnabled=true,RecoveryPeriodInDays=35
          aws cloudtrail lookup-events --region eu-central-1 \\
            --lookup-attributes AttributeKey=ResourceName,AttributeValue=Orders
        Finding: pitr-off/Orders

      WARNING (2)

      * PITR window short on Users
        Point-in-time recovery of Users keeps 7 days; standard promises 35 days.
        First seen 2026-11-23 05:00 UTC (just now)
        Set the period again:
          aws dynamodb update-continuous-backups --region eu-central-1 \\
            --table-name Users --point-in-time-recovery-specification \\
            PointInTimeRecoveryEnabled=true,RecoveryPeriodInDays=35
        Finding: pitr-window-short/Users

      * recovery point overdue on Users (standard)
        The newest recovery point of Users under standard is of 2026-11-21 23:00
        UTC, 30 h old; the policy promises at most 26 h.
        Since 2026-11-23 01:24 UTC (3 h ago)
        See why no newer one was made:
          npx tablekeeper explain Users --region eu-central-1
          npx tablekeeper run backup --region eu-central-1
        Finding: recovery-point-overdue/Users/standard

      INFO (1)

      * untagged tables
        1 table of 3 is without the tag backup:policy: Scratch.
        First seen 2026-11-23 05:00 UTC (just now)
        Tag each with a policy, or with "none" if it needs no backup:
          aws dynamodb tag-resource --region eu-central-1 --resource-arn \\
            arn:aws:dynamodb:eu-central-1:111122223333:table/TABLE --tags \\
            Key=backup:policy,Value=POLICY
        Finding: untagged-tables

      RESOLVED

      * PITR off on Carts
        Lasted 5 h, since 2026-11-23 00:00 UTC (5 h ago)
        Finding: pitr-off/Carts

      --
      Tablekeeper prod, account 111122223333, Region eu-central-1
      Run: 7f2c
      Log: https://logs.example/7f2c
      What a finding means: npx tablekeeper finding KIND
      npx and npm run are for the folder that Tablekeeper is deployed from.
      "
    `);
  });

  it.each([
    { findingsPage: undefined, says: 'What a finding means: npx tablekeeper finding KIND' },
    { findingsPage: 'https://wiki.example/t', says: 'What a finding means: https://wiki.example/t' },
  ])('says where it stands what a finding means: $says', ({ findingsPage, says }) => {
    expect(mailOf({ opened: [anOpenFinding()] }, { findingsPage }).body).toContain(`\n${says}\n`);
  });

  it('says its first line once: what is in the subject is not said again above the finding', () => {
    const { subject, body } = mailOf({ opened: [anOpenFinding()] });
    expect(subject).toContain('PITR off on Orders');
    expect(body.split('PITR off on Orders')).toHaveLength(2);
  });

  it.each([
    { instance: 'prod', ends: '' },
    { instance: 'dev', ends: ' --instance dev' },
  ])(
    'has commands for the deployment $instance, also those that an older version stored',
    ({ instance, ends }) => {
      const advice = advise('Do:', ['tablekeeper', 'run', 'backup']);
      const { body } = mailOf({ opened: [anOpenFinding({ advice })] }, { instance });
      expect(body).toContain(`    npx tablekeeper run backup --region eu-central-1${ends}\n`);
    },
  );

  it.each([
    { name: 'signs that nobody sees', command: ['aws', 'a\u202eb'] },
    { name: 'a line break', command: ['aws', 'a\nNEW\n'] },
    { name: 'more letters than there is room for', command: ['aws', 'x'.repeat(6_000)] },
  ])('leaves out a command with $name, and none beside it', ({ command }) => {
    const { body } = mailOf({
      opened: [anOpenFinding({ advice: advise('Look:', command, ['aws', "Bob's"]) })],
    });
    expect(body).toContain(
      [
        '  Look:',
        '  A command with signs that cannot be shown is left out here; the command',
        '  line has it with --json.',
        String.raw`    aws 'Bob'\''s' --region eu-central-1`,
        '  Finding: ',
      ].join('\n'),
    );
  });

  it('tells a reminder and what has become worse', () => {
    const reminders = [anOpenFinding({ since: NOW - 3 * DAY_MS })];
    const worsened = [
      anOpenFinding({
        id: 'backups-failing/Users/standard',
        kind: 'backups-failing',
        table: 'Users',
        policy: 'standard',
        fact: 'The backup of Users under standard failed: denied.',
        advice: advise('Look:', ['tablekeeper', 'explain', 'Users']),
      }),
    ];
    const { subject, body } = mailOf({ reminders, worsened }, { timezone: 'Asia/Seoul' });
    expect(`${subject}\n\n${body}`).toMatchInlineSnapshot(`
      "[Tablekeeper prod] 1 worse, 1 still open; worst critical: backups failing on Users (standard)

      WORSE

      CRITICAL (1)

      * backups failing on Users (standard)
        The backup of Users under standard failed: denied.
        Since 2026-11-23 04:00 UTC (2026-11-23 13:00 Asia/Seoul, 1 h ago)
        Look:
          npx tablekeeper explain Users --region eu-central-1
        Finding: backups-failing/Users/standard

      STILL OPEN (reminder)

      CRITICAL (1)

      * PITR off on Orders
        Point-in-time recovery of Orders is off.
        Since 2026-11-20 05:00 UTC (2026-11-20 14:00 Asia/Seoul, 3 days ago)
        Switch it on.
        Finding: pitr-off/Orders

      --
      Tablekeeper prod, account 111122223333, Region eu-central-1
      What a finding means: npx tablekeeper finding KIND
      npx and npm run are for the folder that Tablekeeper is deployed from.
      "
    `);
  });

  it('of a deployment from a package names no script of a clone', () => {
    const advice = advise('Make it again:', ['npm', 'run', 'deploy', '--', '--param', 'vault=kept']);
    const opened = [anOpenFinding({ kind: 'vault-missing', advice })];
    const { body } = mailOf({ opened }, { isPackaged: true });
    expect(body.replaceAll(/ \\\n +/g, ' ')).toContain(
      'npx tablekeeper package --out out --param vault=kept --region eu-central-1\n',
    );
    expect(body).toContain('npx is for the folder that Tablekeeper is deployed from.');
    expect(body).not.toContain('npm');
  });

  it.each([
    {
      name: 'only what is over',
      news: { resolved: [anOpenFinding()] },
      subject: '[Tablekeeper prod] 1 resolved: PITR off on Orders',
    },
    {
      name: 'one finding alone, in printable letters',
      news: { opened: [anOpenFinding({ table: 'Größe' })] },
      subject: '[Tablekeeper prod] 1 new, critical: PITR off on Gr??e',
    },
    {
      name: 'one finding that is not alone, for another is over',
      news: { opened: [anOpenFinding()], resolved: [anOpenFinding()] },
      subject: '[Tablekeeper prod] 1 new, 1 resolved; worst critical: PITR off on Orders',
    },
    { name: 'that there is no news', news: {}, subject: '[Tablekeeper prod] nothing new' },
    {
      name: 'as much as there is room for',
      news: { opened: [anOpenFinding({ table: 'x'.repeat(51) })] },
      subject: `[Tablekeeper prod] 1 new, critical: PITR off on ${'x'.repeat(51)}`,
    },
    {
      name: 'that it was cut, and not in a space',
      news: { opened: [anOpenFinding({ table: `${'x'.repeat(47)} ${'y'.repeat(9)}` })] },
      subject: `[Tablekeeper prod] 1 new, critical: PITR off on ${'x'.repeat(47)}...`,
    },
    {
      name: 'the worst of all that is open',
      news: {
        opened: [anOpenFinding({ severity: 'info', kind: 'untagged-tables' })],
        reminders: [anOpenFinding()],
      },
      subject: '[Tablekeeper prod] 1 new, 1 still open; worst critical: PITR off on Orders',
    },
  ])('has a subject that tells $name', ({ news, subject }) => {
    expect(mailOf(news).subject).toBe(subject);
  });

  it('says how long lasted what people hear of only later', () => {
    const flapped = anOpenFinding({
      since: NOW - 20 * HOUR_MS,
      resolvedAt: NOW - 12 * HOUR_MS,
      flapping: true,
    });
    const { body } = mailOf({ resolved: [flapped] });
    expect(body).toContain('* PITR off on Orders, flapping\n  Lasted 8 h, since 2026-11-22 09:00 UTC');
  });

  it('shows no control character of a stranger, and no line of his', () => {
    const opened = [anOpenFinding({ fact: 'a\u001b[2J\r\n\r\nRESOLVED\u0000', table: 'x\ny' })];
    const { body, subject } = mailOf({ opened });
    expect(body.replaceAll('\n', '')).not.toMatch(/\p{C}/u);
    expect(body).not.toMatch(/^RESOLVED/m);
    expect(subject).toContain('PITR off on x y');
  });

  it('counts truthfully what has no room', () => {
    const severities: readonly Severity[] = ['critical', 'warning', 'info'];
    const opened = severities.flatMap((severity) =>
      Array.from({ length: 400 }, (_, at) =>
        anOpenFinding({
          id: `pitr-off/${severity}${at}`,
          severity,
          cause: `C${at}`,
          fact: 'x '.repeat(300),
          table: `T${at}`,
        }),
      ),
    );
    const { body, subject } = mailOf({ opened, resolved: [anOpenFinding()] });
    const shown = body.match(/^ {2}Finding: /gm)?.length ?? 0;
    const counts = [...body.matchAll(/^And (\d+) more under/gm)].map(([, count]) => Number(count));
    expect(bytesOf(body)).toBeLessThan(SNS_BYTES);
    expect(shown).toBeGreaterThan(100);
    expect(shown + counts.reduce((sum, count) => sum + count, 0)).toBe(1_201);
    expect(body).toContain('And 1 more under RESOLVED that this mail has no room for: 1 critical.');
    expect(subject).toBe('[Tablekeeper prod] 1200 new, 1 resolved; worst critical: PITR off on T0');
  });

  it.each(['a', 'é', '汉', '😀', 'e\u0301'])(
    'is measured in bytes, whatever it is written in: %s',
    (letter) => {
      const opened = Array.from({ length: 200 }, (_, at) =>
        anOpenFinding({
          id: `pitr-off/T${at}`,
          cause: `C${at}`,
          table: `T${at}`,
          fact: `${letter.repeat(9)} `.repeat(180),
          advice: advise(`${letter.repeat(9)} `.repeat(90)),
        }),
      );
      const { body, subject } = mailOf({ opened });
      expect(bytesOf(body)).toBeLessThan(SNS_BYTES);
      expect(bytesOf(body)).toBeGreaterThan(190_000);
      expect(body.isWellFormed()).toBe(true);
      expect(bytesOf(subject)).toBeLessThan(100);
    },
  );

  const anyNews = fc.record({
    opened: openFindings(),
    worsened: openFindings(5),
    reminders: openFindings(5),
    resolved: openFindings(5),
  });

  it('always has a subject of printable ASCII, under 100 characters, on one line', () => {
    fc.assert(
      fc.property(anyNews, anyText({ maxLength: 200 }), (news, instance) => {
        expect(mailOf(news, { instance }).subject).toMatch(/^[ -~]{1,99}$/);
      }),
    );
  });

  it('always stays under the limit, leaves no space at the end of a line and no control character', () => {
    fc.assert(
      fc.property(anyNews, (news) => {
        const { body } = mailOf(news);
        expect(bytesOf(body)).toBeLessThan(SNS_BYTES);
        expect(body).not.toMatch(/[^\S\n]$/m);
        expect(body.replaceAll('\n', '')).not.toMatch(/\p{C}/u);
      }),
    );
  });

  it('always shows or counts every finding', () => {
    const huge = (finding: OpenFinding): OpenFinding => ({ ...finding, fact: 'y '.repeat(3_000) });
    fc.assert(
      fc.property(openFindings(60), fc.boolean(), (opened, isHuge) => {
        const { body } = mailOf({ opened: isHuge ? opened.map(huge) : opened });
        const missing = opened.filter(({ id }) => !body.includes(`Finding: ${id}`)).length;
        const counted = Number(/^And (\d+) more under NEW/m.exec(body)?.[1] ?? 0);
        expect(counted).toBe(missing);
      }),
      { numRuns: 50 },
    );
  });
});
