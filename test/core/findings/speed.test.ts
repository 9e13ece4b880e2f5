import { expect, it } from 'vitest';
import { findingsOfOutcomes } from '../../../shared/core/findings/find.ts';
import { evaluate } from '../../../shared/core/findings/judged.ts';
import { governedTables } from '../../../shared/core/scene/governed.ts';
import { aCreate, anOutcome } from '../../support/attempts.ts';
import { aContext } from '../../support/check-context.ts';
import { findingsOf } from '../../support/find.ts';
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
    const { governed } = context;
    const sight = { mode: 'audit', observation, found: [], governed, outcomes: [] } as const;
    const over = evaluate(open, sight).resolvable;
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
    const observation = anObservation();
    const governed = governedTables(somePolicies(), observation.tables);
    const over = evaluate(open, { mode: 'protect', observation, found, governed, outcomes }).resolvable;
    expect(found).toHaveLength(amount);
    expect(over.size).toBe(0);
  };
};

it('judges ten thousand failures in four times as long as a quarter', { tags: ['timed'] }, async () => {
  expect(await growth(failuresOf, TABLES)).toBeLessThan(IN_PROPORTION);
});
