import { expect, it } from 'vitest';
import type { Facet, Gap } from '../../../shared/model/observation.ts';
import { aCallFailure, aFailure } from '../../support/failures.ts';
import { describeHere, type Example, seen, textOf } from '../../support/kind-example.ts';

export const example = (): Example =>
  seen({
    gaps: [{ facet: 'tags', failure: aCallFailure('GetResources', 'ThrottledException', 'Rate exceeded') }],
  });

const seeing = (...given: Parameters<typeof seen>): string => textOf('observation-gap', seen(...given));

describeHere(import.meta, 'observation-gap', () => {
  it('reads so of every list', () => {
    const facets: readonly Facet[] = [
      ...(['details', 'memory', 'pitr', 'recent-recovery-points', 'recovery-points'] as const),
      ...(['subscriptions', 'table-names', 'tags'] as const),
    ];
    const gaps = facets.map(
      (facet): Gap => ({ facet, failure: aCallFailure('Call', 'DeniedException', `no ${facet}.`) }),
    );
    expect(seeing({ gaps })).toMatchInlineSnapshot(`
      "
      critical observation-gap/details facet=details cause=Call: DeniedException errorName=DeniedException
        The description of tables could not be read: Call: DeniedException: no details.
        unknown (read whole) since 2026-11-23T05:00:00Z
        Check that the role may call dynamodb:DescribeTable. Until it can be read, no backup is made of it and nothing of it is deleted.

      critical observation-gap/memory facet=memory cause=Call: DeniedException errorName=DeniedException
        What earlier runs found could not be read: Call: DeniedException: no memory.
        unknown (read whole) since 2026-11-23T05:00:00Z
        Check that the state table is there and that the role may read and write it; docs/runbook.md says how to bring it back. Meanwhile every audit reports all that is wrong. Until it can be read, backups go on as far as they can, and nothing that depends on it is deleted.

      critical observation-gap/pitr facet=pitr cause=Call: DeniedException errorName=DeniedException
        Point-in-time recovery of tables could not be read: Call: DeniedException: no pitr.
        unknown (read whole) since 2026-11-23T05:00:00Z
        Check that the role may call dynamodb:DescribeContinuousBackups. Until it can be read, backups go on as far as they can, and nothing that depends on it is deleted.

      critical observation-gap/recent-recovery-points facet=recent-recovery-points cause=Call: DeniedException errorName=DeniedException
        The list of recent recovery points could not be read: Call: DeniedException: no recent-recovery-points.
        unknown (read whole) since 2026-11-23T05:00:00Z
        Check that the role may call dynamodb:ListBackups. Until it can be read, backups go on as far as they can, and nothing that depends on it is deleted.

      critical observation-gap/recovery-points facet=recovery-points cause=Call: DeniedException errorName=DeniedException
        The list of recovery points could not be read: Call: DeniedException: no recovery-points.
        unknown (read whole) since 2026-11-23T05:00:00Z
        Check that the role may call dynamodb:ListBackups. Until it can be read, backups go on as far as they can, and nothing that depends on it is deleted.

      critical observation-gap/subscriptions facet=subscriptions cause=Call: DeniedException errorName=DeniedException
        The subscriptions of the alert topic could not be read: Call: DeniedException: no subscriptions.
        unknown (read whole) since 2026-11-23T05:00:00Z
        Check that the alert topic exists and that the role may call sns:GetTopicAttributes and sns:ListSubscriptionsByTopic. Until it can be read, backups go on as far as they can, and nothing that depends on it is deleted.

      critical observation-gap/table-names facet=table-names cause=Call: DeniedException errorName=DeniedException
        The list of all tables could not be read: Call: DeniedException: no table-names.
        unknown (read whole) since 2026-11-23T05:00:00Z
        Check that the role may call dynamodb:ListTables. Until it can be read, backups go on as far as they can, and nothing that depends on it is deleted.

      critical observation-gap/tags facet=tags cause=Call: DeniedException errorName=DeniedException
        The list of tagged tables could not be read: Call: DeniedException: no tags.
        unknown (read whole) since 2026-11-23T05:00:00Z
        Check that the role may call tag:GetResources. Until it can be read, backups go on as far as they can, and nothing that depends on it is deleted.
      "
    `);
  });

  it('reads so of one table, and of many', () => {
    const denied = (facet: Facet, table: string): Gap => ({
      facet,
      table,
      failure: aCallFailure('Call', 'DeniedException', 'no.'),
    });
    const many = Array.from({ length: 21 }, (_, at) => denied('pitr', `T${at}`));
    const waits: Gap = { facet: 'pitr', table: 'Z', failure: aFailure('no time'), deferred: true };
    expect(seeing({ gaps: [denied('details', 'Orders'), ...many, waits] })).toMatchInlineSnapshot(`
      "
      warning observation-gap/details/Orders table=Orders facet=details cause=Call: DeniedException errorName=DeniedException
        The description of tables could not be read for Orders: Call: DeniedException: no.
        unknown (read whole) since 2026-11-23T05:00:00Z
        Check that the role may call dynamodb:DescribeTable. Until it can be read, no backup is made of it and nothing of it is deleted.

      critical observation-gap/pitr facet=pitr cause=Call: DeniedException errorName=DeniedException
        Point-in-time recovery of tables could not be read for 21 tables: T0, T1, T10, T11, T12, T13, T14, T15, T16, T17, T18, T19, T2, T20, T3, T4, T5, T6, T7, T8 and 1 more: Call: DeniedException: no.
        21 tables unknown (read whole) since 2026-11-23T05:00:00Z
        Check that the role may call dynamodb:DescribeContinuousBackups. Until it can be read, backups go on as far as they can, and nothing that depends on it is deleted.
      "
    `);
  });
});
