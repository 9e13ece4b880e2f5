import { expect, it } from 'vitest';
import { findingsOf, findingsOfOutcomes } from '../../../shared/core/findings/catalogue.ts';
import { judged } from '../../../shared/core/findings/judged.ts';
import { aCreate, anOutcome } from '../../support/attempts.ts';
import { aContext } from '../../support/check-context.ts';
import { growth, IN_PROPORTION } from '../../support/growth.ts';
import { anObservation, aRecoveryPoint, aTable, NOW, PITR_OFF, somePolicies } from '../../support/world.ts';

const TABLES = 10_000;

const checksOf = (amount: number) => {
  const names = Array.from({ length: amount }, (_, at) => `T${at}`);
  const tables = names.map((name) => aTable({ name, pitr: PITR_OFF }));
  const recoveryPoints = names.flatMap((tableName) => [
    aRecoveryPoint({ tableName }),
    aRecoveryPoint({ tableName, policy: 'old' }),
  ]);
  const observation = anObservation({ tables, recoveryPoints });
  const context = aContext({ observation });
  return () => {
    const found = findingsOf(context);
    const open = found.map((finding) => ({ ...finding, openedAt: NOW, notifiedAt: NOW }));
    const policies = somePolicies();
    const over = judged(open, { mode: 'audit', observation, found: [], outcomes: [], policies });
    expect(found).toHaveLength(amount + 1);
    expect(over.size).toBe(amount + 1);
  };
};

it('checks and judges ten thousand tables in four times as long as a quarter', {
  tags: ['timed'],
}, async () => {
  expect(await growth(checksOf, TABLES)).toBeLessThan(IN_PROPORTION);
});

const failuresOf = (amount: number) => {
  const outcomes = Array.from({ length: amount }, (_, at) =>
    anOutcome(aCreate({ table: `T${at}` }), 'failed'),
  );
  const attempt = { outcomes, openFindings: [], policies: somePolicies(), now: NOW };
  const open = findingsOfOutcomes(attempt).map((finding) => ({ ...finding, openedAt: NOW, notifiedAt: NOW }));
  return () => {
    const found = findingsOfOutcomes({ ...attempt, openFindings: open });
    const policies = somePolicies();
    const over = judged(open, { mode: 'protect', observation: anObservation(), found, outcomes, policies });
    expect(found).toHaveLength(amount);
    expect(over.size).toBe(0);
  };
};

it('judges ten thousand failures in four times as long as a quarter', { tags: ['timed'] }, async () => {
  expect(await growth(failuresOf, TABLES)).toBeLessThan(IN_PROPORTION);
});
