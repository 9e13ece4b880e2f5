import { describe, expect, it } from 'vitest';
import { type Causes, explainedBy } from '../../../shared/core/alert/explained.ts';
import { findingId } from '../../../shared/model/finding.ts';
import { HOUR_MS } from '../../../shared/model/instant.ts';
import type { OpenFinding } from '../../../shared/model/memory.ts';
import { decide } from '../../support/decide.ts';
import { anOpenFinding, NOW } from '../../support/world.ts';

const a = (
  kind: OpenFinding['kind'],
  { table = 'Orders', policy, ...rest }: Partial<OpenFinding> = {},
): OpenFinding => {
  const { notifiedAt: _, ...finding } = anOpenFinding();
  return {
    ...finding,
    kind,
    table,
    id: findingId(kind, table, policy),
    severity: 'warning',
    ...(policy !== undefined && { policy }),
    ...rest,
  };
};

const FAILING = a('backups-failing', { policy: 'standard' });
const OVERDUE = a('recovery-point-overdue', { policy: 'standard' });
const LOCKED = a('table-inaccessible', { severity: 'critical' });

describe('what people are told of explains', () => {
  const isExplained = (
    finding: OpenFinding,
    open: readonly OpenFinding[],
    resolved: readonly OpenFinding[] = [],
  ) => explainedBy({ open, resolved, now: NOW })(finding);

  it.each<{
    name: string;
    finding: OpenFinding;
    open?: OpenFinding[];
    resolved?: OpenFinding[];
    is: boolean;
  }>([
    { name: 'what is overdue because its backups fail', finding: OVERDUE, open: [FAILING], is: true },
    { name: 'nothing of itself', finding: FAILING, open: [FAILING], is: false },
    {
      name: 'nothing of another policy',
      finding: a('recovery-point-overdue', { policy: 'monthly' }),
      open: [FAILING],
      is: false,
    },
    {
      name: 'nothing of another table',
      finding: a('recovery-point-overdue', { policy: 'standard', table: 'Users' }),
      open: [FAILING],
      is: false,
    },
    { name: 'what is overdue of a table out of reach', finding: OVERDUE, open: [LOCKED], is: true },
    { name: 'what fails of a table out of reach', finding: FAILING, open: [LOCKED], is: true },
    { name: 'not its own PITR', finding: a('pitr-off'), open: [LOCKED], is: false },
    {
      name: 'nothing that is worse than itself',
      finding: { ...OVERDUE, severity: 'critical' },
      open: [FAILING],
      is: false,
    },
    {
      name: 'for thirteen hours what it leaves behind',
      finding: OVERDUE,
      resolved: [{ ...FAILING, resolvedAt: NOW - 13 * HOUR_MS + 1 }],
      is: true,
    },
    {
      name: 'and not longer',
      finding: OVERDUE,
      resolved: [{ ...FAILING, resolvedAt: NOW - 13 * HOUR_MS }],
      is: false,
    },
    {
      name: 'nor what was told already',
      finding: { ...OVERDUE, notifiedAt: NOW - HOUR_MS },
      resolved: [{ ...FAILING, resolvedAt: NOW - 1 }],
      is: false,
    },
  ])('$name', ({ finding, open = [], resolved = [], is }) => {
    expect(isExplained(finding, open, resolved)).toBe(is);
  });

  it.each<{
    name: string;
    given: Partial<Pick<Causes, 'open' | 'resolved' | 'reachable' | 'failed'>>;
    is: boolean;
  }>([
    {
      name: 'nothing that was just tried of a table that is within reach, or another one, now',
      given: { open: [LOCKED], reachable: new Set(['Orders']), failed: new Set([FAILING.id]) },
      is: false,
    },
    {
      name: 'nor when its table has come within reach a moment ago',
      given: {
        resolved: [{ ...LOCKED, resolvedAt: NOW }],
        reachable: new Set(['Orders']),
        failed: new Set([FAILING.id]),
      },
      is: false,
    },
    {
      name: 'what was just tried of a table of which nothing was seen',
      given: { open: [LOCKED], reachable: new Set(['Users']), failed: new Set([FAILING.id]) },
      is: true,
    },
    {
      name: 'what failed before',
      given: { open: [LOCKED], reachable: new Set(['Orders']), failed: new Set() },
      is: true,
    },
  ])('$name', ({ given, is }) => {
    expect(explainedBy({ open: [], resolved: [], now: NOW, ...given })(FAILING)).toBe(is);
  });

  it('and a symptom stays open, untold, until its cause has been resolved for long', () => {
    const decideAt = (
      openFindings: OpenFinding[],
      found: OpenFinding[],
      now: number,
      judged: string[] = [],
    ) => decide({ openFindings, found, now, judged: new Set(judged) });
    const first = decideAt([], [FAILING, OVERDUE], NOW);
    expect(first.news.opened.map(({ id }) => id)).toEqual([FAILING.id]);
    expect(first.open.map(({ id, notifiedAt }) => [id, notifiedAt])).toEqual([
      [FAILING.id, NOW],
      [OVERDUE.id, undefined],
    ]);
    const second = decideAt([...first.open], [OVERDUE], NOW + HOUR_MS, [FAILING.id]);
    expect(second.news.opened).toEqual([]);
    expect(second.news.resolved.map(({ id }) => id)).toEqual([FAILING.id]);
    const third = decide({
      openFindings: second.open,
      resolvedFindings: second.changes.put.flatMap((one) =>
        one.resolvedAt === undefined ? [] : [{ ...one, resolvedAt: one.resolvedAt }],
      ),
      found: [OVERDUE],
      judged: new Set(),
      now: NOW + 15 * HOUR_MS,
    });
    expect(third.news.opened.map(({ id }) => id)).toEqual([OVERDUE.id]);
  });
});
