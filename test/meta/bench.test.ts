import { describe, expect, it } from 'vitest';
import { fillEstate, POLICIES, STARTS_AT } from '../../bench/estate.ts';
import { bareLeast, type Calls, leastCalls, totalOf } from '../../bench/least-possible.ts';
import { LATENCY_MS, rateBoundMs } from '../../bench/rate-bound.ts';
import { deedsOf, SCENES, workOf } from '../../bench/scenes.ts';
import { HOUR_MS } from '../../shared/model/instant.ts';
import { deploy } from '../support/deployment.ts';

const TABLES = 100;

const DEEDS: Readonly<Record<string, { readonly created: number; readonly expired: number }>> = {
  'nothing due': { created: 0, expired: 0 },
  'all due': { created: TABLES, expired: 0 },
  'a tenth expires': { created: 0, expired: (TABLES * 25) / 10 },
  audit: { created: 0, expired: 0 },
};

describe('one hundred tables with twenty-five recovery points each', () => {
  it.each(SCENES)('$name takes no call too many and no longer than the rates ask for', async (scene) => {
    const { account, clock, run } = await deploy({
      startAt: STARTS_AT,
      policies: POLICIES,
      latencyMs: LATENCY_MS,
    });
    fillEstate(account, { tables: TABLES, isLatestFilled: scene.isLatestFilled });
    let windowsKnown = 0;
    for (let at = 0; at < scene.runs; at += 1) {
      account.calls.reset();
      const report = await run(scene.mode);
      const deeds = deedsOf(report);
      const settingsNew = scene.mode === 'audit' && at === 0 ? TABLES : 0;
      const work = { ...workOf(scene, { tables: TABLES, windowsKnown }, deeds), settingsNew };
      windowsKnown += work.windowsNew;
      const least = leastCalls(work);
      expect(deeds).toEqual({ ...DEEDS[scene.name], deferred: 0, unread: 0, failures: [] });
      expect(account.calls.total()).toBeLessThanOrEqual(1.05 * totalOf(least));
      expect(report.durationMs).toBeLessThanOrEqual(1.1 * rateBoundMs(scene.mode, least));
      expect([...account.calls.throttlesByOperation]).toEqual([]);
      await clock.advanceBy(6 * HOUR_MS);
    }
  });
});

describe('the least possible', () => {
  const WORK = {
    mode: 'protect',
    tagged: 101,
    tables: 101,
    listed: 0,
    created: 100,
    expired: 0,
    withExpiries: 0,
    audited: 0,
    windowsKnown: 0,
    windowsNew: 0,
    listensFirst: false,
    told: 0,
  } as const;

  it('of a run of backups is two pages of tags, a page of backups and one call for each, and what the promises ask', () => {
    expect(bareLeast(WORK)).toEqual({ GetResources: 2, ListBackups: 1, CreateBackup: 100 });
    const least: Calls = {
      GetResources: 2,
      ListBackups: 1,
      CreateBackup: 100,
      DescribeTable: 100,
      PutItem: 102,
      Query: 2,
    };
    expect(leastCalls(WORK)).toEqual(least);
  });

  it('takes as long as the slowest rate of each phase', () => {
    const calls = { GetResources: 16, ListBackups: 6, DescribeTable: 1, CreateBackup: 51 };
    // A second of tags beside a second of lists, then a table, then a second of backups; memory before and after.
    expect(rateBoundMs('protect', calls)).toBe(1_020 + 20 + 1_020 + 40);
  });
});
