import { describe, expect, it } from 'vitest';
import { forgerDeletesNothing } from '../../prove/invariants/forger-deletes-nothing.ts';
import { forgeriesAreTold, watchForgeries } from '../../prove/invariants/forgeries-are-told.ts';
import { createLife } from '../../prove/invariants/life.ts';
import { lossesAreTold, watchGovernance } from '../../prove/invariants/losses-are-told.ts';
import { retentionHolds } from '../../prove/invariants/retention-holds.ts';
import { tellStory } from '../../prove/story/tell.ts';
import type { RunRecord, Scene } from '../../prove/world/record.ts';
import { NO_VAULTS } from '../../prove/world/vault-scene.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const NOW = Date.UTC(2026, 2, 10, 5);

const FILE: Scene['file'] = {
  timezone: 'UTC',
  guardrail: { maxShare: 0.5, floor: 5 },
  policies: [{ name: 'gold', rhythm: { minute: 0, hour: 3 }, retention: { last: 2 }, rpoHours: 30 }],
};

const aTable = (tags: Readonly<Record<string, string>>) =>
  ({
    id: 'orders-1',
    name: 'Orders',
    tags,
    createdAt: NOW - 90 * DAY_MS,
  }) as unknown as Scene['tables'][number];

const nameOf = (slot: number): string =>
  `tablekeeper.prod.gold.${new Date(slot).toISOString().replaceAll(/[-:]/g, '').slice(0, 15)}Z`;

const aBackup = (arn: string, slot: number, createdAt = slot) =>
  ({
    arn,
    name: nameOf(slot),
    type: 'USER',
    createdAt,
    availableAt: createdAt,
    table: { id: 'orders-1', name: 'Orders' },
  }) as unknown as Scene['backups'][number];

const SLOT = Date.UTC(2026, 2, 10, 3);
const TRUE = [0, 1, 2].map((day) => aBackup(`true-${day}`, SLOT - day * DAY_MS));
const FORGED = [1, 2].map((day) => aBackup(`forged-${day}`, SLOT - day * DAY_MS - 60_000, NOW - HOUR_MS));

const GOLD = { 'backup:policy': 'gold' };

const aScene = (changes: Partial<Scene> = {}): Scene => ({
  at: NOW,
  file: FILE,
  files: [FILE],
  deployedAt: 0,
  tables: [aTable(GOLD)],
  forged: new Map(FORGED.map(({ arn }) => [arn, 'not-asked-for'])),
  backups: [...TRUE, ...FORGED],
  vaults: NO_VAULTS,
  ...changes,
});

const aRun = (scene: Scene, changes: object): RunRecord =>
  ({
    mode: 'audit',
    before: scene,
    later: scene,
    endedAt: NOW,
    skewMs: 0,
    tagsMoved: false,
    overlapped: false,
    end: 'whole',
    calls: [],
    deleted: [],
    told: [],
    report: { openFindings: [] },
    ...changes,
  }) as unknown as RunRecord;

const deleting = (arn: string) =>
  aRun(aScene(), { mode: 'expire', deleted: [{ arn, name: arn, tableName: 'Orders' }] });

describe('somebody who may only create backups', () => {
  it.each([
    { arn: 'true-0', breaches: 1 },
    { arn: 'true-1', breaches: 1 },
    { arn: 'true-2', breaches: 0 },
    { arn: 'forged-1', breaches: 0 },
  ])('pushes nothing out: the deletion of $arn is wrong $breaches times', ({ arn, breaches }) => {
    expect(forgerDeletesNothing(deleting(arn), createLife())).toHaveLength(breaches);
  });

  it('stands in for what Tablekeeper would have made where the schedule asked for it', () => {
    const [newest, second, third] = TRUE;
    const stand = aBackup('forged-0', SLOT);
    const scene = aScene({
      forged: new Map([['forged-0', 'asked-for']]),
      backups: [stand, second, third].filter((one) => one !== undefined),
    });
    const run = aRun(scene, { mode: 'expire', deleted: [{ arn: 'true-2', name: 'x', tableName: 'Orders' }] });
    expect(newest).toBeDefined();
    expect(forgerDeletesNothing(run, createLife())).toEqual([]);
  });

  const telling = (...opened: readonly object[]) => ({
    told: [{ alert: { opened, worsened: [], reminders: [], resolved: [] } }],
  });
  const ABOUT = {
    id: 'unscheduled-recovery-points/Orders/gold',
    kind: 'unscheduled-recovery-points',
    fact: '',
  };

  it.each([
    { name: 'nothing', told: {}, breaches: 1 },
    {
      name: 'another table',
      told: telling({ ...ABOUT, id: 'unscheduled-recovery-points/carts/gold' }),
      breaches: 1,
    },
    {
      name: 'something else',
      told: telling({ id: 'pitr-off/Orders', kind: 'pitr-off', fact: 'Orders' }),
      breaches: 1,
    },
    { name: 'it', told: telling(ABOUT), breaches: 0 },
    { name: 'it among others', told: telling({ ...ABOUT, count: 4, fact: 'carts, Orders.' }), breaches: 0 },
    { name: 'others', told: telling({ ...ABOUT, count: 4, fact: 'carts, jobs_v2.' }), breaches: 1 },
  ])('is known when an audit tells of $name: wrong $breaches times', ({ told, breaches }) => {
    expect(forgeriesAreTold(aRun(aScene(), told), createLife())).toHaveLength(breaches);
  });

  it('stays known, and further names of the same table must be told again', () => {
    const life = createLife();
    watchForgeries(life, aRun(aScene(), telling(ABOUT)));
    expect(forgeriesAreTold(aRun(aScene(), {}), life)).toEqual([]);
    const further = aBackup('forged-3', SLOT - 3 * DAY_MS - 60_000, NOW - HOUR_MS);
    const scene = aScene({
      forged: new Map([...FORGED, further].map(({ arn }) => [arn, 'not-asked-for'] as const)),
      backups: [...TRUE, ...FORGED, further],
    });
    expect(forgeriesAreTold(aRun(scene, {}), life)).toHaveLength(1);
  });

  it('is not known by an audit that could not see it yet', () => {
    expect(forgeriesAreTold(aRun(aScene({ at: NOW - HOUR_MS + 30_000 }), {}), createLife())).toEqual([]);
  });
});

describe('what was forged before anybody remembered the schedules', () => {
  const at = SLOT - 40 * DAY_MS + 7 * HOUR_MS;
  const fits = aBackup('fits', at);
  const early = aBackup('early', SLOT + HOUR_MS);
  const late = aBackup('late', SLOT + 90 * 60_000);
  const disproved = aBackup('disproved', at, at + 2 * DAY_MS);
  const between = aBackup('between', SLOT - 39 * DAY_MS);

  it.each([
    { name: 'may go where it fits in', points: [fits], arn: 'fits', knownSince: NOW, breaches: 0 },
    {
      name: 'is kept once they are remembered',
      points: [fits],
      arn: 'fits',
      knownSince: at - 1,
      breaches: 1,
    },
    {
      name: 'is kept where another one disproves it',
      points: [disproved, between],
      arn: 'disproved',
      knownSince: NOW,
      breaches: 1,
    },
    {
      name: 'displaces nothing that was asked for',
      points: [early, late],
      arn: 'true-1',
      knownSince: NOW,
      breaches: 1,
    },
  ])('$name', ({ points, arn, knownSince, breaches }) => {
    const forged = points.filter((one) => one !== between);
    const scene = aScene({
      forged: new Map(forged.map((one) => [one.arn, 'not-asked-for'] as const)),
      backups: [...TRUE, ...points],
    });
    const run = aRun(scene, { mode: 'expire', deleted: [{ arn, name: arn, tableName: 'Orders' }] });
    const since = new Map(scene.file.policies.map(({ name }) => [name, knownSince]));
    expect(retentionHolds(run, { ...createLife(), knownSince: since })).toHaveLength(breaches);
  });
});

describe('somebody who may only tag', () => {
  const judge = (tags: Readonly<Record<string, string>>, openFindings: readonly object[]) => {
    const life = createLife();
    watchGovernance(life, aRun(aScene(), {}));
    const run = aRun(aScene({ tables: [aTable(tags)] }), { report: { openFindings } });
    const first = lossesAreTold(run, life);
    watchGovernance(life, run);
    return { first, next: lossesAreTold(aRun(run.before, {}), life) };
  };

  it.each([
    { name: 'takes it away', tags: {} },
    { name: 'empties it', tags: { 'backup:policy': '' } },
    { name: 'changes its case', tags: { 'backup:policy': 'Gold' } },
    { name: 'changes the case of its key', tags: { 'Backup:Policy': 'gold' } },
  ])('and $name is known at the next audit and until it is governed again', ({ tags }) => {
    const told = [{ kind: 'no-longer-protected', table: 'Orders' }];
    expect(judge(tags, [])).toMatchObject({ first: [expect.any(String)], next: [expect.any(String)] });
    expect(judge(tags, told)).toMatchObject({ first: [], next: [expect.any(String)] });
  });

  it('and opts a table out is known once', () => {
    const told = [{ kind: 'protection-changed', table: 'Orders' }];
    expect(judge({ 'backup:policy': 'none' }, [])).toMatchObject({ first: [expect.any(String)], next: [] });
    expect(judge({ 'backup:policy': 'none' }, told)).toEqual({ first: [], next: [] });
  });

  it('and changes nothing of what governs it is not told of', () => {
    expect(judge({ ...GOLD, 'backup:hold': 'true' }, [])).toEqual({ first: [], next: [] });
  });
});

describe('a story with both in it', () => {
  it('is the same story, and what they do', () => {
    const alone = tellStory(7, 365, { forger: false, tagger: false });
    const beside = tellStory(7, 365, { forger: true, tagger: true });
    const texts = new Set(beside.events.map((event) => JSON.stringify(event)));
    expect(alone.events.filter((event) => !texts.has(JSON.stringify(event)))).toEqual([]);
    const kinds = new Set(beside.events.map(({ kind }) => kind));
    expect(kinds).toContain('forged');
    expect(kinds).toContain('tag-key-changed');
    expect(alone).not.toHaveProperty('principals');
  });
});
