import { describe, expect, it } from 'vitest';
import { plainPaint, type Screen } from '../../../cli/view/colour.ts';
import { menuLines } from '../../../cli/view/restore-menu-text.ts';
import { restorePlanLines } from '../../../cli/view/restore-plan-text.ts';
import { possibleLines } from '../../../cli/view/restore-possible-text.ts';
import { refusalError } from '../../../cli/view/restore-refusal-text.ts';
import { choose } from '../../../shared/core/restore/choose.ts';
import { incarnationsOf } from '../../../shared/core/restore/incarnations.ts';
import type { PointOption } from '../../../shared/core/restore/point-option.ts';
import { restorePlan } from '../../../shared/core/restore/restore-plan.ts';
import { DAY_MS } from '../../../shared/model/instant.ts';
import type { RecoveryPoint } from '../../../shared/model/recovery-point.ts';
import { at, INSTANCE, knownOf, type Life, pointId, TARGET } from '../../core/restore/history.ts';
import { NOW, planInput } from '../../core/restore/plan-input.ts';

const screen: Screen = { paint: plainPaint };
const reader = { zone: 'UTC', now: NOW };
const OTHER = { accountId: '999922223333', region: 'eu-central-1' };

const LIFE: Life = {
  id: 'a1',
  from: at('2026-11-01T00:00'),
  until: at('2026-11-20T10:00'),
  points: [{ at: at('2026-11-18T03:00') }],
};

const inVault = (id: string, more: Partial<RecoveryPoint> = {}): RecoveryPoint => ({
  id,
  name: id,
  engine: 'aws-backup',
  location: { target: TARGET, vault: 'main' },
  origin: { instance: INSTANCE, policy: 'offsite', slot: 0 },
  tableName: 'orders',
  tableId: 'a1',
  createdAt: at('2026-11-19T03:00'),
  status: 'available',
  sizeBytes: 2_000_000_000,
  ...more,
});

const FAR: PointOption = {
  id: 'arn:aws:backup:eu-central-1:999922223333:recovery-point:far',
  name: 'offsite',
  tableId: 'a1',
  createdAt: at('2026-11-19T05:00'),
  status: 'available',
  madeBy: 'this-instance',
  beyond: 'account',
  backTo: 'arn:aws:backup:eu-west-1:111122223333:backup-vault:main',
  vault: { name: 'far', target: OTHER },
  deletesAt: NOW + 9 * DAY_MS,
};

const viewOf = (points: readonly RecoveryPoint[], farPoints: readonly PointOption[] = []) => {
  const known = knownOf([LIFE]);
  const recoveryPoints = [...known.recoveryPoints, ...points];
  return {
    table: 'orders',
    target: TARGET,
    now: NOW,
    unseen: [],
    knownNames: [],
    incarnations: incarnationsOf({ ...known, recoveryPoints, farPoints }, INSTANCE),
  };
};

const COLD_COPY = inVault('cold', {
  isCold: true,
  location: { target: { ...TARGET, region: 'us-east-1' }, vault: 'dr' },
});

describe('recovery points in vaults read', () => {
  it('in the list with where they are, how cold, and what stands in the way', () => {
    expect(possibleLines(viewOf([inVault('warm'), COLD_COPY], [FAR]), reader, screen).join('\n')).toBe(
      `orders (id a1): last seen 2026-11-19T05:00:00Z, deleted since
  Point-in-time recovery ended with the table: only backups can be restored.
  MADE                  AGE   SIZE             WHERE                        BY             STATUS     ARN
  2026-11-19T05:00:00Z  29 h  size not stated  vault far in eu-central-1 of account 999922223333  this instance  available, 9 days left, copy it back first  ${FAR.id}
  2026-11-19T03:00:00Z  31 h  2.0 GB           vault main                   this instance  available  warm
  2026-11-19T03:00:00Z  31 h  2.0 GB           vault dr in us-east-1, cold  this instance  available  cold
  2026-11-18T03:00:00Z  55 h  1.0 kB           dynamodb                     this instance  available  ${pointId('orders', 'a1', 0)}`,
    );
  });

  it('in the menu, without those that cannot be restored from here', () => {
    const text = menuLines(viewOf([COLD_COPY], [FAR]), reader, screen).join('\n');
    expect(text).toContain('this instance, vault dr in us-east-1, cold  2.0 GB');
    expect(text).toContain('takes hours longer');
    expect(text).not.toContain('far');
  });

  it('in the plan, with the Region, the hours, the role and what is nearer elsewhere', () => {
    const choice = choose(viewOf([COLD_COPY], [FAR]), { kind: 'latest' });
    if (choice.kind === 'refused') throw new Error(choice.reason.kind);
    const roleArn = 'arn:aws:iam::111122223333:role/restores';
    const plan = restorePlan(planInput({ choice, targetRegion: 'us-east-1', roleArn }));
    const text = restorePlanLines(plan, reader, screen).join('\n');
    for (const part of [
      'the recovery point of 2026-11-19T03:00:00Z in the backup vault dr (us-east-1, cold storage) of orders (id a1)',
      'empty tables took 1 to 13, and about 4 h more from cold storage',
      'at $0.2 a GB from cold storage in us-east-1',
      `AWS Backup restores it as ${roleArn}`,
      'the table is made in us-east-1, not in eu-west-1',
      `${FAR.id} of 2026-11-19T05:00:00Z is nearer, and in account 999922223333`,
    ])
      expect(text).toContain(part);
    expect(text).not.toContain('--without-indexes');
    expect(text).not.toContain('--billing');
  });

  it('in a refusal, with the command that copies one back', () => {
    const refused = choose(viewOf([], [FAR]), { kind: 'recovery-point', id: FAR.id });
    if (refused.kind === 'chosen') throw new Error('it was chosen');
    const { message } = refusalError(refused, reader);
    expect(message).toContain('restores nothing into another account');
    expect(message).toContain(
      `aws backup start-copy-job --region eu-central-1 --recovery-point-arn ${FAR.id} --source-backup-vault-name far --destination-backup-vault-arn ${FAR.backTo} --iam-role-arn arn:aws:iam::999922223333:role/tablekeeper-INSTANCE-eu-central-1-copy-back`,
    );
    const older = { ...FAR, createdAt: at('2026-11-17T03:00') };
    const nothing = choose(viewOf([], [older]), { kind: 'second', at: at('2026-11-17T12:00') });
    if (nothing.kind === 'chosen') throw new Error('it was chosen');
    expect(refusalError(nothing, reader).message).toContain('1 copy in other accounts can be copied back');
  });
});
