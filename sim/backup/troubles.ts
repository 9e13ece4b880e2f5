/** What becomes of a job instead of what it would come to. Given at the console. */
export interface JobTrouble {
  readonly job: 'backup' | 'copy' | 'restore';
  /** The table's name. Any when absent. */
  readonly table?: string;
  /** Of copies, the ARN of the vault that they go to. Any when absent. */
  readonly destination?: string;
  /** How many jobs. All when absent. */
  readonly times?: number;
  /** `COMPLETED` is completed with issues. A word that AWS does not know leaves the job as it is at its start. */
  readonly state: string;
  readonly message?: string;
  /** AWS's category of the message. */
  readonly category?: string;
  /** The tags of a completed point are lost. */
  readonly losesTags?: boolean;
}

export interface Troubles {
  add(trouble: JobTrouble): { remove(): void };
  clear(): void;
  /** Gives the trouble that this job gets, if any, and counts it. */
  take(job: Pick<JobTrouble, 'destination' | 'job' | 'table'>): JobTrouble | undefined;
}

export const createTroubles = (): Troubles => {
  const all = new Map<JobTrouble, number>();
  const concerns = (trouble: JobTrouble, job: Pick<JobTrouble, 'destination' | 'job' | 'table'>): boolean =>
    trouble.job === job.job &&
    (trouble.table ?? job.table) === job.table &&
    (trouble.destination ?? job.destination) === job.destination;
  return {
    add(trouble) {
      all.set(trouble, 0);
      return { remove: () => void all.delete(trouble) };
    },
    clear: () => all.clear(),
    take(job) {
      for (const [trouble, count] of all) {
        if (!concerns(trouble, job) || count >= (trouble.times ?? Number.POSITIVE_INFINITY)) continue;
        all.set(trouble, count + 1);
        return trouble;
      }
      return undefined;
    },
  };
};
