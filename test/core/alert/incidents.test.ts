import { describe, expect, it } from 'vitest';
import { continueOpen, recurs, reopen, resolve } from '../../../shared/core/alert/flapping.ts';
import { toldNews } from '../../../shared/core/alert/groups.ts';
import { incidentOf } from '../../../shared/core/alert/incidents.ts';
import { newsWithoutMemory } from '../../../shared/core/alert/news.ts';
import { DAY_MS, HOUR_MS } from '../../../shared/model/instant.ts';
import { anOpenFinding, NOW } from '../../support/world.ts';

const EMPTY = { opened: [], worsened: [], reminders: [], resolved: [] };
const at = (table: string, openedAt: number) => anOpenFinding({ id: `pitr-off/${table}`, table, openedAt });

describe('the incident of a finding', () => {
  const told = at('Orders', NOW - DAY_MS);
  const { openedAt: _, notifiedAt: _told, ...found } = told;

  it('is that of everything of its kind that was found in the same run', () => {
    expect(incidentOf(at('Carts', 1))).toBe(incidentOf(at('Orders', 1)));
    expect(incidentOf(at('Carts', 2))).not.toBe(incidentOf(at('Orders', 1)));
    expect(incidentOf({ ...at('Orders', 1), kind: 'restorable-lag' })).not.toBe(incidentOf(at('Orders', 1)));
  });

  it('stays while it is open', () => {
    expect(incidentOf(continueOpen(found, told, NOW))).toBe(incidentOf(told));
  });

  it('stays when it comes and goes without a word', () => {
    const over = resolve({ ...told, flapping: true }, NOW);
    const again = reopen(found, over, NOW + HOUR_MS);
    expect(again.openedAt).toBe(NOW + HOUR_MS);
    expect(incidentOf(again)).toBe(incidentOf(told));
    expect(incidentOf(continueOpen(found, again, NOW + 2 * HOUR_MS))).toBe(incidentOf(told));
    const overAgain = resolve({ ...again, flapping: true }, NOW + 3 * HOUR_MS);
    expect(incidentOf(reopen(found, overAgain, NOW + 4 * HOUR_MS))).toBe(incidentOf(told));
  });

  it('stays when what a run repaired is wrong again before people were told', () => {
    expect(incidentOf(recurs(found, { ...told, repairedAt: NOW }, NOW))).toBe(incidentOf(told));
  });

  it('is another once people were told that it is over', () => {
    expect(incidentOf(reopen(found, resolve(told, NOW), NOW + HOUR_MS))).not.toBe(incidentOf(told));
  });

  it('is the same at every run that remembers nothing', () => {
    const incidents = [NOW, NOW + DAY_MS].map((now) =>
      newsWithoutMemory([found], () => false, now).opened.map(incidentOf),
    );
    expect(incidents[0]).toEqual(incidents[1]);
  });
});

describe('in a message', () => {
  const [carts, orders, users] = [at('Carts', 1), at('Orders', 1), at('Users', 2)];

  it('each entry names its incidents, a joined one all of them', () => {
    const four = [carts, orders, users, at('Wares', 3)];
    const { opened } = toldNews({ ...EMPTY, opened: four }, four);
    expect(opened.map(({ incidents }) => incidents)).toEqual([['pitr-off@1', 'pitr-off@2', 'pitr-off@3']]);
  });

  it('what is resolved names those of which nothing is left that was reported', () => {
    const { resolved } = toldNews({ ...EMPTY, resolved: [carts, users] }, [orders]);
    expect(resolved.map(({ table, incidents }) => [table, incidents])).toEqual([
      ['Carts', []],
      ['Users', ['pitr-off@2']],
    ]);
  });

  it('nothing is named where nobody asks, as in a mail', () => {
    expect(toldNews({ ...EMPTY, opened: [carts] }).opened[0]).not.toHaveProperty('incidents');
  });
});
