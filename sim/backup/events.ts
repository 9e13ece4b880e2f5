/** An event as EventBridge gets it from AWS Backup. */
export interface BackupEvent {
  readonly id: string;
  /** When it is delivered: AWS collects them for up to five minutes. */
  readonly deliveredAt: number;
  readonly source: 'aws.backup';
  readonly account: string;
  readonly region: string;
  readonly time: string;
  readonly 'detail-type': string;
  readonly resources: readonly string[];
  readonly detail: Readonly<Record<string, unknown>>;
}
