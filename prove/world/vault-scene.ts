import type { RecoveryPoint } from '../../sim/backup/points.ts';
import { POLICY_MARK, readMark } from '../truth/vault-marks.ts';
import type { OwnJob, VaultLog } from './vault-log.ts';
import type { Places } from './vaults.ts';

const DAY_MS = 86_400_000;

/** An own recovery point of a vault at home, or the job that makes it, as it stood. */
export interface VaultThen {
  /** Of its job while there is none. */
  readonly arn: string;
  readonly name: string;
  readonly policy: string;
  readonly slot: number;
  readonly table: { readonly id: string; readonly name: string };
  readonly askedAt: number;
  readonly createdAt: number;
  /** Infinite while it is none that can be restored. */
  readonly availableAt: number;
  readonly sizeBytes: number;
  readonly vault: string;
  readonly status: RecoveryPoint['status'];
  readonly form: RecoveryPoint['form'];
  readonly storage: RecoveryPoint['storage'];
  /** Whether a lock, a legal hold or the policy of its vault may keep it. */
  readonly isBarred: boolean;
  /** Whether it bears the tag that says whose it is. */
  readonly isMarked: boolean;
  /** What that tag says; empty without one. */
  readonly mark: string;
}

/** A copy that Tablekeeper asked for, which is there and can be restored. */
export interface CopyThen {
  readonly arn: string;
  readonly sourceArn: string;
  readonly vaultArn: string;
  readonly createdAt: number;
  readonly deletesAt: number;
}

/** What was in vaults, and which own jobs were under way. */
export interface VaultScene {
  readonly points: readonly VaultThen[];
  readonly copies: readonly CopyThen[];
  readonly jobs: readonly (OwnJob & { readonly state: string })[];
  readonly copyJobs: readonly {
    readonly id: string;
    readonly sourceArn: string;
    readonly vaultArn: string;
    readonly state: string;
    readonly createdAt: number;
    /** When the vault was made that has the name now: infinite where none has. */
    readonly vaultMadeAt: number;
  }[];
  /** The marks of all that can be restored in the vault that copies go to and that can be listed, whoever had it copied. */
  readonly marksInDr: ReadonlySet<string>;
}

export const NO_VAULTS: VaultScene = {
  points: [],
  copies: [],
  jobs: [],
  copyJobs: [],
  marksInDr: new Set(),
};

/** Of a job in any other state no recovery point is to come: it ended, or nobody knows the word. */
const GOING_ON = new Set(['ABORTING', 'CREATED', 'PENDING', 'RUNNING']);

const stampOf = (slot: number): string =>
  `${new Date(slot).toISOString().replaceAll(/[-:]/g, '').slice(0, 15)}Z`;

const NEVER = Number.POSITIVE_INFINITY;

const isBarred = ({ home }: Places, vaultName: string, point: RecoveryPoint | undefined): boolean => {
  const { legalHolds, vaults } = home.state.backup;
  const { lock, policy = '' } = vaults.get(vaultName) ?? {};
  const isHeld = [...legalHolds.values()].some(
    ({ held, status }) => status !== 'CANCELED' && point !== undefined && held.has(point),
  );
  return isHeld || lock !== undefined || /:(?:Delete|Describe)RecoveryPoint/.test(policy);
};

const pointOf = (places: Places, { job, policy, slot, tableId }: OwnJob): readonly VaultThen[] => {
  const { home } = places;
  const point = job.pointArn === undefined ? undefined : home.state.backup.points.find(job.pointArn);
  if (point === undefined && !GOING_ON.has(job.state)) return [];
  return [
    {
      arn: point?.arn ?? job.id,
      name: `tablekeeper.prod.${policy}.${stampOf(slot)}`,
      policy,
      slot,
      table: { id: point?.source.tableId ?? tableId, name: job.tableName },
      askedAt: job.createdAt,
      createdAt: point?.createdAt ?? job.createdAt,
      availableAt: point?.status === 'ready' ? (point.completedAt ?? NEVER) : NEVER,
      sizeBytes: point?.source.sizeBytes ?? 0,
      vault: job.vaultName,
      status: point?.status ?? 'CREATING',
      form: job.form,
      storage: point?.storage ?? 'WARM',
      isMarked: point !== undefined && readMark(point.tags[POLICY_MARK] ?? '') !== undefined,
      mark: point?.tags[POLICY_MARK] ?? '',
      isBarred: isBarred(places, job.vaultName, point),
    },
  ];
};

/** What is in vaults as it stands now. */
export const vaultSceneOf = (places: Places | undefined, log: VaultLog): VaultScene => {
  if (places === undefined) return NO_VAULTS;
  places.home.state.settle();
  const copyJobs = [...log.copies.values()];
  const vaults = [places.dr, places.far].flatMap(({ state }) => [...state.backup.vaults.values()]);
  const madeAt = new Map(vaults.map(({ arn, createdAt }) => [arn, createdAt]));
  return {
    points: [...log.jobs.values()].flatMap((job) => pointOf(places, job)),
    copies: copyJobs.flatMap(
      ({ destinationPointArn: arn, destinationVaultArn: vaultArn, sourcePointArn }) => {
        const point =
          arn === undefined
            ? undefined
            : (places.dr.state.backup.points.find(arn) ?? places.far.state.backup.points.find(arn));
        if (point?.status !== 'ready') return [];
        const days = point.lifecycle?.DeleteAfterDays ?? NEVER;
        return [
          {
            arn: point.arn,
            sourceArn: sourcePointArn,
            vaultArn,
            createdAt: point.createdAt,
            deletesAt: point.createdAt + days * DAY_MS,
          },
        ];
      },
    ),
    jobs: [...log.jobs.values()].map((one) => ({ ...one, state: one.job.state })),
    copyJobs: copyJobs.map(({ createdAt, destinationVaultArn, id, sourcePointArn, state }) => ({
      id,
      sourceArn: sourcePointArn,
      vaultArn: destinationVaultArn,
      state,
      createdAt,
      vaultMadeAt: madeAt.get(destinationVaultArn) ?? NEVER,
    })),
    marksInDr: new Set(
      places.dr.state.backup.points
        .of('dr')
        .flatMap(({ status, tags }) => (status === 'ready' ? (tags[POLICY_MARK] ?? []) : [])),
    ),
  };
};
