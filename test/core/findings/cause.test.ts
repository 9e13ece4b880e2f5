import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findingsOf, findingsOfOutcomes } from '../../../shared/core/findings/catalogue.ts';
import { causedBy, causeOf } from '../../../shared/core/findings/cause.ts';
import { HOUR_MS } from '../../../shared/model/instant.ts';
import type { OpenFinding } from '../../../shared/model/memory.ts';
import { anyText } from '../../support/any-text.ts';
import { aCreate, anOutcome, aRepair } from '../../support/attempts.ts';
import { aContext } from '../../support/check-context.ts';
import { anObservation, anOpenFinding, aRecoveryPoint, NOW, somePolicies } from '../../support/world.ts';

const THROTTLED = 'CreateBackup: ThrottlingException: Rate exceeded for table Orders';
const CAUSE = 'CreateBackup: ThrottlingException';

describe('the cause of a failure', () => {
  it.each([
    { name: "is the operation and the error's name", reason: THROTTLED, cause: CAUSE },
    {
      name: 'is the code of a broken connection',
      reason: 'ListBackups: ECONNRESET: socket hang up',
      cause: 'ListBackups: ECONNRESET',
    },
    {
      name: 'is the operation alone where no error is named',
      reason: 'UpdateContinuousBackups: afterwards point-in-time recovery is off',
      cause: 'UpdateContinuousBackups',
    },
    {
      name: "takes no table's name for an error's",
      reason: 'DescribeTable: Orders: not as described',
      cause: 'DescribeTable',
    },
    {
      name: 'is one for every claim that cannot be written',
      reason: 'the claim could not be written: User x is not authorized',
      cause: 'claims not written',
    },
    {
      name: 'is one for every action whose turn did not come',
      reason: 'the time of this run ended before its turn',
      cause: 'the run had no time left',
    },
    { name: 'is unknown in any other text', reason: 'Orders is in no state for that', cause: undefined },
    { name: 'is unknown of nothing', reason: '', cause: undefined },
    {
      name: 'is unknown where a call is only told of',
      reason: 'then CreateBackup: XError: no',
      cause: undefined,
    },
    {
      name: 'is not a claim that is only told of',
      reason: 'for the claim could not be written: no',
      cause: undefined,
    },
    ...['ThrottledException', 'LimitExceeded', 'Throttled', 'Throttling', 'AccessDenied', 'E_2BIG'].map(
      (name) => ({
        name: `is an error by the name ${name}`,
        reason: `CreateBackup: ${name}: no`,
        cause: `CreateBackup: ${name}`,
      }),
    ),
    ...['ErrorHandler', 'DeniedTable', 'ExceptionList', 'tableE2BIG', 'E2BIGtable'].map((name) => ({
      name: `is none by the name ${name}`,
      reason: `CreateBackup: ${name}: no`,
      cause: 'CreateBackup',
    })),
  ])('$name', ({ reason, cause }) => {
    expect(causeOf(reason)).toBe(cause);
  });

  it('never hangs on what stands behind the name', () => {
    fc.assert(fc.property(anyText(), (words) => causeOf(`${CAUSE}: ${words}`) === CAUSE));
  });

  it('is told of several only where they share it', () => {
    const other = { reason: 'CreateBackup: AccessDeniedException: no' };
    expect(causedBy([{ reason: THROTTLED }, { reason: `${THROTTLED}s` }])).toEqual({ cause: CAUSE });
    expect(causedBy([{ reason: THROTTLED }, other])).toEqual({});
    expect(causedBy([])).toEqual({});
  });
});

describe('a finding carries its cause', () => {
  const found = (outcome: ReturnType<typeof anOutcome>) =>
    findingsOfOutcomes({ outcomes: [outcome], openFindings: [], policies: somePolicies(), now: NOW })[0];

  it('when a backup failed', () => {
    expect(found(anOutcome(aCreate(), 'failed', THROTTLED))?.cause).toBe(CAUSE);
  });

  it('when a repair failed', () => {
    const reason = 'UpdateContinuousBackups: AccessDeniedException: no';
    expect(found(anOutcome(aRepair(), 'failed', reason))?.cause).toBe(
      'UpdateContinuousBackups: AccessDeniedException',
    );
  });

  it('when a table could not be read', () => {
    const reason = 'DescribeTable: ThrottlingException: slower';
    const gaps = [{ facet: 'details' as const, table: 'Orders', reason }];
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
