import { describe, expect, it } from 'vitest';
import { type GoneInput, nextGone } from '../../../shared/core/protection/gone-memory.ts';
import { ownPointsIn } from '../../../shared/core/scene/own-points.ts';
import { regimesOf } from '../../../shared/core/scene/regimes.ts';
import { ownFailure } from '../../../shared/model/failure.ts';
import { DAY_MS, HOUR_MS } from '../../../shared/model/instant.ts';
import type { GoneTable, Memory, Protection } from '../../../shared/model/memory.ts';
import type { Facet, Observation } from '../../../shared/model/observation.ts';
import {
  anObservation,
  anOpenFinding,
  aPolicyWithoutPitr,
  aRecoveryPoint,
  INSTANCE,
  NOW,
  somePolicies,
  tableIdOf,
} from '../../support/world.ts';

const KEEP_MS = 10 * DAY_MS;
const policies = somePolicies({
  policies: [aPolicyWithoutPitr({ afterDeletion: { keepMs: KEEP_MS } })],
});

const protectionOf = (table: string, more: Partial<Protection> = {}): Protection => ({
  table,
  tableId: tableIdOf(table),
  promises: [{ name: 'standard', rpoMs: DAY_MS }],
  ...more,
});

const aGone = (goneTable: string, more: Partial<GoneTable> = {}): GoneTable => ({
  goneTable,
  tableId: tableIdOf(goneTable),
  policies: ['standard'],
  since: NOW - 20 * DAY_MS,
  toldAt: NOW - 9 * DAY_MS,
  ...more,
});

interface Given extends Partial<Omit<GoneInput, 'memory' | 'observation'>> {
  readonly memory?: Partial<Memory>;
  readonly tables?: Observation['tables'];
  readonly gone?: readonly string[];
  readonly cut?: Facet;
}

const noted = ({ memory = {}, gone = ['pr-1'], cut, tables = [], ...more }: Given = {}) => {
  const failure = ownFailure('thrown', 'cut');
  const observation = anObservation({
    tables,
    tableNames: ['Orders'],
    recoveryPoints: gone.map((tableName) => aRecoveryPoint({ tableName })),
    facets: [...anObservation().facets, 'memory'],
    ...(cut !== undefined && { gaps: [{ facet: cut, failure }] }),
  });
  const whole: Memory = { pitrBaselines: [], goneLookedAt: NOW - HOUR_MS, ...memory };
  return nextGone({
    policies,
    memory: whole,
    governed: [],
    own: [...ownPointsIn(observation, INSTANCE).own.values()],
    regimes: regimesOf(whole, policies, NOW),
    openFindings: [],
    mode: 'audit',
    now: NOW,
    ...more,
    observation,
  });
};

const seen = { protections: [protectionOf('pr-1')] };
const withoutId = { protections: [{ table: 'pr-1', promises: [{ name: 'standard', rpoMs: DAY_MS }] }] };

describe('a record of a gone table', () => {
  it('begins at the first whole look without it, with the id and the policies that governed it', () => {
    const begun = { goneTable: 'pr-1', tableId: tableIdOf('pr-1'), policies: ['standard'], since: NOW };
    expect(noted({ memory: seen })).toEqual({ goneLookedAt: NOW, goneTables: [begun] });
  });

  it('remembers a hold', () => {
    const held = { protections: [protectionOf('pr-1', { hold: { liftedAt: NOW - HOUR_MS } })] };
    expect(noted({ memory: held }).goneTables).toMatchObject([{ held: true }]);
  });

  it.each<{ name: string; given: Given }>([
    { name: 'the names were cut', given: { memory: seen, cut: 'table-names' } },
    { name: 'the tags were cut', given: { memory: seen, cut: 'tags' } },
    { name: 'the recovery points were cut', given: { memory: seen, cut: 'recovery-points' } },
    { name: 'the memory was not read', given: { memory: seen, cut: 'memory' } },
    { name: 'nothing is remembered of it', given: {} },
    { name: 'its id is not', given: { memory: withoutId } },
    { name: 'the clock is behind', given: { memory: { ...seen, goneLookedAt: NOW + HOUR_MS } } },
    {
      name: 'the clock is behind what another run saw',
      given: { memory: { ...seen, coverage: { tables: 1, seenAt: NOW + HOUR_MS } } },
    },
    {
      name: 'the event is of the future',
      given: { memory: seen, clockSuspicious: 'the event is of the future' },
    },
    { name: 'it is not an audit', given: { memory: seen, mode: 'expire' } },
    {
      name: 'its policy had gone before an audit last looked',
      given: {
        memory: {
          protections: [
            protectionOf('pr-1', { promises: [{ name: 'standard', rpoMs: 1, until: NOW - DAY_MS }] }),
          ],
        },
      },
    },
    {
      name: 'another table of the name left recovery points',
      given: { memory: { protections: [protectionOf('pr-1', { tableId: 'id-of-a-former-one' })] } },
    },
    {
      name: 'a tag of it is listed',
      given: { memory: seen, tables: [{ name: 'pr-1', tags: { 'backup:policy': 'none' } }] },
    },
  ])('does not begin where $name', ({ given }) => {
    expect(noted(given).goneTables).toBeUndefined();
  });

  it('waits where no policy ends anything, and where its own does not any more, as long as anything is left', () => {
    const { toldAt: _, ...untold } = aGone('pr-1');
    const paused = [{ ...untold, paused: true }];
    const memory = { goneTables: [aGone('pr-1')] };
    expect(noted({ memory, policies: somePolicies() })).toEqual({ goneTables: paused });
    expect(noted({ memory, gone: [], policies: somePolicies() })).toEqual({});
    expect(noted({ memory, gone: [], mode: 'expire', policies: somePolicies() })).toEqual({
      goneTables: paused,
    });
    const other = somePolicies({
      policies: [
        aPolicyWithoutPitr(),
        aPolicyWithoutPitr({ name: 'other', afterDeletion: { keepMs: KEEP_MS } }),
      ],
    });
    expect(noted({ memory, policies: other }).goneTables).toEqual(paused);
    expect(noted({ memory, gone: [], policies: other }).goneTables).toBeUndefined();
  });

  it('begins its days again where a policy ends it again', () => {
    const { toldAt: _, ...untold } = aGone('pr-1');
    const memory = { goneTables: [{ ...untold, paused: true as const }] };
    expect(noted({ memory }).goneTables).toEqual([{ ...untold, since: NOW }]);
  });

  it('ends nothing before what a table that was emptied held was promised to stay', () => {
    const point = (days: number, sizeBytes: number) =>
      aRecoveryPoint({
        tableName: 'pr-1',
        slot: NOW - days * DAY_MS,
        createdAt: NOW - days * DAY_MS,
        sizeBytes,
      });
    const observation = anObservation({ recoveryPoints: [point(23, 9e9), point(22, 9e9), point(21, 1e3)] });
    const own = [...ownPointsIn(observation, INSTANCE).own.values()];
    const notBefore = NOW + 14 * DAY_MS;
    expect(noted({ memory: seen, own }).goneTables).toMatchObject([{ since: NOW, notBefore }]);
    const waiting = noted({ memory: { goneTables: [aGone('pr-1')] }, own }).goneTables;
    expect(waiting).toMatchObject([{ notBefore }]);
    expect(waiting?.[0]).not.toHaveProperty('dueAt');
    expect(noted({ memory: { goneTables: [aGone('pr-1')] } }).goneTables).toMatchObject([{ dueAt: NOW }]);
  });

  it('ends where any run sees a table of the name', () => {
    const memory = { goneTables: [aGone('pr-1')] };
    const tables = [{ name: 'pr-1', tags: {} }];
    expect(noted({ memory, mode: 'protect', tables }).goneTables).toBeUndefined();
  });

  it('notes that people were told, by its own clock, and only of this time', () => {
    const { toldAt: _, ...untold } = aGone('pr-1');
    const memory = { goneTables: [untold] };
    const told = (notifiedAt: number) => [
      anOpenFinding({
        id: 'deleted-table-ending/pr-1',
        kind: 'deleted-table-ending',
        table: 'pr-1',
        notifiedAt,
      }),
    ];
    const tellsAt = (notifiedAt: number) => noted({ memory, openFindings: told(notifiedAt) }).goneTables?.[0];
    expect(tellsAt(NOW - 9 * DAY_MS)).toMatchObject({ toldAt: NOW });
    expect(tellsAt(untold.since - 1)).not.toHaveProperty('toldAt');
    expect(noted({ memory }).goneTables?.[0]).not.toHaveProperty('toldAt');
  });
});

describe('the turns of gone tables', () => {
  const names = Array.from({ length: 20 }, (_, index) => `pr-${index}`);

  const dueOf = (given: Given): readonly string[] =>
    (noted(given).goneTables ?? []).filter(({ dueAt }) => dueAt === NOW).map(({ goneTable }) => goneTable);

  it('come a fifth at a time, those that went first come first', () => {
    const goneTables = names.map((name, index) => aGone(name, { since: NOW - (40 - index) * DAY_MS }));
    expect(dueOf({ memory: { goneTables }, gone: names })).toEqual(['pr-0', 'pr-1', 'pr-2', 'pr-3']);
  });

  it('wait for those that are ending, and for a day after these have ended', () => {
    const ending = names.slice(0, 3).map((name) => aGone(name, { dueAt: NOW - HOUR_MS }));
    const ended = aGone('ended', { dueAt: NOW - DAY_MS, endedAt: NOW - HOUR_MS });
    const waiting = names.slice(3).map((name) => aGone(name));
    const memory = { goneTables: [...ending, ended, ...waiting] };
    expect(dueOf({ memory, gone: names })).toEqual([]);
    const later = { goneTables: [...ending, { ...ended, endedAt: NOW - DAY_MS }, ...waiting] };
    expect(dueOf({ memory: later, gone: names })).toHaveLength(1);
  });

  it('end where nothing is left', () => {
    const memory = { goneTables: [aGone('pr-1', { dueAt: NOW - HOUR_MS }), aGone('pr-2')] };
    const ended = { ...aGone('pr-1'), dueAt: NOW - HOUR_MS, endedAt: NOW };
    expect(noted({ memory, gone: [] }).goneTables).toEqual([ended]);
  });

  it.each<{ name: string; memory: Partial<Memory> }>([
    { name: 'a person keeps it', memory: { keptTables: [{ keptTable: 'pr-1', keptAt: NOW }] } },
    { name: 'it was on hold', memory: { goneTables: [aGone('pr-1', { held: true, dueAt: NOW - HOUR_MS })] } },
  ])('are taken back where $name, and people are told again', ({ memory }) => {
    const goneTables = [aGone('pr-1', { dueAt: NOW - HOUR_MS })];
    const [gone] = noted({ memory: { goneTables, ...memory } }).goneTables ?? [];
    expect(gone).not.toHaveProperty('dueAt');
    expect(gone).not.toHaveProperty('toldAt');
  });
});
