import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { causedBy, causeOf } from '../../../shared/core/findings/cause.ts';
import { findingsOfOutcomes } from '../../../shared/core/findings/find.ts';
import { type Failure, ownFailure } from '../../../shared/model/failure.ts';
import { HOUR_MS } from '../../../shared/model/instant.ts';
import type { OpenFinding } from '../../../shared/model/memory.ts';
import { anyText } from '../../support/any-text.ts';
import { aCreate, anOutcome, aRepair } from '../../support/attempts.ts';
import { aContext } from '../../support/check-context.ts';
import { aCallFailure, aFailure } from '../../support/failures.ts';
import { findingsOf } from '../../support/find.ts';
import { anObservation, anOpenFinding, aRecoveryPoint, NOW, somePolicies } from '../../support/world.ts';

const THROTTLED = aCallFailure('CreateBackup', 'ThrottlingException', 'Rate exceeded for table Orders');
const CAUSE = 'CreateBackup: ThrottlingException';

describe('the cause of a failure', () => {
  it.each<{ name: string; failure: Failure; cause: string | undefined; errorName?: string }>([
    {
      name: "is the operation and the error's name",
      failure: THROTTLED,
      cause: CAUSE,
      errorName: 'ThrottlingException',
    },
    {
      name: 'is the code of a broken connection',
      failure: aCallFailure('ListBackups', 'ECONNRESET', 'socket hang up'),
      cause: 'ListBackups: ECONNRESET',
      errorName: 'ECONNRESET',
    },
    {
      name: 'is the operation alone where the answer could not be used',
      failure: ownFailure('answer-unusable', 'Orders: not as described', { operation: 'DescribeTable' }),
      cause: 'DescribeTable',
    },
    {
      name: 'is one for every claim that cannot be written',
      failure: ownFailure('claim-not-written', 'the claim could not be written', { because: THROTTLED }),
      cause: 'claims not written',
    },
    {
      name: 'is one for every action whose turn did not come',
      failure: ownFailure('out-of-time', 'in whatever words'),
      cause: 'the run had no time left',
    },
    {
      name: 'is the same for a call for which no time was left',
      failure: ownFailure('out-of-time', 'in whatever words', { operation: 'CreateBackup' }),
      cause: 'the run had no time left',
    },
    {
      name: 'is unknown where another run makes it',
      failure: ownFailure('claim-held', 'another'),
      cause: undefined,
    },
    {
      name: 'is never read out of words',
      failure: aFailure('CreateBackup: ThrottlingException: Rate exceeded'),
      cause: undefined,
    },
  ])('$name', ({ failure, cause, errorName }) => {
    expect(causeOf(failure)).toEqual(
      cause === undefined ? undefined : { cause, ...(errorName && { errorName }) },
    );
  });

  it('is the same whatever the words are', () => {
    fc.assert(fc.property(anyText(), (message) => causeOf({ ...THROTTLED, message })?.cause === CAUSE));
  });

  it('is told of several only where they share it', () => {
    const other = aCallFailure('CreateBackup', 'TableInUseException');
    const shared = { cause: CAUSE, errorName: 'ThrottlingException' };
    expect(causedBy([THROTTLED, { ...THROTTLED, message: 'other' }])).toEqual(shared);
    expect(causedBy([THROTTLED, other])).toEqual({});
    expect(causedBy([THROTTLED, aFailure()])).toEqual({});
    expect(causedBy([])).toEqual({});
  });

  it('comes with what was denied, each thing once, also behind another failure', () => {
    const denied = aCallFailure('ListTagsOfResource', 'AccessDeniedException');
    const behind = ownFailure('own-tags-unread', 'its own tags could not be read', { because: denied });
    const denials = [{ operation: 'ListTagsOfResource', by: 'unknown' }];
    expect(causedBy([denied, { ...denied, message: 'again' }])).toMatchObject({ denials });
    expect(causedBy([behind])).toEqual({ denials });
  });
});

describe('a finding carries its cause', () => {
  const found = (outcome: ReturnType<typeof anOutcome>) =>
    findingsOfOutcomes({ outcomes: [outcome], openFindings: [], policies: somePolicies(), now: NOW })[0];

  it('when a backup failed', () => {
    expect(found(anOutcome(aCreate(), 'failed', THROTTLED))?.cause).toBe(CAUSE);
  });

  it('when a repair failed', () => {
    const denied = aCallFailure('UpdateContinuousBackups', 'AccessDeniedException');
    expect(found(anOutcome(aRepair(), 'failed', denied))?.cause).toBe(
      'UpdateContinuousBackups: AccessDeniedException',
    );
  });

  it('when a table could not be read', () => {
    const failure = aCallFailure('DescribeTable', 'ThrottlingException', 'slower');
    const gaps = [{ facet: 'details' as const, table: 'Orders', failure }];
    const [finding] = findingsOf(aContext({ observation: anObservation({ gaps }) }));
    expect(finding).toMatchObject({ kind: 'observation-gap', cause: 'DescribeTable: ThrottlingException' });
  });

  it('when its recovery point is overdue because its backups fail', () => {
    const old = NOW - 30 * HOUR_MS;
    const recoveryPoints = [aRecoveryPoint({ slot: old, createdAt: old })];
    const failing = anOpenFinding({
      id: 'backups-failing/Orders/standard',
      kind: 'backups-failing',
      cause: CAUSE,
    });
    const observation = anObservation({ recoveryPoints });
    const overdue = (openFindings: readonly OpenFinding[]) =>
      findingsOf(aContext({ observation, openFindings })).find(
        ({ kind }) => kind === 'recovery-point-overdue',
      );
    expect(overdue([failing])?.cause).toBe(CAUSE);
    expect(overdue([])?.cause).toBe('no backup was made');
    const { cause: _, ...unexplained } = failing;
    expect(overdue([unexplained])).not.toHaveProperty('cause');
  });
});
