import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countOf, type ToldNews, toldNews } from '../../../shared/core/alert/groups.ts';
import type { News } from '../../../shared/core/alert/news.ts';
import { renderMail } from '../../../shared/core/messages/mail/mail.ts';
import { advise } from '../../../shared/model/advice.ts';
import { HOUR_MS } from '../../../shared/model/instant.ts';
import type { OpenFinding } from '../../../shared/model/memory.ts';
import { anOpenFinding, INSTANCE, NOW, TARGET } from '../../support/world.ts';
import { openFindings } from './random-findings.ts';

const NO_NEWS: News = { opened: [], worsened: [], reminders: [], resolved: [] };
const CAUSE = 'CreateBackup: ThrottlingException';

const failing = (at: number, overrides: Partial<OpenFinding> = {}): OpenFinding => {
  const table = `T${String(at).padStart(3, '0')}`;
  return anOpenFinding({
    id: `backups-failing/${table}/standard`,
    kind: 'backups-failing',
    severity: 'warning',
    table,
    policy: 'standard',
    cause: CAUSE,
    errorName: 'ThrottlingException',
    fact: `The backup of ${table} failed.`,
    advice: advise('Look:', ['tablekeeper', 'explain', table]),
    remedy: 'look',
    ...overrides,
  });
};

const several = (count: number, overrides?: Partial<OpenFinding>): readonly OpenFinding[] =>
  Array.from({ length: count }, (_, at) => failing(at, overrides));

const mailOf = (news: Partial<News>) =>
  renderMail({ news: { ...NO_NEWS, ...news }, instance: INSTANCE, target: TARGET, now: NOW });

const noCause = (finding: OpenFinding): OpenFinding => {
  const { cause: _, errorName: _name, ...rest } = finding;
  return rest;
};

describe('findings of one cause', () => {
  const entries = (opened: readonly OpenFinding[]) => toldNews({ ...NO_NEWS, opened }).opened.length;

  it.each([
    { name: 'are one entry when they are four', findings: several(4), entries: 1 },
    { name: 'are told one by one when they are three', findings: several(3), entries: 3 },
    {
      name: 'are apart from those of another cause',
      findings: [...several(4), failing(9, { cause: 'CreateBackup: LimitExceededException' })],
      entries: 2,
    },
    {
      name: 'are apart from those of another severity',
      findings: [...several(4), failing(9, { severity: 'critical' })],
      entries: 2,
    },
    {
      name: 'are apart from those of another kind',
      findings: [...several(4), failing(9, { id: 'x', kind: 'observation-gap' })],
      entries: 2,
    },
    {
      name: 'are apart from those that flap',
      findings: [...several(4), failing(9, { flapping: true })],
      entries: 2,
    },
    { name: 'are one entry also when nobody knows it', findings: several(9).map(noCause), entries: 1 },
  ])('$name', ({ findings, entries: count }) => {
    expect(entries(findings)).toBe(count);
  });

  it('are new, reminded of and resolved together even when nobody knows the cause', () => {
    const findings = several(9).map(noCause);
    const { opened, worsened, reminders, resolved } = toldNews({
      opened: findings,
      worsened: findings,
      reminders: findings,
      resolved: findings,
    });
    expect([opened, worsened, reminders, resolved].map(({ length }) => length)).toEqual([1, 1, 1, 1]);
  });

  it('read as one: the first twenty names, how many more, since when, and what to do', () => {
    const opened = several(300).map((finding, at) => ({ ...finding, since: NOW - at * HOUR_MS }));
    const { subject, body } = mailOf({ opened: opened.toReversed() });
    expect(`${subject}\n\n${body}`).toMatchInlineSnapshot(`
      "[Tablekeeper prod] 300 new, warning: backups failing on 300 tables: ThrottlingException

      NEW

      WARNING (300)

      * backups failing on 300 tables: ThrottlingException
        T000, T001, T002, T003, T004, T005, T006, T007, T008, T009, T010, T011,
        T012, T013, T014, T015, T016, T017, T018, T019 and 280 more. The first of
        them: The backup of T000 failed.
        Since 2026-11-10 18:00 UTC (12 days ago)
        Look:
          npx tablekeeper explain T000 --region eu-central-1
        This is for T000, as an example: each of the others needs the same. All of
        them are shown by:
          npx tablekeeper plan --region eu-central-1
        Finding: backups-failing (300 findings)

      --
      Tablekeeper prod, account 111122223333, Region eu-central-1
      What a finding means: npx tablekeeper finding KIND
      npx and npm run are for the folder that Tablekeeper is deployed from.
      "
    `);
  });

  it('read as one when they are over: which, and how long at most', () => {
    const resolved = several(5).map((finding, at) => ({ ...finding, since: NOW - at * HOUR_MS }));
    const { subject, body } = mailOf({ resolved });
    expect(`${subject}\n\n${body}`).toMatchInlineSnapshot(`
      "[Tablekeeper prod] 5 resolved: backups failing on 5 tables: ThrottlingException

      RESOLVED

      * backups failing on 5 tables: ThrottlingException
        T000, T001, T002, T003, T004.
        Lasted up to 4 h, since 2026-11-23 01:00 UTC (4 h ago)
        Finding: backups-failing (5 findings)

      --
      Tablekeeper prod, account 111122223333, Region eu-central-1
      What a finding means: npx tablekeeper finding KIND
      npx and npm run are for the folder that Tablekeeper is deployed from.
      "
    `);
  });

  it('read as one when they are reminded of: the first as an example', () => {
    const [told] = toldNews({ ...NO_NEWS, reminders: several(4) }).reminders;
    expect(told?.fact).toBe('T000, T001, T002, T003. The first of them: The backup of T000 failed.');
    expect(told).toMatchObject({ count: 4, tables: 4 });
  });

  it('read as one when they are of no table: by their ids', () => {
    const opened = several(4).map(({ table: _, ...finding }) => finding);
    const [told] = toldNews({ ...NO_NEWS, opened }).opened;
    expect(told?.fact).toBe(
      `${opened.map(({ id }) => id).join(', ')}. The first of them: The backup of T000 failed.`,
    );
    expect(told).not.toHaveProperty('tables');
    expect(told).toMatchObject({ count: 4 });
  });

  it('are counted by tables in the headline, though two policies fail on each', () => {
    const opened = [...several(4), ...several(4).map((one) => ({ ...one, id: `${one.id}2`, policy: 'b' }))];
    const { subject } = mailOf({ opened });
    expect(subject).toBe(
      '[Tablekeeper prod] 8 new, warning: backups failing on 4 tables: ThrottlingException',
    );
  });
});

describe('findings of one cause, whatever they are', () => {
  const caused = openFindings(40).map((findings) =>
    findings.map((finding, at) => (at % 3 === 0 ? finding : { ...finding, cause: `C${at % 2}` })),
  );
  const anyNews = fc.record({ opened: caused, worsened: caused, reminders: caused, resolved: caused });
  const LISTS: readonly (keyof ToldNews)[] = ['opened', 'worsened', 'reminders', 'resolved'];

  it('are all counted, and nobody is told twice', () => {
    fc.assert(
      fc.property(anyNews, (news) => {
        const told = toldNews(news);
        for (const list of LISTS) {
          expect(countOf(told[list])).toBe(news[list].length);
          const ids = told[list].map(
            ({ id, severity, cause, advice }) => `${id} ${severity} ${cause} ${JSON.stringify(advice)}`,
          );
          expect(new Set(ids).size).toBe(ids.length);
        }
      }),
    );
  });

  it('never change the worst severity, nor the order', () => {
    fc.assert(
      fc.property(anyNews, (news) => {
        const told = toldNews(news);
        for (const list of LISTS) {
          const rank = told[list].map(({ severity }) => ['critical', 'warning', 'info'].indexOf(severity));
          expect(rank).toEqual(rank.toSorted((a, b) => a - b));
          const severities = new Set(news[list].map(({ severity }) => severity));
          expect(new Set(told[list].map(({ severity }) => severity))).toEqual(severities);
        }
      }),
    );
  });

  it('are told the same when they come in another order', () => {
    fc.assert(
      fc.property(anyNews, (news) => {
        const turned = { ...news, opened: news.opened.toReversed(), resolved: news.resolved.toReversed() };
        expect(toldNews(turned)).toEqual(toldNews(news));
      }),
    );
  });
});
