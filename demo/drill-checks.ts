import type { SimAccount } from '../sim/account.ts';
import type { LedgerCheck } from './ledger-check.ts';
import { accessKeyOf } from './stack.ts';

const DRILL = accessKeyOf('drill');

/** Written out here: what is checked must not be what checks it. */
const PREFIX = 'tablekeeper-drill.';

/** Checks what drills did against the account's own ledger. */
export const drillChecks = ({ ledger, state }: SimAccount): readonly LedgerCheck[] => {
  const restored = ledger.of('table-restored').filter(({ tableName }) => tableName.startsWith(PREFIX));
  const made = new Set(restored.map(({ tableId }) => tableId));
  const deleted = ledger.of('table-deleted').filter(({ by }) => by.accessKeyId === DRILL);
  return [
    {
      claim: 'drills deleted the tables that they had made and no others, and left none',
      contradictions: [
        ...deleted.filter(({ tableId }) => !made.has(tableId)).map(({ tableName }) => tableName),
        ...[...state.tables.all()].map(({ name }) => name).filter((name) => name.startsWith(PREFIX)),
      ],
    },
  ];
};
