import { expect, it } from 'vitest';
import { DAY_MS, HOUR_MS } from '../../../shared/model/instant.ts';
import { describeHere, type Example, seen, tables, textOf } from '../../support/kind-example.ts';
import { anOpenFinding, aRecoveryPoint, LATEST_SLOT, NOW } from '../../support/world.ts';

export const example = (): Example =>
  seen({ recoveryPoints: [aRecoveryPoint({ slot: NOW - 30 * HOUR_MS, createdAt: NOW - 30 * HOUR_MS })] });

const seeing = (...given: Parameters<typeof seen>): string =>
  textOf('recovery-point-overdue', seen(...given));

describeHere(import.meta, 'recovery-point-overdue', () => {
  it('reads so of none, whose backups fail, and of an old one', () => {
    const given = {
      tables: tables({ name: 'Old' }, { name: 'Older' }, { name: 'None' }),
      recoveryPoints: [
        aRecoveryPoint({ tableName: 'Old', slot: LATEST_SLOT - DAY_MS }),
        aRecoveryPoint({ tableName: 'Older', slot: LATEST_SLOT - 9 * DAY_MS }),
      ],
    };
    const memory = { coverage: { tables: 3, seenAt: NOW }, pitrBaselines: [] };
    const failing = { id: 'backups-failing/None/standard', kind: 'backups-failing', table: 'None' } as const;
    const openFindings = [anOpenFinding({ ...failing, cause: 'CreateBackup: LimitExceededException' })];
    expect(seeing(given, { memory, openFindings })).toMatchInlineSnapshot(`
      "
      warning recovery-point-overdue/None/standard table=None policy=standard cause=CreateBackup: LimitExceededException
        None has no recovery point under standard that can be restored; the policy promises one at most 26 h old. Its backups fail: CreateBackup: LimitExceededException.
        none (at most 26 h old) since 2026-11-23T05:00:00Z
        If its tag is new, the next backup run makes one within half an hour. Otherwise see why there is none:
          tablekeeper explain None
          tablekeeper run backup

      critical recovery-point-overdue/Older/standard table=Older policy=standard cause=no backup was made
        The newest recovery point of Older under standard is of 2026-11-14 03:01 UTC, 9 days old; the policy promises at most 26 h.
        9 days old (at most 26 h old) since 2026-11-15T05:25:00Z
        See why no newer one was made:
          tablekeeper explain Older
          tablekeeper run backup
      "
    `);
  });
});
