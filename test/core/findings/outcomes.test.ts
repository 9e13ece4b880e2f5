import { describe, expect, it } from 'vitest';
import { findingsOfOutcomes } from '../../../shared/core/findings/find.ts';
import type { Attempt } from '../../../shared/core/findings/kind.ts';
import { HOUR_MS } from '../../../shared/model/instant.ts';
import { aCreate, anExpire, anOutcome, aRepair } from '../../support/attempts.ts';
import { anOpenFinding, aPolicy, NOW, somePolicies } from '../../support/world.ts';

const anAttempt = (overrides: Partial<Attempt> = {}): Attempt => ({
  outcomes: [],
  openFindings: [],
  policies: somePolicies(),
  now: NOW,
  ...overrides,
});

const failing = 'backups-failing/Orders/standard';

describe('findings of outcomes', () => {
  it.each([
    { name: 'a backup that failed is found', outcome: anOutcome(aCreate(), 'failed'), ids: [failing] },
    { name: 'one that was refused too', outcome: anOutcome(aCreate(), 'refused'), ids: [failing] },
    { name: 'one that was deferred not', outcome: anOutcome(aCreate(), 'deferred'), ids: [] },
    { name: 'nor one that was done', outcome: anOutcome(aCreate(), 'done'), ids: [] },
    {
      name: 'an expiry that failed is found under its policy',
      outcome: anOutcome(anExpire(), 'failed'),
      ids: ['expiries-failing/standard'],
    },
    {
      name: 'a repair that failed is found under its table',
      outcome: anOutcome(aRepair(), 'refused'),
      ids: ['pitr-repair-failing/Orders'],
    },
    { name: 'a repair that was done is none', outcome: anOutcome(aRepair(), 'done'), ids: [] },
  ])('$name', ({ outcome, ids }) => {
    expect(findingsOfOutcomes(anAttempt({ outcomes: [outcome] })).map(({ id }) => id)).toEqual(ids);
  });

  it('are sorted by id', () => {
    const outcomes = ['b', 'c', 'a'].map((table) => anOutcome(aCreate({ table }), 'failed'));
    const ids = ['a', 'b', 'c'].map((table) => `backups-failing/${table}/standard`);
    for (const some of [outcomes, outcomes.toReversed()])
      expect(findingsOfOutcomes(anAttempt({ outcomes: some })).map(({ id }) => id)).toEqual(ids);
  });

  const rpoMs = aPolicy().rpoMs;
  it.each([
    { name: 'is a warning at first', open: [], severity: 'warning' },
    {
      name: 'is critical once the recovery point is overdue',
      open: [anOpenFinding({ id: 'recovery-point-overdue/Orders/standard', kind: 'recovery-point-overdue' })],
      severity: 'critical',
    },
    {
      name: "is a warning while another policy's is overdue",
      open: [anOpenFinding({ id: 'recovery-point-overdue/Orders/offsite', kind: 'recovery-point-overdue' })],
      severity: 'warning',
    },
    {
      name: 'is a warning when it has failed for exactly the RPO',
      open: [anOpenFinding({ id: failing, kind: 'backups-failing', since: NOW - rpoMs })],
      severity: 'warning',
    },
    {
      name: 'is critical when it has failed for longer',
      open: [anOpenFinding({ id: failing, kind: 'backups-failing', since: NOW - rpoMs - 1 })],
      severity: 'critical',
    },
  ])('a failing backup $name', ({ open, severity }) => {
    const outcomes = [anOutcome(aCreate(), 'failed')];
    expect(findingsOfOutcomes(anAttempt({ outcomes, openFindings: open }))[0]?.severity).toBe(severity);
  });

  it("tells the service's own words once, and counts what could not be deleted", () => {
    const outcomes = ['Orders', 'Users', 'Users'].map((table) =>
      anOutcome(anExpire({ table }), 'failed', 'Denied.'),
    );
    expect(findingsOfOutcomes(anAttempt({ outcomes }))).toMatchObject([
      {
        id: 'expiries-failing/standard',
        severity: 'warning',
        fact: '3 recovery points under standard could not be deleted, of Orders, Users: Denied.',
        measured: '3 not deleted',
      },
    ]);
  });

  it('is sorted by id, whatever the order of the outcomes', () => {
    const outcomes = [
      anOutcome(aRepair(), 'failed'),
      anOutcome(anExpire(), 'failed'),
      anOutcome(aCreate(), 'failed'),
    ];
    const forwards = findingsOfOutcomes(anAttempt({ outcomes }));
    expect(forwards.map(({ kind }) => kind)).toEqual([
      'backups-failing',
      'expiries-failing',
      'pitr-repair-failing',
    ]);
    expect(findingsOfOutcomes(anAttempt({ outcomes: outcomes.toReversed() }))).toEqual(forwards);
  });

  it('tells since when as now: an open one keeps its own', () => {
    const open = [anOpenFinding({ id: failing, kind: 'backups-failing', since: NOW - HOUR_MS })];
    const outcomes = [anOutcome(aCreate(), 'failed')];
    expect(findingsOfOutcomes(anAttempt({ outcomes, openFindings: open }))[0]?.since).toBe(NOW);
  });
});
