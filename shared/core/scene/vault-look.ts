import { DAY_MS, type Instant } from '../../model/instant.ts';
import type { Job } from '../../model/job.ts';
import type { Memory } from '../../model/memory.ts';
import type { Policies } from '../../model/policy.ts';
import type { RecoveryPointOrigin } from '../../model/recovery-point.ts';
import type { Target } from '../../model/target.ts';
import { parseVaultArn, type Vault, vaultArn } from '../../model/vault-arn.ts';
import type { KnownPoint } from '../../model/vault-record.ts';

/** What is known of whose a recovery point in a vault is. */
interface Known {
  readonly origin?: RecoveryPointOrigin;
  readonly tableId?: string;
  readonly copyOf?: string;
  readonly heldUntil?: Instant;
}

/** How long what AWS Backup refused to delete is not tried again. */
export const HELD_MS = 7 * DAY_MS;

/** A recovery point that is known to be gone at home may have copies for years. */
const vaultsOfPoint = ({ copies = [], goneAt, vault }: KnownPoint): readonly string[] => [
  ...(goneAt === undefined ? [vault] : []),
  ...copies.filter(({ isEnded }) => isEnded !== true).map((copy) => copy.vault),
];

/**
 * Lists the vaults to look into: those of the policies with what they copy to, and those that are remembered, because a vault that was renamed in
 * the policy file still holds recovery points. Of another account's vaults nothing can be listed from here.
 */
export const vaultsToLook = (
  { policies }: Policies,
  { vaultRecords = [] }: Pick<Memory, 'vaultRecords'>,
  target: Target,
): readonly Vault[] => {
  const named = policies.flatMap(({ vault }) =>
    vault === undefined
      ? []
      : [vaultArn({ target, name: vault.name }), ...vault.copyTo.map((destination) => destination.vaultArn)],
  );
  const remembered = vaultRecords.flatMap(({ points }) => points.flatMap(vaultsOfPoint));
  return [...new Set([...named, ...remembered])]
    .toSorted()
    .flatMap((arn) => parseVaultArn(arn) ?? [])
    .filter((vault) => vault.target.accountId === target.accountId);
};

/**
 * Lists the vaults that a person says were deleted on purpose. SAFETY: one that a policy names is not among them, whatever the person says: it is missed.
 */
export const deletedOnPurpose = (policies: Policies, target: Target): ReadonlySet<string> => {
  const named = new Set(vaultsToLook(policies, {}, target).map(vaultArn));
  return new Set((policies.deletedVaults ?? []).filter((arn) => !named.has(arn)));
};

type Entry = readonly [id: string, known: Known];

/** The recovery points that own jobs made, by job. */
const madeBy = (jobs: readonly Job[]): ReadonlyMap<string, string> =>
  new Map(
    jobs.flatMap((job) =>
      job.kind === 'backup' && job.isOwn && job.recoveryPointId !== undefined
        ? [[job.id, job.recoveryPointId] as const]
        : [],
    ),
  );

const ofPoint = (
  { id, policy, slot, tableId, copies = [], heldAt }: KnownPoint,
  instance: string,
): readonly Entry[] => {
  const origin = { instance, policy, slot };
  const named = copies.flatMap((copy) => copy.id ?? []);
  const held = heldAt === undefined ? {} : { heldUntil: heldAt + HELD_MS };
  return [
    [id, { origin, tableId, ...held }],
    ...named.map((copy): Entry => [copy, { origin, tableId, copyOf: id }]),
  ];
};

/**
 * SAFETY: proves whose recovery points are where they carry no mark, from what was noted when their jobs were first seen. Collects what is known of
 * recovery points in vaults, by id; those that nothing proved to be this deployment's have no origin.
 */
export const knownOrigins = (
  { vaultRecords = [] }: Pick<Memory, 'vaultRecords'>,
  jobs: readonly Job[],
  instance: string,
): ReadonlyMap<string, Known> => {
  const made = madeBy(jobs);
  const entries = vaultRecords.flatMap(({ points, strangers = [], attempts = [] }): readonly Entry[] => [
    ...strangers.map((id): Entry => [id, {}]),
    ...attempts.flatMap(({ jobId, policy, slot, tableId }): readonly Entry[] => {
      const id = made.get(jobId);
      return id === undefined ? [] : [[id, { origin: { instance, policy, slot }, tableId }]];
    }),
    ...points.flatMap((point) => ofPoint(point, instance)),
  ]);
  return new Map(entries);
};
