import { describe, expect, it } from 'vitest';
import { DAY_MS, HOUR_MS } from '../../../shared/model/instant.ts';
import type { Memory } from '../../../shared/model/memory.ts';
import type { Plan } from '../../../shared/model/plan.ts';
import type { TableTags } from '../../../shared/model/table.ts';
import { adviceText } from '../../support/advice-text.ts';
import { plan } from '../../support/decide-plan.ts';
import {
  anObservation,
  aPolicy,
  aRecoveryPoint,
  aTable,
  LATEST_SLOT,
  NOW,
  somePolicies,
} from '../../support/world.ts';
import { aPlanInput } from '../plan/plan-input.ts';

const NO_MEMORY: Memory = { pitrBaselines: [] };

const policies = somePolicies({ policies: [aPolicy(), aPolicy({ name: 'critical' })] });

/** Orders is under `standard`; somebody made a backup of it by a name of `critical`. */
const audited = (memory: Memory, tags: TableTags = { 'backup:policy': 'standard' }): Plan =>
  plan(
    aPlanInput({
      mode: 'audit',
      policies,
      memory,
      observation: anObservation({
        tables: 'backup:policy' in tags ? [aTable({ tags })] : [],
        tableNames: ['Orders'],
        recoveryPoints: [
          aRecoveryPoint({ slot: LATEST_SLOT - DAY_MS }),
          aRecoveryPoint({ slot: LATEST_SLOT }),
          aRecoveryPoint({ slot: LATEST_SLOT, policy: 'critical', createdAt: NOW - HOUR_MS }),
        ],
      }),
    }),
  );

const lossIn = ({ findings }: Plan) =>
  findings.find(({ id }) => id === 'no-longer-protected/Orders/critical');

const remembering = (): Memory => ({
  ...NO_MEMORY,
  coverage: { tables: 1, seenAt: NOW - HOUR_MS },
  protections: [{ table: 'Orders', promises: [{ name: 'standard', rpoMs: 26 * HOUR_MS }] }],
});

describe('a policy that only the name of a recovery point says governed a table', () => {
  it.each([
    { name: 'of which nothing is remembered', memory: NO_MEMORY },
    { name: 'that is remembered under another one', memory: remembering() },
  ])('$name is not said to have governed it, now and later', ({ memory }) => {
    const first = audited(memory);
    const later = audited(first.memory);
    for (const finding of [lossIn(first), lossIn(later)]) {
      expect(finding?.fact).toBe(
        'Orders has recovery points with the name of critical, the newest of 2026-11-23 04:00 UTC, and is not governed by it: its tag backup:policy says "standard". Whether it ever was is not known.',
      );
      expect(adviceText(finding?.advice)).toContain('Value=critical=none+standard');
      expect(adviceText(finding?.advice)).not.toMatch(/Value=(critical\+|critical$|.*\+critical$)/m);
    }
  });

  it('is not brought back with one that certainly did', () => {
    const before = audited(remembering()).memory;
    const { findings } = audited(before, {});
    const lost = findings.find(({ id }) => id === 'no-longer-protected/Orders/standard');
    expect(lost?.fact).toContain('its tag backup:policy named standard until');
    expect(adviceText(lost?.advice)).toContain('Value=standard');
    expect(adviceText(lost?.advice)).not.toContain('critical');
  });

  it('is brought back where nothing better is known and the table is not backed up at all', () => {
    const { findings } = audited(NO_MEMORY, {});
    const [finding] = findings.filter(({ kind }) => kind === 'no-longer-protected');
    expect(adviceText(finding?.advice)).toContain('Value=critical+standard');
  });
});
