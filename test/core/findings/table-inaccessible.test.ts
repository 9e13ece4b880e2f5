import { expect, it } from 'vitest';
import type { TableStatus } from '../../../shared/model/table.ts';
import { describeHere, type Example, pointsOf, seen, tables, textOf } from '../../support/kind-example.ts';
import { aTable, someDetails } from '../../support/world.ts';

export const example = (): Example =>
  seen({
    tables: [aTable({ details: someDetails('Orders', { status: 'INACCESSIBLE_ENCRYPTION_CREDENTIALS' }) })],
  });

const seeing = (...given: Parameters<typeof seen>): string => textOf('table-inaccessible', seen(...given));

describeHere(import.meta, 'table-inaccessible', () => {
  it('reads so in every state in which nothing can be backed up', () => {
    const statuses: readonly TableStatus[] = [
      ...(['ARCHIVED', 'ARCHIVING', 'CREATING', 'DELETING'] as const),
      ...(['INACCESSIBLE_ENCRYPTION_CREDENTIALS', 'REPLICATION_NOT_AUTHORIZED', 'UPDATING'] as const),
    ];
    const some = tables(
      ...statuses.map((status) => ({ name: status, details: someDetails(status, { status }) })),
    );
    expect(seeing({ tables: some, recoveryPoints: pointsOf(some) })).toMatchInlineSnapshot(`
      "
      critical table-inaccessible/ARCHIVED table=ARCHIVED cause=ARCHIVED
        ARCHIVED is ARCHIVED and cannot be backed up: its KMS key could not be used for seven days, and DynamoDB has archived it into a backup.
        ARCHIVED (ACTIVE) since 2026-11-23T05:00:00Z
        First make its key usable: enable it, cancel its deletion, or give its policy back to DynamoDB. Without it the backup cannot be restored, and a key that is deleted takes the backup with it. See which key:
          aws dynamodb describe-table --region eu-central-1 --table-name ARCHIVED
        Restore it from the backup into which DynamoDB archived it. Its ARN is ArchivalSummary.ArchivalBackupArn in:
          aws dynamodb describe-table --region eu-central-1 --table-name ARCHIVED

      critical table-inaccessible/ARCHIVING table=ARCHIVING cause=ARCHIVING
        ARCHIVING is ARCHIVING and cannot be backed up: its KMS key could not be used for seven days, and DynamoDB is archiving it into a backup.
        ARCHIVING (ACTIVE) since 2026-11-23T05:00:00Z
        It cannot be stopped. Make its key usable, because the backup needs it as well. Once the table is ARCHIVED, restore it from that backup: ArchivalSummary.ArchivalBackupArn in:
          aws dynamodb describe-table --region eu-central-1 --table-name ARCHIVING

      critical table-inaccessible/INACCESSIBLE_ENCRYPTION_CREDENTIALS table=INACCESSIBLE_ENCRYPTION_CREDENTIALS cause=INACCESSIBLE_ENCRYPTION_CREDENTIALS
        INACCESSIBLE_ENCRYPTION_CREDENTIALS is INACCESSIBLE_ENCRYPTION_CREDENTIALS and cannot be backed up: its KMS key cannot be used; after seven days DynamoDB archives the table into a backup, and a replica leaves its global table after 20 hours.
        INACCESSIBLE_ENCRYPTION_CREDENTIALS (ACTIVE) since 2026-11-23T05:00:00Z
        Bring the key back: enable it, cancel its deletion, or give its policy back to DynamoDB. See which key:
          aws dynamodb describe-table --region eu-central-1 --table-name INACCESSIBLE_ENCRYPTION_CREDENTIALS

      critical table-inaccessible/REPLICATION_NOT_AUTHORIZED table=REPLICATION_NOT_AUTHORIZED cause=REPLICATION_NOT_AUTHORIZED
        REPLICATION_NOT_AUTHORIZED is REPLICATION_NOT_AUTHORIZED and does not replicate: DynamoDB may not replicate it any more; after 20 hours the replica leaves its global table for good and is a table of its own, and where its key cannot be used either it is archived after seven days.
        REPLICATION_NOT_AUTHORIZED (ACTIVE) since 2026-11-23T05:00:00Z
        Its backups go on where DynamoDB lets them. Give the permission to replicate back: in the resource policy of the table and of the other replicas, and in the service-linked role. See the replicas:
          aws dynamodb describe-table --region eu-central-1 --table-name REPLICATION_NOT_AUTHORIZED
      "
    `);
  });
});
