import { DAY_MS } from '../shared/model/instant.ts';
import type { SimAccount } from '../sim/account.ts';
import { POLICY_TAG } from './estate.ts';
import type { LedgerCheck } from './ledger-check.ts';
import { accessKeyOf, FAR_VAULT, VAULT } from './stack.ts';

/** A week between slots, an hour between runs, and the hours that jobs take. */
const LONGEST_GAP_MS = 8 * DAY_MS;

const PRUNE = accessKeyOf('prune');

/** Where the copies are. */
export const farOf = ({ state }: SimAccount): SimAccount | undefined => state.regions.get(FAR_VAULT.region);

const pointsIn = (account: SimAccount | undefined, vault: string, tableId: string) =>
  (account?.state.backup.points.of(vault) ?? []).filter(({ source }) => source.tableId === tableId);

/** Counts what there is of a table in the vault, and of its copies elsewhere. */
export const inVaults = (account: SimAccount, tableId: string) => ({
  here: pointsIn(account, VAULT, tableId).length,
  far: pointsIn(farOf(account), FAR_VAULT.name, tableId).length,
});

const isMissing = (account: SimAccount, tableId: string): boolean => {
  const since = account.clock.now() - LONGEST_GAP_MS;
  const isThere = pointsIn(account, VAULT, tableId).some(({ createdAt }) => createdAt >= since);
  return !isThere || inVaults(account, tableId).far === 0;
};

/** Those that prune deleted while nothing newer of the table was in the vault. */
const newestDeleted = ({ ledger }: SimAccount): readonly string[] => {
  const made = ledger.of('recovery-point-made').filter(({ vault }) => vault !== undefined);
  return ledger
    .of('recovery-point-deleted')
    .filter(({ by, vault }) => vault !== undefined && by.accessKeyId === PRUNE)
    .filter(
      (gone) =>
        !made.some(
          (one) => one.tableId === gone.tableId && one.createdAt > gone.createdAt && one.at < gone.at,
        ),
    )
    .map(({ tableName }) => tableName);
};

/** Checks what is in vaults against the account's own records. */
export const vaultChecks = (account: SimAccount): readonly LedgerCheck[] => {
  const offsite = [...account.state.tables.all()].filter(({ tags }) =>
    (tags[POLICY_TAG] ?? '').split('+').includes('offsite'),
  );
  return [
    {
      claim: 'every table of the vault has its newest slot there, and a copy in another Region',
      contradictions: offsite.filter(({ id }) => isMissing(account, id)).map(({ name }) => name),
    },
    { claim: 'the newest of a table in the vault was never deleted', contradictions: newestDeleted(account) },
  ];
};
