/** Whether AWS Backup looks after tables in the target's Region. */
export interface BackupOptIn {
  readonly optedIn: boolean;
  /** Whether it has its advanced features for them: copies, cold storage, keys of its own. */
  readonly advanced: boolean;
}
