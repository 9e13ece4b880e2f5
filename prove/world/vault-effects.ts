import { cancelHold } from '../../sim/backup/change-legal-holds.ts';
import { erasePoint } from '../../sim/backup/change-points.ts';
import type { RecoveryPoint } from '../../sim/backup/points.ts';
import { CONSOLE } from '../../sim/call.ts';
import {
  closeDestination,
  setBackupRole,
  setCrossAccountBackup,
  setLinkedBackupRole,
  setUndeletable,
  troubleJobs,
} from '../../sim/console/backup-trouble.ts';
import {
  createPoint,
  destroyVault,
  placeLegalHold,
  planOf,
  pointsOf,
  setVaultLock,
  setVaultPolicy,
  startCopy,
  startJob,
} from '../../sim/console/vaults.ts';
import type { VaultHappening } from '../story/vault-event.ts';
import { DESTINATIONS } from '../story/vault-spec.ts';
import { POLICY_MARK } from '../truth/vault-marks.ts';
import { ALL_VAULTS, JOB_ROLE, makeVault, type Places, placeOf, policyOf } from './vaults.ts';

type Of<Kind extends VaultHappening['kind']> = Extract<VaultHappening, { kind: Kind }>;

const THEIRS = 'arn:aws:iam::111122223333:role/theirs';

const newestFirst = (a: RecoveryPoint, b: RecoveryPoint): number => b.createdAt - a.createdAt;

/** The nth of what is in the vaults at home of a table, from the newest. */
const onNth = (
  { home }: Places,
  { nth, table }: { readonly nth: number; readonly table: string },
  effect: (point: RecoveryPoint) => void,
): void => {
  const points = pointsOf(home).filter(
    ({ source, status }) => source.tableName === table && status === 'ready',
  );
  const point = points.toSorted(newestFirst)[nth];
  if (point !== undefined) effect(point);
};

const onVault = (places: Places, vault: Of<'vault-made'>['vault'], effect: () => void): void => {
  if (placeOf(places, vault).state.backup.vaults.has(vault)) effect();
};

/** The mark of another instance, and one that is none. */
const marks = (tableId: string): Readonly<Record<Of<'foreign-point'>['mark'], string | undefined>> => ({
  none: undefined,
  'other-instance': `1/111122223333/us-east-1/tablekeeper/tablekeeper.prod2.gold.20260105T030000Z/${tableId}`,
  true: 'true',
});

const addForeign = ({ home }: Places, { mark, table: name }: Of<'foreign-point'>): void => {
  const table = home.state.tables.get(name);
  if (table === undefined || !home.state.backup.vaults.has('tablekeeper')) return;
  const value = marks(table.id)[mark];
  createPoint(home, {
    table: name,
    vault: 'tablekeeper',
    ...(value !== undefined && { tags: { [POLICY_MARK]: value } }),
  });
};

const backUp = ({ home }: Places, { byPlan, table }: Of<'foreign-job'>): void => {
  if (!home.state.tables.get(table)) return;
  startJob(home, {
    tableName: table,
    vaultName: 'archive',
    iamRoleArn: THEIRS,
    ...(byPlan && { createdBy: planOf(home, 'theirs') }),
  });
};

const copy = (places: Places, happening: Of<'foreign-copy'>): void =>
  onNth(places, happening, (point) => {
    if (point.form !== 'advanced' || point.storage === 'COLD') return;
    startCopy(places.home, { point, destinationVaultArn: DESTINATIONS.dr, iamRoleArn: THEIRS });
  });

const setHold = ({ home }: Places, on: boolean): void => {
  if (on) placeLegalHold(home);
  else
    for (const hold of home.state.backup.legalHolds.values())
      if (hold.status === 'ACTIVE') cancelHold(home, hold, 'it is over');
};

const setAdvanced = ({ home }: Places, on: boolean): void => {
  const { optIn } = home.state.backup.regionSettings;
  home.state.backup.regionSettings = { optIn, management: { DynamoDB: on, EFS: true } };
};

const EFFECTS: { readonly [Kind in VaultHappening['kind']]: (places: Places, happening: Of<Kind>) => void } =
  {
    'jobs-troubled': ({ home }, { kind: _, ...trouble }) => void troubleJobs(home, trouble),
    'vault-policy-set': (places, { denied, vault }) =>
      onVault(places, vault, () => setVaultPolicy(placeOf(places, vault), vault, policyOf(vault, denied))),
    'vault-locked': (places, { minDays, vault }) =>
      onVault(places, vault, () =>
        setVaultLock(placeOf(places, vault), vault, minDays === null ? undefined : { minDays }),
      ),
    'legal-hold-set': (places, { on }) => setHold(places, on),
    'advanced-features-set': (places, { on }) => setAdvanced(places, on),
    'job-role-set': ({ home }, { trouble }) => setBackupRole(home, JOB_ROLE, trouble ?? undefined),
    'linked-role-set': ({ far, home }, { on }) => {
      for (const account of [home, far]) setLinkedBackupRole(account, on);
    },
    'cross-account-set': ({ home }, { on }) => setCrossAccountBackup(home, on),
    'destination-closed': ({ home }, { on, vault }) => closeDestination(home, DESTINATIONS[vault], on),
    'vault-destroyed': (places, { vault }) =>
      onVault(places, vault, () => destroyVault(placeOf(places, vault), vault)),
    'vault-made': (places, { vault }) => makeVault(places, vault),
    'foreign-job': backUp,
    'foreign-copy': copy,
    'foreign-point': addForeign,
    'mark-stripped': (places, happening) =>
      onNth(places, happening, (point) => {
        point.tags = {};
      }),
    'vault-point-deleted': (places, happening) =>
      onNth(places, happening, (point) => erasePoint(places.home, point, places.home.clock.now(), CONSOLE)),
    'vault-point-stuck': (places, happening) =>
      onNth(places, happening, ({ arn }) => setUndeletable(places.home, arn)),
  };

/** Lets it happen to the vaults, if there is anything that it can happen to. */
export const happenToVaults = <One extends VaultHappening>(places: Places, happening: One): void => {
  places.home.state.settle();
  const effect = EFFECTS[happening.kind] as (places: Places, happening: One) => void;
  effect(places, happening);
};

export const isOfVaults = (happening: { readonly kind: string }): happening is VaultHappening =>
  Object.hasOwn(EFFECTS, happening.kind);

/** Puts right whatever may stand in the way of vaults. */
export const mendVaults = (places: Places): void => {
  const { far, home } = places;
  for (const name of ALL_VAULTS) {
    makeVault(places, name);
    setVaultLock(placeOf(places, name), name, undefined);
    setVaultPolicy(placeOf(places, name), name, policyOf(name, null));
  }
  setHold(places, false);
  setAdvanced(places, true);
  setBackupRole(home, JOB_ROLE, undefined);
  for (const account of [home, far]) setLinkedBackupRole(account, true);
  setCrossAccountBackup(home, true);
  for (const vault of ['dr', 'far'] as const) closeDestination(home, DESTINATIONS[vault], false);
  // What never began or is in no state that anybody knows is ended by AWS's people.
  const { backupJobs, copyJobs } = home.state.backup;
  for (const job of [...backupJobs.values(), ...copyJobs.values()]) {
    if (['COMPLETED', 'FAILED', 'PARTIAL', 'ABORTED', 'EXPIRED', 'RUNNING'].includes(job.state)) continue;
    job.state = 'FAILED';
    job.completedAt = home.clock.now();
    home.state.backup.queue.end(job.id);
  }
  home.state.backup.undeletable.clear();
  home.state.backup.troubles.clear();
  for (const { faults } of [home, places.dr, far]) faults.clear();
};
