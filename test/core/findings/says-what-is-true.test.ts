import { describe, expect, it } from 'vitest';
import { observationGapFinder } from '../../../shared/core/findings/observation-gap.ts';
import { tableInaccessibleFinder } from '../../../shared/core/findings/table-inaccessible.ts';
import { waitingForFirstTableFinder } from '../../../shared/core/findings/waiting-for-first-table.ts';
import { failureFix } from '../../../shared/core/text/failure-fix.ts';
import { stepsOf } from '../../../shared/model/advice.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from '../../../shared/model/instant.ts';
import type { TableStatus } from '../../../shared/model/table.ts';
import { aContext } from '../../support/check-context.ts';
import { plan } from '../../support/decide-plan.ts';
import { aCallFailure } from '../../support/failures.ts';
import {
  anObservation,
  anOpenFinding,
  aPitr,
  aTable,
  NOW,
  PITR_OFF,
  someDetails,
} from '../../support/world.ts';
import { aPlanInput } from '../plan/plan-input.ts';

const THROTTLED = {
  ...aCallFailure('GetResources', 'ThrottlingException', 'Rate exceeded'),
  isThrottled: true as const,
};
const DENIED_BY_SCP = {
  ...aCallFailure('GetResources', 'AccessDeniedException', 'no'),
  denial: { operation: 'GetResources', by: 'organization' as const },
};

describe('a list that could not be read', () => {
  const found = (failure: typeof THROTTLED | typeof DENIED_BY_SCP, since?: number) =>
    observationGapFinder.find(
      aContext({
        observation: anObservation({ gaps: [{ facet: 'tags', failure }] }),
        openFindings: since === undefined ? [] : [anOpenFinding({ id: 'observation-gap/tags', since })],
      }),
    )[0];

  it.each([
    { name: 'is a warning while it is throttled', since: undefined, severity: 'warning' },
    { name: 'still is after eleven hours', since: NOW - 11 * HOUR_MS, severity: 'warning' },
    { name: 'is critical after twelve', since: NOW - 12 * HOUR_MS, severity: 'critical' },
  ])('$name, and nobody is asked to check the role', ({ since, severity }) => {
    const finding = found(THROTTLED, since);
    expect(finding?.severity).toBe(severity);
    expect(finding?.advice.say).toMatch(/^AWS asked for patience/);
    expect(finding?.advice.say).not.toContain('role');
  });

  it('names the organization where that forbids it', () => {
    expect(found(DENIED_BY_SCP)).toMatchObject({ severity: 'critical' });
    expect(found(DENIED_BY_SCP)?.advice.say).toMatch(/^A service or resource control policy forbids it/);
  });

  it.each([
    { code: 'InternalServerError', says: /^AWS did not answer/ },
    { code: 'ECONNRESET', says: /^AWS did not answer/ },
    { code: 'ValidationException', says: /^Check the role/ },
  ])('says of $code who has to act', ({ code, says }) => {
    expect(failureFix([aCallFailure('ListBackups', code, 'x')], 'Check the role.')).toMatch(says);
  });
});

describe('a table that DynamoDB cannot use', () => {
  const advised = (status: TableStatus, archivalBackupArn?: string) => {
    const details = someDetails('Orders', { status, ...(archivalBackupArn && { archivalBackupArn }) });
    const [finding] = tableInaccessibleFinder.find(
      aContext({ observation: anObservation({ tables: [aTable({ details })] }) }),
    );
    return finding;
  };

  it('is restored from the backup that it was archived into, once its key can be used', () => {
    const arn = 'arn:aws:dynamodb:eu-central-1:111122223333:table/Orders/backup/01-a';
    const steps = (archive?: string) => {
      const advice = advised('ARCHIVED', archive)?.advice;
      return advice === undefined ? [] : stepsOf(advice);
    };
    expect(steps(arn)[0]?.say).toMatch(/^First make its key usable/);
    expect(steps(arn)[1]?.commands).toEqual([expect.arrayContaining(['Orders-restored', arn])]);
    expect(steps()[1]?.say).toContain('ArchivalSummary.ArchivalBackupArn');
    expect(advised('ARCHIVING')?.advice.say).toContain('Make its key usable');
  });

  it('has until when to give a replica its permission back, and is not said to lack a key', () => {
    const finding = advised('REPLICATION_NOT_AUTHORIZED');
    expect(finding?.fact).toContain('20 hours');
    expect(finding?.fact).toContain('seven days');
    expect(finding?.fact).not.toContain('cannot be backed up');
    expect(finding?.advice.say).not.toMatch(/^Bring the key back/);
  });
});

describe('a deployment before its first table', () => {
  const found = (since?: number) =>
    waitingForFirstTableFinder.find(
      aContext({
        observation: anObservation({ tables: [], recoveryPoints: [] }),
        openFindings: since === undefined ? [] : [anOpenFinding({ id: 'waiting-for-first-table', since })],
      }),
    )[0];

  it.each([
    { name: 'waits', since: undefined, severity: 'info' },
    { name: 'waits for a week', since: NOW - 7 * DAY_MS + MINUTE_MS, severity: 'info' },
    { name: 'was forgotten after it', since: NOW - 7 * DAY_MS, severity: 'warning' },
  ])('$name, and says how to tag one', ({ since, severity }) => {
    expect(found(since)?.severity).toBe(severity);
    expect(found(since)?.advice.commands[0]).toContain('tag-resource');
  });

  it('is one finding, and no coverage has dropped', () => {
    const observation = anObservation({ tables: [], recoveryPoints: [] });
    expect(plan(aPlanInput({ observation })).findings.map(({ kind }) => kind)).toEqual([
      'waiting-for-first-table',
    ]);
  });

  it.each([
    {
      name: 'a table was governed',
      memory: { pitrBaselines: [], protections: [{ table: 'T', promises: [] }] },
    },
    { name: 'tables were tagged', memory: { coverage: { tables: 1, seenAt: NOW }, pitrBaselines: [] } },
  ])('is no such thing where $name once', ({ memory }) => {
    const observation = anObservation({ tables: [], recoveryPoints: [] });
    expect(waitingForFirstTableFinder.find(aContext({ observation, memory }))).toEqual([]);
  });
});

describe('what the plan says', () => {
  const offNow = anObservation({ tables: [aTable({ pitr: PITR_OFF })] });
  const sinceOf = (open: object) =>
    plan(
      aPlanInput({ observation: offNow, openFindings: [anOpenFinding({ id: 'pitr-off/Orders', ...open })] }),
    ).findings.find(({ id }) => id === 'pitr-off/Orders')?.since;

  it('of what is open is since when, not now; of what was repaired since it is now', () => {
    expect(sinceOf({ since: NOW - HOUR_MS })).toBe(NOW - HOUR_MS);
    expect(sinceOf({ since: NOW - HOUR_MS, repairedAt: NOW - MINUTE_MS })).toBe(NOW);
  });

  it.each([
    { spanMs: 20 * SECOND_MS, status: 'at-risk' },
    { spanMs: 23 * HOUR_MS, status: 'at-risk' },
    { spanMs: 24 * HOUR_MS, status: 'protected' },
  ])(
    'of a new table without a recovery point and a window of $spanMs ms is $status',
    ({ spanMs, status }) => {
      const details = someDetails('Orders', { createdAt: NOW - MINUTE_MS });
      const table = aTable({ details, pitr: aPitr({ earliestRestorableAt: NOW - spanMs }) });
      const observation = anObservation({ tables: [table], recoveryPoints: [] });
      expect(plan(aPlanInput({ observation })).verdicts.map((verdict) => verdict.status)).toEqual([status]);
    },
  );
});
