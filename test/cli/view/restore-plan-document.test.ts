import { expect, it } from 'vitest';
import {
  possibleDocument,
  refusalFields,
  restorePlanDocument,
} from '../../../cli/documents/restore-plan-document.ts';
import { choose } from '../../../shared/core/restore/choose.ts';
import { restorePlan } from '../../../shared/core/restore/restore-plan.ts';
import { at, pointId, viewOf } from '../../core/restore/history.ts';
import { chosenAt, GONE, NOW, planInput, STANDING } from '../../core/restore/plan-input.ts';

/** As a program reads it. */
const printed = (document: object): unknown => JSON.parse(JSON.stringify(document));

it('a plan as a document has the source, both neighbours with their losses, and all that is possible', () => {
  const choice = chosenAt('2026-11-20T08:59', [GONE]);
  const plan = restorePlan(planInput({ choice, target: { name: 'orders', by: 'own' } }));
  expect(printed(restorePlanDocument([plan], 'prod'))).toMatchObject({
    command: 'restore',
    instance: 'prod',
    region: 'eu-west-1',
    at: '2026-11-20T10:58:00Z',
    plans: [
      {
        table: 'orders',
        target: 'orders',
        targetNamedBy: 'own',
        asked: '2026-11-20T08:59:00Z',
        gives: '2026-11-20T03:00:00Z',
        because: 'closest-before',
        lacksSeconds: 21_540,
        source: { kind: 'recovery-point', tableId: '77', createdAt: '2026-11-20T03:00:00Z' },
        nearestBefore: { recoveryPoint: pointId('orders', '77', 0), distanceSeconds: 21_540 },
        nearestAfter: { recoveryPoint: pointId('orders', '77', 'system'), madeBy: 'system' },
        expected: { kind: 'unknown' },
        possible: { incarnations: [{ tableId: '77', deletedAt: '2026-11-20T10:00:00Z' }] },
      },
    ],
  });
});

it('what is possible as a document has every recovery point, however many', () => {
  const points = Array.from({ length: 40 }, (_, index) => ({ at: NOW - index * 1_000 }));
  const document = printed(possibleDocument(viewOf([{ ...STANDING, points }], NOW), 'prod'));
  expect(document).toMatchObject({
    table: 'orders',
    incarnations: [{ window: { from: '2026-11-10T00:00:00Z', to: '2026-11-20T10:52:57Z' } }],
  });
  expect(document).toHaveProperty('incarnations.0.recoveryPoints.length', 40);
});

it('a refusal as a document has its reason and what there is instead', () => {
  const choice = choose(viewOf([STANDING], NOW), { kind: 'second', at: at('2026-11-04T00:00') });
  if (choice.kind === 'chosen') throw new Error('chosen');
  expect(printed(refusalFields(choice))).toMatchObject({
    reason: 'nothing-before',
    asked: '2026-11-04T00:00:00Z',
    nearestAfter: { recoveryPoint: pointId('orders', 'a1', 0) },
  });
});
