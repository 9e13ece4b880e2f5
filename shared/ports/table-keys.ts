import type { TableKey } from '../model/table-key.ts';
import type { Reading } from './inventory.ts';

/** The primary keys of tables. It only reads, and never throws for what the service answers. */
export interface TableKeys {
  read(table: string): Promise<Reading<readonly TableKey[]>>;
}
