import type { Tags } from '../dynamodb/table.ts';

/** A plan, as it was given and with what AWS adds to its rules. Plans are there to be looked at, and do not run. */
export interface BackupPlan {
  readonly id: string;
  readonly arn: string;
  readonly versionId: string;
  readonly createdAt: number;
  readonly creatorRequestId: string | undefined;
  readonly document: PlanDocument;
  tags: Tags;
  /** A plan that is deleted can still be asked for. */
  deletedAt: number | undefined;
}

export interface PlanDocument {
  readonly BackupPlanName: string;
  readonly Rules: readonly Readonly<Record<string, unknown>>[];
  readonly AdvancedBackupSettings?: readonly object[];
}

/** Plans by id. */
export type BackupPlans = Map<string, BackupPlan>;
