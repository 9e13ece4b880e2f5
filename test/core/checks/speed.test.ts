import { expect, it } from 'vitest';
import { findingsOf } from '../../../shared/core/checks/all.ts';
import { judged } from '../../../shared/core/checks/judged.ts';
import { findingsOfOutcomes } from '../../../shared/core/checks/outcomes.ts';
import { aCreate, anOutcome } from '../../support/attempts.ts';
import { aContext } from '../../support/check-context.ts';
import { anObservation, aRecoveryPoint, aTable, NOW, PITR_OFF, somePolicies } from '../../support/world.ts';

it('checks and judges ten thousand tables with findings in a second or two', { tags: ['timed'] }, () => {
  const names = Array.from({ length: 10_000 }, (_, at) => `T${at}`);
  const tables = names.map((name) => aTable({ name, pitr: PITR_OFF }));
  const recoveryPoints = names.flatMap((tableName) => [
    aRecoveryPoint({ tableName }),
    aRecoveryPoint({ tableName, policy: 'old' }),
  ]);
  const observation = anObservation({ tables, recoveryPoints });
  const context = aContext({ observation });
  const startedAt = performance.now();
  const found = findingsOf(context);
  const open = found.map((finding) => ({ ...finding, openedAt: NOW, notifiedAt: NOW }));
  const over = judged(open, {
    mode: 'audit',
    observation,
    found: [],
    outcomes: [],
    policies: somePolicies(),
  });
  expect(performance.now() - startedAt).toBeLessThan(3_000);
  expect(found).toHaveLength(10_001);
  expect(over.size).toBe(10_001);
});

it('judges ten thousand failures and finds ten thousand more in a second or two', { tags: ['timed'] }, () => {
  const outcomes = Array.from({ length: 10_000 }, (_, at) =>
    anOutcome(aCreate({ table: `T${at}` }), 'failed'),
  );
  const attempt = { outcomes, openFindings: [], policies: somePolicies(), now: NOW };
  const open = findingsOfOutcomes(attempt).map((finding) => ({ ...finding, openedAt: NOW, notifiedAt: NOW }));
  const startedAt = performance.now();
  const found = findingsOfOutcomes({ ...attempt, openFindings: open });
  const over = judged(open, {
    mode: 'protect',
    observation: anObservation(),
    found,
    outcomes,
    policies: somePolicies(),
  });
  expect(performance.now() - startedAt).toBeLessThan(3_000);
  expect(found).toHaveLength(10_000);
  expect(over.size).toBe(0);
});
