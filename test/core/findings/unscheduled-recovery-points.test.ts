import { describe, expect, it } from 'vitest';
import { unscheduledRecoveryPointsFinder } from '../../../shared/core/findings/unscheduled-recovery-points.ts';
import { shortHash } from '../../../shared/core/text/digest.ts';
import { DAY_MS } from '../../../shared/model/instant.ts';
import type { OpenFinding } from '../../../shared/model/memory.ts';
import { aContext } from '../../support/check-context.ts';
import { anObservation, anOpenFinding, aRecoveryPoint, LATEST_SLOT, NOW } from '../../support/world.ts';

const forged = (daysAgo: number) =>
  aRecoveryPoint({ id: `forged-${daysAgo}`, slot: LATEST_SLOT - daysAgo * DAY_MS, createdAt: NOW });

const ID = 'unscheduled-recovery-points/Orders/standard';

const told = (toldSubjects?: readonly string[]): readonly OpenFinding[] => [
  anOpenFinding({ id: ID, kind: 'unscheduled-recovery-points', ...(toldSubjects && { toldSubjects }) }),
];

const findingOf = (daysAgo: readonly number[], openFindings: readonly OpenFinding[] = []) => {
  const recoveryPoints = [aRecoveryPoint(), ...daysAgo.map(forged)];
  return unscheduledRecoveryPointsFinder.find(
    aContext({ observation: anObservation({ recoveryPoints }), openFindings }),
  )[0];
};

const NEW = 'New since the last message';

describe('unscheduled-recovery-points', () => {
  it('stands for each point, so that further ones of a table that was reported are reported again', () => {
    expect(findingOf([2, 3])?.subjects).toEqual([shortHash('forged-2'), shortHash('forged-3')].toSorted());
  });

  it.each([
    { name: 'nobody was told of it', open: [], text: '' },
    { name: 'an older version told of it', open: told(), text: '' },
    { name: 'all were told', open: told(['forged-2', 'forged-3'].map((id) => shortHash(id))), text: '' },
    { name: 'one was told', open: told([shortHash('forged-2')]), text: `${NEW}: 1 recovery point, ` },
  ])('names those that are new where $name', ({ open, text }) => {
    const fact = findingOf([2, 3], open)?.fact ?? '';
    expect(fact.includes(NEW)).toBe(text !== '');
    expect(fact).toContain(text);
  });
});
