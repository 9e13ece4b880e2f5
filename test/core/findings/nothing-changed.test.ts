import { describe, expect, it } from 'vitest';
import { CATALOGUE } from '../../../shared/core/findings/catalogue.ts';
import type { CheckContext } from '../../../shared/core/findings/context.ts';
import { evaluate } from '../../../shared/core/findings/judged.ts';
import { ATTEMPTED_KINDS } from '../../../shared/core/findings/kinds.ts';
import { nextVaultRecords } from '../../../shared/core/plan/vault-records.ts';
import { governedTables } from '../../../shared/core/scene/governed.ts';
import { facetsOf, recoveryPointsSince } from '../../../shared/core/scene/reach.ts';
import type { FindingKind } from '../../../shared/model/finding.ts';
import type { Observation } from '../../../shared/model/observation.ts';
import type { Mode } from '../../../shared/model/plan.ts';
import { contextOf, exampleOf } from '../../messages/examples.ts';
import { aContext } from '../../support/check-context.ts';
import { FINDERS, findingsOf } from '../../support/find.ts';
import { FINDING_KINDS } from '../../support/finding-kinds.ts';

// What an audit opened is still so when nothing changed, whichever run looks next: a run that does not look at what shows it resolves nothing.

/** Of those that outcomes show, or a list that only a deletion brings, no look is enough. */
const NOT_BY_LOOKING = new Set<FindingKind>([...ATTEMPTED_KINDS.map(({ kind }) => kind), 'table-deleted']);

interface Look {
  readonly name: string;
  readonly mode: Mode;
  /** Whether it looked into vaults, and described the tables. */
  readonly hasVaults: boolean;
  readonly isDescribed: boolean;
}

const LOOKS: readonly Look[] = (['protect', 'expire'] as const).flatMap((mode) =>
  [true, false].flatMap((hasVaults) =>
    [true, false].map((isDescribed) => ({
      ...{ mode, hasVaults, isDescribed },
      name: [mode, hasVaults ? 'vaults' : '', isDescribed ? 'tables described' : ''].join(' '),
    })),
  ),
);

/** The same account as such a run sees it. */
const seenBy = (
  { now, observation, policies }: CheckContext,
  { hasVaults, isDescribed, mode }: Look,
): Observation => {
  const since = recoveryPointsSince(policies, mode, now);
  const {
    drills,
    recoveryPointsSince: _,
    strayTags,
    systemBackups,
    tableNames,
    topic,
    vaultFacts,
    ...rest
  } = observation;
  const looksIntoVaults = hasVaults && observation.facets.includes('vaults');
  return {
    ...rest,
    facets: [...facetsOf(mode), ...(looksIntoVaults ? (['vaults'] as const) : [])],
    tables: observation.tables.map(({ details, pitr, ...table }) => ({
      ...table,
      ...(isDescribed && details !== undefined && { details }),
    })),
    recoveryPoints: observation.recoveryPoints.filter(({ createdAt, location }) =>
      location.vault === undefined ? since === undefined || createdAt >= since : looksIntoVaults,
    ),
    ...(since !== undefined && { recoveryPointsSince: since }),
    gaps: observation.gaps.filter(({ facet }) => facet !== 'vaults' || looksIntoVaults),
  };
};

/** Whether a run ends what an audit found and nobody changed. */
const isEndedBy = (kind: FindingKind, context: CheckContext, look: Look): boolean => {
  const { guardrail, memory, policies } = context;
  const observation = seenBy(context, look);
  const open = { ...exampleOf(kind), openedAt: context.now - 1, notifiedAt: context.now - 1 };
  const given = { observation, memory, policies, mode: look.mode, openFindings: [open], guardrail };
  const found = findingsOf(aContext(given));
  const input = { ...given, now: context.now, instance: context.instance };
  const { resolvable, withdrawn } = evaluate([open], {
    ...{ mode: look.mode, observation, found, outcomes: [] },
    governed: governedTables(policies, observation.tables),
    vaultRecords: nextVaultRecords(memory.vaultRecords, input),
  });
  const isFound = found.some(({ id }) => id === open.id);
  return !isFound && (resolvable.has(open.id) || withdrawn.has(open.id));
};

describe('what an audit found and nobody changed', () => {
  it.each(FINDING_KINDS.filter((kind) => !NOT_BY_LOOKING.has(kind)))('stays open: %s', (kind) => {
    const context = contextOf(kind);
    if (context === undefined) throw new Error('an audit sees it');
    expect(LOOKS.filter((look) => isEndedBy(kind, context, look)).map(({ name }) => name)).toEqual([]);
  });
});

describe('every kind', () => {
  it('needs, to be resolved, all that it is found from', () => {
    const asked = FINDERS.flatMap(({ findsFrom = [], kind }) =>
      findsFrom
        .filter((facet) => CATALOGUE.get(kind)?.facets.includes(facet) !== true)
        .map((facet) => `${kind}: ${facet}`),
    );
    expect(asked).toEqual([]);
  });
});
