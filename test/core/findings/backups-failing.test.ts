import { expect, it } from 'vitest';
import { aCreate, anOutcome } from '../../support/attempts.ts';
import { attempted, DENIED, describeHere, type Example, textOf } from '../../support/kind-example.ts';

export const example = (): Example => attempted(anOutcome(aCreate(), 'failed', DENIED));

describeHere(import.meta, 'backups-failing', () => {
  it('reads so', () => {
    expect(textOf('backups-failing', example())).toMatchInlineSnapshot(`
      "
      warning backups-failing/Orders/standard table=Orders policy=standard cause=CreateBackup: AccessDeniedException errorName=AccessDeniedException denials=[object Object]
        The backup of Orders under standard failed: CreateBackup: AccessDeniedException: User: arn:aws:sts::111122223333:assumed-role/tablekeeper-prod-backup/tablekeeper-prod-backup is not authorized to perform: dynamodb:CreateBackup on resource: arn:aws:dynamodb:eu-central-1:111122223333:table/Orders.
        failed (done) since 2026-11-23T05:00:00Z
        Every run tries again, and nothing of this table expires meanwhile. If it lasts, see why and try by hand:
          tablekeeper explain Orders
          tablekeeper run backup
      "
    `);
  });
});
