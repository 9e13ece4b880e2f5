import { DESTINATIONS } from '../story/vault-spec.ts';
import type { RunRecord } from '../world/record.ts';
import type { VaultThen } from '../world/vault-scene.ts';

const DAY_MS = 86_400_000;

/** One copy that a run had AWS Backup begin, with the days that it was given, and what asked for it. */
export interface Begun {
  readonly jobId: string;
  readonly sourceArn: string;
  readonly vaultArn: string;
  readonly table: { readonly id: string; readonly name: string };
  readonly policy: string;
  readonly begunAt: number;
  /** When its days are over. */
  readonly endsAt: number;
  /** What the file said then of when copies to that place are made and how many it keeps. */
  readonly rule: string;
}

const ruleOf = ({ before: { file } }: RunRecord, policy: string, vaultArn: string): string => {
  const spec = file.policies.find(({ name }) => name === policy);
  const to = spec?.vault?.copyTo.find(({ place }) => DESTINATIONS[place] === vaultArn);
  return JSON.stringify([spec?.rhythm, to?.last]);
};

const begunIn = (run: RunRecord, points: ReadonlyMap<string, VaultThen>): readonly Begun[] =>
  run.copied.flatMap((job) => {
    const point = points.get(job.sourcePointArn);
    if (point === undefined) return [];
    const { createdAt, policy, table } = point;
    const vaultArn = job.destinationVaultArn;
    return [
      {
        jobId: job.id,
        sourceArn: point.arn,
        vaultArn,
        table,
        policy,
        begunAt: job.createdAt,
        endsAt: createdAt + (job.lifecycle?.DeleteAfterDays ?? Number.POSITIVE_INFINITY) * DAY_MS,
        rule: ruleOf(run, policy, vaultArn),
      },
    ];
  });

/** Lists the copies that a run had begun, of recovery points that were there. */
export const copiesBegunBy = (run: RunRecord): readonly Begun[] => {
  if (run.copied.length === 0) return [];
  const all = [...run.before.vaults.points, ...run.later.vaults.points];
  return begunIn(run, new Map(all.map((point) => [point.arn, point])));
};
