import type { Instant } from '../shared/model/instant.ts';
import type { SimAccount } from '../sim/account.ts';
import type { LedgerEntry } from '../sim/ledger.ts';
import { INSTANCE } from './stack.ts';

/** One backup of the account's ledger, from its making to its end. */
export interface MadePoint {
  readonly arn: string;
  readonly name: string;
  readonly table: string;
  readonly tableId: string;
  readonly madeAt: Instant;
  readonly madeBy: string;
  readonly deletedAt?: Instant;
  readonly deletedBy?: string;
  /** What the name says, read without Tablekeeper's own reader; absent where it is not of this deployment's form. */
  readonly own?: { readonly policy: string; readonly slot: Instant };
}

const OWN_NAME = new RegExp(
  `^tablekeeper\\.${INSTANCE}\\.([a-z0-9-]+)\\.(\\d{4})(\\d\\d)(\\d\\d)T(\\d\\d)(\\d\\d)(\\d\\d)Z$`,
);

const ownOf = (name: string): MadePoint['own'] => {
  const found = OWN_NAME.exec(name);
  if (found === null) return undefined;
  const [, policy = '', year, month, day, hour, minute, second] = found;
  return { policy, slot: Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`) };
};

type Deletion = Extract<LedgerEntry, { kind: 'recovery-point-deleted' }>;

/** Lists every backup that an account's ledger has seen, other than those in vaults, in the order in which they were made. */
export const madePoints = ({ ledger }: SimAccount): readonly MadePoint[] => {
  const deletions = new Map<string, Deletion>(
    ledger.of('recovery-point-deleted').map((one) => [one.arn, one]),
  );
  const native = ledger.of('recovery-point-made').filter(({ vault }) => vault === undefined);
  return native.map(({ arn, name, tableName, tableId, createdAt, by }) => {
    const deletion = deletions.get(arn);
    const own = ownOf(name);
    return {
      arn,
      name,
      table: tableName,
      tableId,
      madeAt: createdAt,
      madeBy: by.accessKeyId,
      ...(deletion !== undefined && { deletedAt: deletion.at, deletedBy: deletion.by.accessKeyId }),
      ...(own !== undefined && { own }),
    };
  });
};
