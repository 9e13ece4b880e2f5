import { isSettled } from '../../shared/core/restore/turns.ts';
import { isFromVault } from '../../shared/core/restore/vault-terms.ts';
import { counted } from '../../shared/core/text/words.ts';
import { assertNever } from '../../shared/model/errors.ts';
import { SECOND_MS } from '../../shared/model/instant.ts';
import type { RestoreRecord } from '../../shared/model/restore.ts';
import type { RestoreParts } from '../../shared/run/compose-restore.ts';
import type { RestoreReport } from '../view/restore-report-text.ts';

/** A person who pressed Ctrl-C waits no longer for what the state table says. */
const MOST_MS = 3 * SECOND_MS;

const settledText = ({ steps }: RestoreRecord, now: number): string => {
  const settled = steps.filter(({ outcome }) => isSettled(outcome, now)).length;
  return `${settled} of ${counted(steps.length, 'setting')} ${settled === 1 ? 'is' : 'are'} put back`;
};

/** Formats what an interrupted restore is at, and what goes on without this program. */
export const interruptedText = (record: RestoreRecord, now: number): string => {
  const { phase, askedAt, targetTable } = record;
  switch (phase) {
    case 'planned':
      return askedAt === undefined
        ? 'it was interrupted before AWS was asked; the plan is written down'
        : `it was interrupted just as AWS was asked; ${isFromVault(record.source) ? 'what it began is looked for, and begun again with the same token only where there is none' : 'the call is not sent again, and what it made is looked for'}`;
    case 'started':
      return `it was interrupted while AWS makes ${targetTable}, which goes on; its settings are not put back yet`;
    case 'active':
      return `it was interrupted when ${targetTable} was ACTIVE; its settings are not put back yet`;
    case 'settings':
      return `it was interrupted while ${settledText(record, now)} on ${targetTable}`;
    case 'verifying':
      return `it was interrupted while ${targetTable} was verified; its settings are put back`;
    case 'ended':
      return 'it was interrupted after it had ended';
    default:
      return assertNever(phase);
  }
};

/** What is written of a restore now, or what was last known where that cannot be read soon. */
const latest = async ({ records, parts }: RestoreParts, known: RestoreRecord): Promise<RestoreRecord> => {
  const read = records.list().then(
    (all) => all.find(({ id }) => id === known.id),
    () => undefined,
  );
  const inTime = await Promise.race([read, parts.clock.sleep(MOST_MS).then(() => undefined)]);
  return inTime ?? known;
};

/** Waits for the end of a restore, or for Ctrl-C: then it reports where the restore stands, which `--resume` goes on from. */
export const untilInterrupted = async (
  restore: RestoreParts,
  interrupted: Promise<void>,
  begun: RestoreRecord,
  ended: Promise<RestoreReport>,
): Promise<RestoreReport> => {
  const first = await Promise.race([ended, interrupted]);
  if (first !== undefined) return first;
  const record = await latest(restore, begun);
  const end = {
    kind: 'unfinished',
    record,
    why: interruptedText(record, restore.parts.clock.now()),
  } as const;
  return { end, comparisons: [], areSettingsKnown: false };
};
