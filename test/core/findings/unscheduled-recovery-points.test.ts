import { expect, it } from 'vitest';
import { unscheduledRecoveryPointsFinder } from '../../../shared/core/findings/unscheduled-recovery-points.ts';
import { shortHash } from '../../../shared/core/text/digest.ts';
import { DAY_MS } from '../../../shared/model/instant.ts';
import type { OpenFinding } from '../../../shared/model/memory.ts';
import { aContext } from '../../support/check-context.ts';
import { describeHere, type Example, seen, textOf } from '../../support/kind-example.ts';
import { anObservation, anOpenFinding, aRecoveryPoint, LATEST_SLOT, NOW } from '../../support/world.ts';

export const example = (): Example =>
  seen({
    recoveryPoints: [aRecoveryPoint(), aRecoveryPoint({ slot: LATEST_SLOT - 3 * DAY_MS, createdAt: NOW })],
  });

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

describeHere(import.meta, 'unscheduled-recovery-points', () => {
  it('reads so', () => {
    expect(textOf('unscheduled-recovery-points', example())).toMatchInlineSnapshot(`
      "
      warning unscheduled-recovery-points/Orders/standard table=Orders policy=standard
        Orders: 1 recovery point carries names of this instance and was not made when a schedule asked for it: tablekeeper.prod.standard.20261120T030000Z (made 2026-11-23 05:00 UTC). What was not asked for counts for nothing, pushes nothing out and is kept.
        1 recovery point not asked for (one for each slot of the schedule) since 2026-11-23T05:00:00Z
        Find out who made them: CloudTrail records CreateBackup. Check who may call it, and delete them once nobody needs them:
          aws dynamodb delete-backup --region eu-central-1 --backup-arn ARN
      "
    `);
  });

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
