import { describe, expect, it } from 'vitest';
import { evaluate } from '../../../shared/core/findings/judged.ts';
import { governedTables } from '../../../shared/core/scene/governed.ts';
import { facetsOf } from '../../../shared/core/scene/reach.ts';
import type { Memory } from '../../../shared/model/memory.ts';
import type { Observation } from '../../../shared/model/observation.ts';
import { backupFinders } from '../../../shared/run/compose-finders.ts';
import { exampleOf } from '../../messages/examples.ts';
import { aContext } from '../../support/check-context.ts';
import { FINDERS, findingsOf } from '../../support/find.ts';
import { anObservation, aTable, NO_MEMORY, NOW, somePolicies } from '../../support/world.ts';

// A policy that drops its vault asks for nothing there any more. What is remembered of it is still asked for.

const OF_VAULTS = FINDERS.filter(({ findsFrom = [] }) =>
  findsFrom.some((facet) => facet === 'vaults' || facet === 'vault-settings'),
).map(({ kind }) => kind);

const REMEMBERED: Memory = {
  ...NO_MEMORY,
  vaultRecords: [
    {
      ...{ recordedTable: 'Users', version: 1 },
      points: [
        {
          id: 'arn:aws:backup:us-east-1:111122223333:recovery-point:one',
          vault: 'arn:aws:backup:us-east-1:111122223333:backup-vault:tablekeeper',
          ...{ policy: 'standard', slot: NOW - 1_000, tableId: 'id-Users', createdAt: NOW - 1_000 },
        },
      ],
    },
  ],
};

const GAP: Observation['gaps'][number] = {
  facet: 'vaults',
  vault: 'arn:aws:backup:us-east-1:111122223333:backup-vault:tablekeeper',
  failure: { kind: 'call', operation: 'ListRecoveryPointsByBackupVault', code: 'Denied', message: 'no' },
};

/** The kinds that an audit found while a policy had a vault and that end in an audit of no policy with one. */
const endedIn = (memory: Memory, gaps: Observation['gaps']): readonly string[] => {
  const policies = somePolicies();
  const observation = anObservation({
    tables: [aTable()],
    facets: [...facetsOf('audit'), 'vaults', 'vault-settings'],
    gaps,
    jobs: [],
  });
  const open = OF_VAULTS.map((kind) => ({ ...exampleOf(kind), openedAt: NOW - 1, notifiedAt: NOW - 1 }));
  const found = findingsOf(aContext({ policies, memory, observation, openFindings: open }));
  const { resolvable, withdrawn } = evaluate(open, {
    ...{ mode: 'audit', observation, found, outcomes: [], vaultRecords: memory.vaultRecords },
    governed: governedTables(policies, observation.tables),
  });
  const foundIds = new Set(found.map(({ id }) => id));
  return open
    .filter(({ id }) => !foundIds.has(id) && (resolvable.has(id) || withdrawn.has(id)))
    .map(({ kind }) => kind);
};

describe('what was found in vaults, once no policy has one', () => {
  it('ends where nothing is remembered of any', () => {
    expect(endedIn(NO_MEMORY, [])).toEqual(OF_VAULTS);
  });

  it('does not end by a vault that is remembered and cannot be read', () => {
    const ended = endedIn(REMEMBERED, [GAP]);
    expect(ended.filter((kind) => ['copies-vanished', 'recovery-points-not-deleted'].includes(kind))).toEqual(
      [],
    );
  });
});

describe('a function', () => {
  it('resolves no kind that it cannot find, whatever it looked at', () => {
    const observation = anObservation({ tables: [aTable()] });
    const open = [{ ...exampleOf('pitr-off'), openedAt: NOW - 1 }];
    const sight = { mode: 'audit', observation, found: [], outcomes: [] } as const;
    const governed = governedTables(somePolicies(), observation.tables);
    expect([...evaluate(open, { ...sight, governed }).resolvable]).toEqual(open.map(({ id }) => id));
    expect([...evaluate(open, { ...sight, governed, finders: backupFinders() }).resolvable]).toEqual([]);
  });
});
