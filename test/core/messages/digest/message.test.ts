import { describe, expect, it } from 'vitest';
import { digestMessageOf } from '../../../../shared/core/messages/digest/message.ts';
import type { VerdictStatus } from '../../../../shared/model/plan.ts';
import { anOpenFinding, INSTANCE, NOW, TARGET } from '../../../support/world.ts';
import { aDigest, aLine, LAST_WEEK } from './world.ts';

const ORIGIN = { instance: INSTANCE, target: TARGET, now: NOW };
const messageOf = (digest: Parameters<typeof aDigest>[0]) =>
  digestMessageOf({ ...ORIGIN, digest: aDigest(digest) });
const sectionOf = (digest: Parameters<typeof aDigest>[0], title: string) =>
  messageOf(digest).sections.find((section) => section.title === title);

const failing = anOpenFinding({ id: 'backups-failing/Carts', kind: 'backups-failing', table: 'Carts' });
const muted = (table: string) => anOpenFinding({ id: `muted/${table}`, kind: 'muted', table });

describe('a digest as data', () => {
  it('says where it comes from, and all that the mail says', () => {
    const digest = aDigest({
      last: LAST_WEEK,
      growth: { grown: [], shrunk: [], added: ['Orders'] },
    });
    expect(digestMessageOf({ ...ORIGIN, runId: '7f2c', logLink: 'https://logs.example', digest })).toEqual({
      instance: INSTANCE,
      target: TARGET,
      sentAt: NOW,
      runId: '7f2c',
      logLink: 'https://logs.example',
      sections: [
        {
          title: 'in short',
          lines: [
            '1 table opted in: 1 protected.',
            'Point-in-time recovery is on for 1 of the 1 table that is promised it; the shortest window, of Orders, reaches back 35 days.',
            'The oldest recovery point is of 2026-01-27 05:00 UTC (300 days ago), of Orders.',
            'Furthest behind is Orders: its newest recovery point is of 2026-11-23 03:00 UTC (2 h ago).',
            'Tables: 1.2 GB.',
            '24 recovery points: 29 GB, 1.2 GB less than on 2026-11-16.',
            'No finding is open.',
          ],
        },
        { title: 'growth since 2026-11-16', severity: 'info', lines: ['1 table is new: Orders.'] },
        { title: 'failures', lines: ['No failure since 2026-11-16.'] },
        { title: 'tags', lines: ['No table is without a tag.'] },
        {
          title: 'tables, worst first',
          lines: [
            '* Orders: protected (standard, 1.2 GB)',
            'Recovery points: 24 (29 GB), newest 2026-11-23 03:00 UTC (2 h ago), oldest 2026-01-27 05:00 UTC (300 days ago)',
            'PITR: any second from 2026-10-19 05:00 UTC to 2026-11-23 04:55 UTC (5 min ago)',
            'If lost now: back to 2026-11-23 04:55 UTC by the second, in a time that is not known, for about $0.18; never proved',
          ],
        },
      ],
    });
  });

  it('of no table and of no run has only what there is', () => {
    const { sections, ...origin } = messageOf({ tables: [], tableBytes: 0, recoveryPointBytes: 0 });
    expect(origin).toStrictEqual({ instance: INSTANCE, target: TARGET, sentAt: NOW });
    expect(sections.map(({ title }) => title)).toEqual(['in short', 'failures', 'tags']);
    for (const section of sections) expect(section).not.toHaveProperty('severity');
  });

  it.each<{ statuses: readonly VerdictStatus[]; severity: string | undefined }>([
    { statuses: ['unprotected', 'at-risk', 'protected'], severity: 'critical' },
    { statuses: ['at-risk', 'protected'], severity: 'warning' },
    { statuses: ['unknown', 'protected'], severity: 'warning' },
    { statuses: ['protected'], severity: undefined },
  ])('is as bad as the worst of its tables: $statuses', ({ statuses, severity }) => {
    const tables = statuses.map((status) => aLine({ status }));
    expect(sectionOf({ tables }, 'in short')?.severity).toBe(severity);
    expect(sectionOf({ tables }, 'tables, worst first')?.severity).toBe(severity);
  });

  it('names ten tables and counts the others by how they stand', () => {
    const statuses: readonly VerdictStatus[] = [...Array(10).fill('unprotected'), 'at-risk'];
    const tables = [...statuses, ...Array(1_200).fill('protected')].map((status, at) =>
      aLine({ table: `T${at}`, status }),
    );
    const { lines = [] } = sectionOf({ tables }, 'tables, worst first') ?? {};
    expect(lines.filter((line) => line.startsWith('* '))).toHaveLength(10);
    expect(lines.at(-1)).toBe('And 1,201 more tables: 1 at risk, 1,200 protected.');
    expect(sectionOf({ tables: tables.slice(0, 10) }, 'tables, worst first')?.lines).toHaveLength(40);
  });

  it('names twenty failures, says which are over, and counts the others', () => {
    const failures = Array.from({ length: 21 }, (_, at) => ({ ...failing, table: `T${at}` }));
    const section = sectionOf({ failures: [{ ...failing, resolvedAt: NOW }, ...failures] }, 'failures');
    expect(section?.severity).toBe('warning');
    expect(section?.lines.slice(0, 3)).toEqual([
      '22 failures:',
      '* backups failing on Carts, over',
      '* backups failing on T0',
    ]);
    expect(section?.lines.slice(-2)).toEqual(['* backups failing on T18', 'And 2 more.']);
    expect(sectionOf({ failures: failures.slice(1) }, 'failures')?.lines.at(-1)).toBe(
      '* backups failing on T20',
    );
  });

  it.each([
    {
      lists: { untagged: ['A'], optedOut: ['B'], openFindings: [muted('C')] },
      lines: ['1 table without a tag: A.', '1 table opted out: B.', '1 table is muted: C.'],
    },
    {
      lists: { untagged: ['A', 'D'], optedOut: ['B', 'E'], openFindings: [muted('C'), failing, muted('F')] },
      lines: ['2 tables without a tag: A, D.', '2 tables opted out: B, E.', '2 tables are muted: C, F.'],
    },
  ])('tells which tables have no tag, opted out or are muted: $lines', ({ lists, lines }) => {
    expect(sectionOf(lists, 'tags')).toEqual({ title: 'tags', severity: 'info', lines });
  });

  it('is worth a look where nobody knows which tables have no tag, and not for those that opted out', () => {
    const { untagged: _, ...digest } = aDigest();
    const { sections } = digestMessageOf({ ...ORIGIN, digest });
    expect(sections.find(({ title }) => title === 'tags')).toEqual({
      title: 'tags',
      severity: 'info',
      lines: ['The list of all tables could not be read.'],
    });
    expect(sectionOf({ optedOut: ['A'] }, 'tags')).toEqual({
      title: 'tags',
      lines: ['1 table opted out: A.'],
    });
  });
});
