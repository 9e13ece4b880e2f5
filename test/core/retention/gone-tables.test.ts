import { describe, expect, it } from 'vitest';
import {
  endsAt,
  isAnnounced,
  standingOf,
  standingUnder,
} from '../../../shared/core/retention/gone-tables.ts';
import { DAY_MS, HOUR_MS } from '../../../shared/model/instant.ts';
import type { GoneTable } from '../../../shared/model/memory.ts';
import { aPolicy, NOW } from '../../support/world.ts';

const KEEP_MS = 30 * DAY_MS;
const review = aPolicy({ name: 'review', afterDeletion: { keepMs: KEEP_MS } });
const longer = aPolicy({ name: 'longer', afterDeletion: { keepMs: 2 * KEEP_MS } });
const standard = aPolicy({ name: 'standard' });
const policies = { policies: [longer, review, standard] };

/** All that lets it go: its days are over, people know, an audit said so an hour ago. */
const due: GoneTable = {
  goneTable: 'pr-1',
  tableId: 'id-1',
  policies: ['review'],
  since: NOW - KEEP_MS - DAY_MS,
  toldAt: NOW - 8 * DAY_MS,
  dueAt: NOW - HOUR_MS,
};

const LOOKED = { goneLookedAt: NOW - HOUR_MS };

const standing = (gone: GoneTable | undefined, memory: object = LOOKED, now = NOW) =>
  standingOf(gone, { policies, memory, now }).kind;

describe('what is left of a gone table', () => {
  it('is due where its days are over, people have known it for a week, and an audit said so lately', () => {
    expect(standing(due)).toBe('due');
  });

  const { dueAt: _, ...undue } = due;
  const { toldAt: _told, ...untold } = due;

  it.each<{ name: string; gone: GoneTable | undefined; memory?: object; now?: number; kind: string }>([
    { name: 'nobody saw it go', gone: undefined, kind: 'unseen' },
    { name: 'it was on hold', gone: { ...due, held: true }, kind: 'held' },
    {
      name: 'a person keeps it',
      gone: due,
      memory: { ...LOOKED, keptTables: [{ keptTable: 'pr-1', keptAt: NOW }] },
      kind: 'kept',
    },
    { name: 'its policy ends nothing', gone: { ...due, policies: ['standard'] }, kind: 'unruled' },
    { name: 'its policy is gone', gone: { ...due, policies: ['former'] }, kind: 'unruled' },
    { name: 'its days are not over', gone: { ...due, since: NOW - KEEP_MS + 1 }, kind: 'ends' },
    {
      name: 'another of its policies keeps it for longer',
      gone: { ...due, policies: ['longer', 'review'] },
      kind: 'ends',
    },
    {
      name: 'people have not known it for a week',
      gone: { ...due, toldAt: NOW - 7 * DAY_MS + 1 },
      kind: 'waits',
    },
    { name: 'nobody was told', gone: untold, kind: 'waits' },
    { name: 'no audit said so', gone: undue, kind: 'waits' },
    { name: 'an audit of the future said so', gone: { ...due, dueAt: NOW + 1 }, kind: 'waits' },
    { name: 'an audit said so before its days were over', gone: { ...due, dueAt: due.since }, kind: 'waits' },
    { name: 'no audit has looked', gone: due, memory: {}, kind: 'waits' },
    {
      name: 'no audit has looked for long',
      gone: due,
      memory: { goneLookedAt: NOW - 9 * DAY_MS },
      kind: 'waits',
    },
    {
      name: 'an audit of the future looked',
      gone: due,
      memory: { goneLookedAt: NOW + DAY_MS },
      kind: 'waits',
    },
    { name: 'this clock is behind', gone: due, now: NOW - 2 * DAY_MS, kind: 'ends' },
  ])('stays where $name', ({ gone, memory, now, kind }) => {
    expect(standing(gone, memory, now)).toBe(kind);
  });

  it('ends at the instant at which the last of it is over, and no sooner', () => {
    const since = NOW - KEEP_MS;
    const exact = { ...due, since, toldAt: NOW - 7 * DAY_MS, dueAt: NOW };
    expect(standing(exact)).toBe('due');
    expect(standing(exact, LOOKED, NOW - 1)).toBe('ends');
  });

  it('is announced eight days before, and a week after that at the earliest', () => {
    expect(isAnnounced(NOW, NOW - 8 * DAY_MS)).toBe(true);
    expect(isAnnounced(NOW, NOW - 8 * DAY_MS - 1)).toBe(false);
    expect(endsAt(untold, NOW - DAY_MS, NOW)).toBe(NOW + 7 * DAY_MS);
    expect(endsAt({ ...due, toldAt: NOW + DAY_MS }, NOW - DAY_MS, NOW)).toBe(NOW + 7 * DAY_MS);
  });

  it.each([
    { policy: 'review', kind: 'due' },
    { policy: 'longer', kind: 'unseen' },
    { policy: 'standard', kind: 'unruled' },
    { policy: 'former', kind: 'unruled' },
  ])('under $policy, where review alone governed it, is $kind', ({ policy, kind }) => {
    const memory = { ...LOOKED, goneTables: [due] };
    expect(standingUnder('pr-1', policy, { policies, memory, now: NOW }).kind).toBe(kind);
  });

  it('is not known of a table whose record has ended', () => {
    const memory = { ...LOOKED, goneTables: [{ ...due, endedAt: NOW }] };
    expect(standingUnder('pr-1', 'review', { policies, memory, now: NOW }).kind).toBe('unseen');
  });
});
