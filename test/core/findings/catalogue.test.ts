import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { STOPPING_EXPIRY as STORED } from '../../../shared/adapters/state/findings.ts';
import { STOPPING_EXPIRY } from '../../../shared/core/findings/catalogue.ts';
import { ATTEMPTED_KINDS, OBSERVED_KINDS } from '../../../shared/core/findings/kinds.ts';
import { facetsOf } from '../../../shared/core/scene/reach.ts';
import type { Facet } from '../../../shared/model/observation.ts';
import {
  backupFinders,
  everyFinder,
  hintFinders,
  pruneFinders,
} from '../../../shared/run/compose-finders.ts';
import { exampleOf } from '../../messages/examples.ts';
import { aContext } from '../../support/check-context.ts';
import { FINDERS, findingsOf } from '../../support/find.ts';
import { FINDING_KINDS } from '../../support/finding-kinds.ts';
import { anObservation, aTable, aTaggedTable, NOW, PITR_OFF } from '../../support/world.ts';
import { aWorld } from '../plan/random-worlds.ts';

const FOLDER = new URL('../../../shared/core/findings/', import.meta.url);

const EVERYTHING: readonly Facet[] = [
  ...facetsOf('audit'),
  'vaults',
  'vault-settings',
  'drills',
  'table-keys',
];

/** Found from whole lists and from vaults, so that a hint has them for nothing. */
const NEEDING_VAULTS: readonly string[] = ['lost-table-ending', 'recovery-points-unproven'];

/** A world in which nearly everything is wrong, of which only some facets were looked at. */
const withoutFacets = (left: readonly Facet[]) => {
  const all = facetsOf('audit');
  return fc.assert(
    fc.property(aWorld(['audit']), (drawn) => {
      const facets = all.filter((facet) => !left.includes(facet));
      const observation = { ...drawn.observation, facets };
      const context = aContext({ ...drawn, observation });
      for (const kind of FINDERS)
        if (kind.findsFrom?.some((facet) => left.includes(facet)) === true)
          expect([kind.kind, kind.find(context)]).toEqual([kind.kind, []]);
    }),
    { numRuns: 60 },
  );
};

describe('the catalogue of findings', () => {
  it.each([
    { left: ['recovery-points'] },
    { left: ['table-names'] },
    { left: ['memory'] },
    { left: ['tags'] },
    { left: ['vaults'] },
    { left: ['vault-settings'] },
    { left: ['table-keys'] },
  ] as const)('asks no kind that finds nothing without $left', ({ left }) => {
    withoutFacets(left);
  });

  it.each([
    { name: 'a backup', finders: backupFinders(), facets: [...facetsOf('protect'), 'vaults'] },
    { name: 'a prune', finders: pruneFinders(), facets: [...facetsOf('expire'), 'vaults'] },
    {
      name: 'a hint',
      finders: hintFinders(),
      facets: facetsOf('audit').filter((one) => one !== 'subscriptions'),
    },
    { name: 'an audit', finders: everyFinder(), facets: EVERYTHING },
  ] as const)('gives $name every kind that it can find in what it looks at', ({ finders, facets }) => {
    const canFind = FINDERS.filter(({ findsFrom = [] }) =>
      findsFrom.every((facet) => (facets as readonly Facet[]).includes(facet)),
    ).map(({ kind }) => kind);
    const given = finders.kinds.map(({ kind }) => kind);
    expect(canFind.filter((kind) => !given.includes(kind))).toEqual([]);
    expect(given.filter((kind) => !canFind.includes(kind) && !NEEDING_VAULTS.includes(kind))).toEqual([]);
  });

  it('has one way to find each kind that an observation shows', () => {
    const found = FINDERS.map(({ kind }) => kind).toSorted();
    expect(found).toEqual(OBSERVED_KINDS.map(({ kind }) => kind).toSorted());
  });

  it('finds nothing in a healthy world', () => {
    expect(findingsOf(aContext())).toEqual([]);
  });

  it('finds nothing in the tags of a table that nobody confirmed', () => {
    const tags = { 'backup:policy': 'standrad', 'backup:mute-until': 'tomorrow' };
    const observation = anObservation({ tables: [aTaggedTable({ tags })], recoveryPoints: [] });
    expect(findingsOf(aContext({ observation }))).toEqual([]);
  });

  it.each(FINDING_KINDS)('finds %s under an id that begins with its name', (kind) => {
    expect(exampleOf(kind).id.split('/')[0]).toBe(kind);
  });

  it('has every kind that a file of the folder declares, in a file of its name, and none twice', () => {
    const declared = readdirSync(FOLDER)
      .flatMap((file) => {
        const text = readFileSync(new URL(file, FOLDER), 'utf8');
        return [...text.matchAll(/interface FindingKinds \{\s+readonly '?([a-z-]+)'?: true;/g)].map(
          ([, kind = '']) => ({ kind, file }),
        );
      })
      .toSorted((one, other) => (one.kind < other.kind ? -1 : 1));
    const kinds = [...OBSERVED_KINDS, ...ATTEMPTED_KINDS].map(({ kind }) => kind);
    expect(declared).toEqual(kinds.toSorted().map((kind) => ({ kind, file: `${kind}.ts` })));
  });

  it('and the state store mean the same kinds by those that stop expiry', () => {
    expect([...STOPPING_EXPIRY].toSorted()).toEqual(STORED.toSorted());
  });

  it.each([
    { kind: 'backup-stuck', facets: ['recovery-points'] },
    { kind: 'coverage-dropped', facets: ['tags', 'details', 'memory'] },
    { kind: 'from-the-future', facets: ['recovery-points'] },
    { kind: 'guardrail-refusal', facets: ['tags', 'recovery-points', 'memory'] },
    { kind: 'mute-refused', facets: ['tags', 'details'] },
    { kind: 'muted', facets: ['tags', 'details'] },
    { kind: 'no-confirmed-subscription', facets: ['subscriptions'] },
    { kind: 'observation-gap', facets: [] },
    { kind: 'pitr-off', facets: ['tags', 'details', 'pitr'] },
    { kind: 'pitr-window-restarted', facets: ['tags', 'details', 'pitr', 'memory'] },
    { kind: 'pitr-window-short', facets: ['tags', 'details', 'pitr'] },
    { kind: 'recovery-point-overdue', facets: ['tags', 'details', 'recovery-points'] },
    {
      kind: 'recovery-points-of-lost-table',
      facets: ['tags', 'table-names', 'recovery-points', 'details'],
    },
    {
      kind: 'recovery-points-vanished',
      facets: ['tags', 'table-names', 'recovery-points', 'details', 'memory'],
    },
    { kind: 'recovery-points-without-policy', facets: ['tags', 'table-names', 'recovery-points'] },
    { kind: 'restorable-lag', facets: ['tags', 'details', 'pitr'] },
    { kind: 'subscriber-unreached', facets: ['subscriptions', 'memory'] },
    { kind: 'table-deleted', facets: ['table-names', 'tags'] },
    { kind: 'table-inaccessible', facets: ['tags', 'details'] },
    { kind: 'table-replaced', facets: ['table-names', 'tags'] },
    { kind: 'table-shrunk', facets: ['tags', 'recovery-points', 'details'] },
    { kind: 'unknown-policy', facets: ['tags', 'details'] },
    { kind: 'unscheduled-recovery-points', facets: ['tags', 'recovery-points', 'memory'] },
    { kind: 'untagged-tables', facets: ['tags', 'table-names'] },
    { kind: 'waiting-for-first-table', facets: ['tags', 'details', 'memory'] },
  ])('can tell that $kind is over by what it looks at: $facets', ({ kind, facets }) => {
    expect(OBSERVED_KINDS.find((check) => check.kind === kind)?.facets).toEqual(facets);
  });

  it.each([
    { kind: 'backups-failing', attemptedIn: 'protect', facets: ['tags', 'recent-recovery-points'] },
    { kind: 'expiries-failing', attemptedIn: 'expire', facets: ['tags', 'recovery-points'] },
    { kind: 'pitr-repair-failing', attemptedIn: 'audit', facets: ['tags', 'details', 'pitr'] },
  ])('can tell that $kind is over in the mode $attemptedIn alone', ({ kind, attemptedIn, facets }) => {
    expect(ATTEMPTED_KINDS.find((check) => check.kind === kind)).toMatchObject({ attemptedIn, facets });
  });

  it('gives findings sorted by id, each id once, none from the future', () => {
    const tables = ['Users', 'Orders', 'Carts'].map((name) => aTable({ name, pitr: PITR_OFF }));
    const findings = findingsOf(aContext({ observation: anObservation({ tables, tableNames: ['Zoo'] }) }));
    const ids = findings.map(({ id }) => id);
    expect(ids).toEqual([...new Set(ids)].toSorted());
    expect(ids).toContain('pitr-off/Users');
    expect(findings.every(({ since }) => since <= NOW)).toBe(true);
  });
});
