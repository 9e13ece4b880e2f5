import { describe, expect, it } from 'vitest';
import { GAUGES, gaugesOf } from '../../../shared/core/explain/gauges.ts';
import { HOUR_MS } from '../../../shared/model/instant.ts';
import type { OpenFinding } from '../../../shared/model/memory.ts';
import type { Verdict, VerdictStatus } from '../../../shared/model/plan.ts';

const NOW = Date.UTC(2026, 10, 20);

const verdict = (table: string, status: VerdictStatus): Verdict => ({ table, status, reason: '' });

const open = (kind: string, severity: string, table: string, hours: number): OpenFinding =>
  ({ kind, severity, table, openedAt: NOW - hours * HOUR_MS }) as unknown as OpenFinding;

const NO_KEYS = { underVaultKeys: new Map() };

describe('what an audit measures', () => {
  it('counts tables by verdict and open drills, and adds up nothing twice', () => {
    const verdicts = [
      verdict('a', 'protected'),
      verdict('b', 'unprotected'),
      verdict('c', 'unprotected'),
      verdict('d', 'at-risk'),
      verdict('e', 'unknown'),
    ];
    const openFindings = [
      open('pitr-off', 'critical', 'b', 7.25),
      open('backups-failing', 'critical', 'c', 3),
      open('pitr-off', 'critical', 'd', 90),
      open('drill-failed', 'warning', 'c', 50),
      open('drill-overdue', 'warning', 'a', 50),
    ];
    const gauges = gaugesOf({ ...NO_KEYS, verdicts, openFindings, now: NOW, monthlyCost: 12.3456 });
    expect(gauges).toEqual({
      ...{ TablesProtected: 1, TablesAtRisk: 1, TablesUnprotected: 2, TablesUnknown: 1 },
      ...{ OldestUnprotectedHours: 7.3, DrillsFailing: 1, DrillsOverdue: 1, MonthlyCost: 12.35 },
    });
    expect(Object.keys(gauges)).toEqual([...GAUGES]);
  });

  it('is nothing where nothing is', () => {
    const gauges = gaugesOf({ ...NO_KEYS, verdicts: [], openFindings: [], now: NOW, monthlyCost: 0 });
    expect(new Set(Object.values(gauges))).toEqual(new Set([0]));
  });

  it('counts since when the key of a vault is reported of a table that it left unprotected', () => {
    const key = { ...open('vault-key-unusable', 'critical', '', 30), id: 'vault-key-unusable/key' };
    const { table, ...ofAll } = key;
    const hours = (under: readonly string[]): number =>
      gaugesOf({
        underVaultKeys: new Map([['vault-key-unusable/key', new Set(under)]]),
        verdicts: [verdict('a', 'unprotected'), verdict('b', 'protected')],
        openFindings: [open('pitr-off', 'critical', 'a', 2), ofAll],
        ...{ now: NOW, monthlyCost: 0 },
      }).OldestUnprotectedHours;
    expect([table, hours(['a', 'b']), hours(['b'])]).toEqual(['', 30, 2]);
  });
});
