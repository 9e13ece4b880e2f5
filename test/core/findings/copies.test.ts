import { describe, expect, it } from 'vitest';
import { DAY_MS, HOUR_MS, isoInstant } from '../../../shared/model/instant.ts';
import type { CopyJob } from '../../../shared/model/job.ts';
import type { RecoveryPoint } from '../../../shared/model/recovery-point.ts';
import { aContext } from '../../support/check-context.ts';
import { findingsOf } from '../../support/find.ts';
import {
  aCopyJob,
  aVaultJob,
  aVaultObservation,
  aVaultPoint,
  aVaultPolicy,
  DR,
  VAULT_ARN,
} from '../../support/vaults.ts';
import { LATEST_SLOT, NO_MEMORY, NOW, somePolicies } from '../../support/world.ts';

// A policy that makes one recovery point a month owes each copy within a day and not within a month.

const DENIED = 'Access Denied trying to call AWS Backup service';

interface Given {
  readonly points: readonly RecoveryPoint[];
  readonly jobs?: readonly (CopyJob | ReturnType<typeof aVaultJob>)[];
  readonly coldAfterDays?: number;
  readonly askedSince?: number;
  readonly to?: string;
}

const found = ({ askedSince, coldAfterDays, jobs = [], points, to = DR }: Given) =>
  findingsOf(
    aContext({
      memory: {
        ...NO_MEMORY,
        vaultRecords: [],
        ...(askedSince !== undefined && {
          copiesAsked: [{ policy: 'standard', vault: DR, since: askedSince }],
        }),
      },
      policies: somePolicies({
        policies: [
          aVaultPolicy([], {
            rpoMs: 34 * DAY_MS,
            retention: { monthly: 12 },
            vault: {
              name: 'tablekeeper',
              startWindowMinutes: 480,
              copyTo: [{ vaultArn: to }],
              ...(coldAfterDays !== undefined && { coldAfterDays }),
            },
          }),
        ],
      }),
      observation: aVaultObservation({ recoveryPoints: points, jobs }),
    }),
  ).filter(({ kind }) => ['copy-failing', 'copy-impossible', 'copy-overdue'].includes(kind));

const made = (ageMs: number, given: Partial<RecoveryPoint> = {}): RecoveryPoint =>
  aVaultPoint({ createdAt: NOW - ageMs, slot: LATEST_SLOT - Math.floor(ageMs / DAY_MS) * DAY_MS, ...given });

const lost = (point: RecoveryPoint, given: Partial<CopyJob> = {}): CopyJob =>
  aCopyJob({
    ...{ sourceId: point.id, state: 'failed', cause: 'destination', message: DENIED },
    ...{ createdAt: point.createdAt + HOUR_MS, endedAt: point.createdAt + HOUR_MS },
    ...given,
  });

const point = made(3 * HOUR_MS);

describe('a copy to the vault that its source is in', () => {
  it('is reported, because there is no second vault, and nobody began it', () => {
    expect(found({ points: [point, made(3 * DAY_MS)], to: VAULT_ARN })).toMatchObject([
      { kind: 'copy-impossible', severity: 'warning', cause: 'same-vault' },
    ]);
  });
});

describe('a copy job that failed', () => {
  it("is a warning at the next audit, with AWS's words and what to do", () => {
    const [finding, ...others] = found({ points: [point], jobs: [lost(point)] });
    expect(others).toEqual([]);
    expect(finding).toMatchObject({
      kind: 'copy-failing',
      severity: 'warning',
      since: point.createdAt + HOUR_MS,
    });
    expect(finding?.fact).toContain(`"${DENIED}"`);
    expect(finding?.fact).toContain('The last job, copy-1, of the recovery point of 2026');
    expect(finding?.advice.say).toContain('backup:CopyIntoBackupVault');
  });

  it('stays reported while another attempt runs, and is over when that made it', () => {
    const again = aCopyJob({ id: 'copy-2', sourceId: point.id, createdAt: NOW - HOUR_MS });
    expect(found({ points: [point], jobs: [lost(point), again] })).toMatchObject([{ kind: 'copy-failing' }]);
    const there = { ...point, id: 'there', copyOf: point.id };
    const copy = {
      ...there,
      location: { target: { ...point.location.target, region: 'eu-west-1' }, vault: 'dr' },
    };
    const completed = { ...again, state: 'completed' as const, endedAt: NOW - 1000, copyId: 'there' };
    expect(found({ points: [point, copy], jobs: [lost(point), completed] })).toEqual([]);
  });

  it('is critical from three days before its source goes cold, with the day', () => {
    const old = made(27 * DAY_MS + HOUR_MS);
    const [finding] = found({ points: [old], jobs: [lost(old)], coldAfterDays: 30 });
    expect(finding).toMatchObject({ kind: 'copy-failing', severity: 'critical' });
    const cold = isoInstant(old.createdAt + 30 * DAY_MS).slice(0, 10);
    expect(finding?.fact).toContain(`goes cold on ${cold}`);
    const younger = made(20 * DAY_MS);
    expect(found({ points: [younger], jobs: [lost(younger)], coldAfterDays: 30 })).toMatchObject([
      { severity: 'warning' },
    ]);
  });

  it('is critical before AWS Backup deletes its source', () => {
    const going = made(DAY_MS, { deletesAt: NOW + 2 * DAY_MS });
    const [finding] = found({ points: [going], jobs: [lost(going)] });
    expect(finding).toMatchObject({ severity: 'critical' });
    expect(finding?.fact).toContain('is deleted by AWS Backup on');
  });
});

describe('a copy that nobody began', () => {
  it('is overdue a day after its source was there, whatever the schedule', () => {
    expect(found({ points: [made(23 * HOUR_MS)] })).toEqual([]);
    expect(found({ points: [made(25 * HOUR_MS)] })).toMatchObject([
      { kind: 'copy-overdue', severity: 'warning' },
    ]);
  });

  it('counts from when the job of its source ended', () => {
    const slow = made(30 * HOUR_MS);
    const job = aVaultJob({
      ...{ state: 'completed', recoveryPointId: slow.id },
      ...{ createdAt: slow.createdAt, endedAt: slow.createdAt + 10 * HOUR_MS },
    });
    expect(found({ points: [slow], jobs: [job] })).toEqual([]);
  });

  it('is overdue before its source goes cold, at half of that time', () => {
    expect(found({ points: [made(11 * HOUR_MS)], coldAfterDays: 1 })).toEqual([]);
    const [finding] = found({ points: [made(13 * HOUR_MS)], coldAfterDays: 1 });
    expect(finding).toMatchObject({ kind: 'copy-overdue', severity: 'critical' });
    expect(finding?.fact).toContain('(coldAfterDays: 1)');
  });

  it('is owed from when the policy named the vault', () => {
    const old = made(28 * DAY_MS);
    expect(found({ points: [old], coldAfterDays: 30, askedSince: NOW - 6 * HOUR_MS })).toEqual([]);
    expect(found({ points: [old], coldAfterDays: 30, askedSince: NOW - 25 * HOUR_MS })).toMatchObject([
      { severity: 'critical' },
    ]);
  });
});
