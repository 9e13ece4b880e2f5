import { createCutoverWriter } from '../adapters/cutover/cutover-writer.ts';
import { createCutoverRecords } from '../adapters/state/cutover-records.ts';
import { finalPointOf, successorOf } from '../core/restore/cutover-readers.ts';
import type { CutoverRecords, CutoverWriter } from '../ports/cutover.ts';
import type { TerminalOptions } from './compose.ts';
import { composeRestore, type RestoreParts } from './compose-restore.ts';
import { namesOf } from './compose-wire.ts';

/** What cut-overs at a terminal work with. */
export interface CutoverParts {
  readonly restore: RestoreParts;
  readonly stateTable: string;
  readonly records: CutoverRecords;
  readonly writer: CutoverWriter;
}

/** Builds what cut-overs with a person's own credentials work with. Throws a `UserError` when AWS does not answer the caller. */
export const composeCutover = async (seat: TerminalOptions): Promise<CutoverParts> => {
  const restore = await composeRestore(seat);
  const { options, state } = restore.wiring;
  return {
    restore,
    stateTable: namesOf(seat.instance, restore.parts.target).stateTable,
    records: createCutoverRecords(state, restore.parts.target),
    writer: createCutoverWriter(options, { finalPointOf, successorOf }),
  };
};
