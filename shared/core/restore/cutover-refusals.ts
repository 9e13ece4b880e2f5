import { advise, type Said } from '../../model/advice.ts';
import { UserError } from '../../model/errors.ts';
import { restoresCommand } from '../text/commands.ts';
import type { CutoverInput, CutoverPlan, SeenTable } from './cutover-input.ts';
import { isSame } from './same.ts';

const refused = (code: string, what: string, fix: Said, facts: object): UserError =>
  new UserError({ code, what, fix, facts });

/** SAFETY: a replica elsewhere lives on without this table, and the table that takes the name would not be joined to it. */
const replicasRefused = ({ old, restored }: CutoverInput): UserError | undefined => {
  const { replicas } = old.read.settings;
  if (replicas === undefined || replicas.length === 0) return undefined;
  const regions = replicas.map(({ region }) => region).join(', ');
  return refused(
    'has-replicas',
    `${old.table} has replicas in ${regions}: it cannot be swapped. AWS refuses to delete it within 24 hours of the making of a replica, and the table that takes its name would not be joined to them.`,
    `Cut over to ${restored.table} without --swap, or remove the replicas first. If a stack holds Custom::DynamoDBReplica or the replicas, give each DeletionPolicy: Retain before you take anything out of it: the stack deletes them.`,
    { table: old.table, replicas: replicas.map(({ region }) => region) },
  );
};

/** The parts of a key with the types of their values: `pk` of strings is another key than `pk` of numbers. */
const keysOf = ({ read }: SeenTable) => {
  const { shape } = read.settings;
  return shape?.keys.map((part) => ({
    ...part,
    type: shape.attributes.find(({ name }) => name === part.name)?.type,
  }));
};

/** A table with other keys is a copy of nothing. */
const otherKeys = ({ old, restored }: CutoverInput): UserError | undefined => {
  const [one, other] = [keysOf(old), keysOf(restored)];
  if (one === undefined || other === undefined || isSame(one, other)) return undefined;
  return refused(
    'other-keys',
    `${restored.table} has other keys than ${old.table}: it is no copy of it.`,
    advise('Name the old table, then the restored one. All restores:', restoresCommand('--list')),
    { table: old.table, restored: restored.table, keys: one, restoredKeys: other },
  );
};

/** SAFETY: what a cut-over is at stands in the state table, and so does every claim: it is never moved, and never deleted. */
const stateRefused = ({ old, restored, stateTable }: CutoverInput): UserError | undefined =>
  old.table === stateTable || restored.table === stateTable
    ? refused(
        'state-table',
        `${stateTable} is the state table, in which cut-overs are written down: it cannot be cut over.`,
        'The runbook has a page for a state table that is gone.',
        { table: stateTable },
      )
    : undefined;

/** Says why a cut-over cannot begin at all; undefined where it can. */
export const cutoverRefused = (input: CutoverInput): UserError | undefined => {
  const { old, restored, choices } = input;
  const ofState = stateRefused(input);
  if (ofState !== undefined) return ofState;
  if (old.table === restored.table)
    return refused(
      'same-table',
      `${old.table} is both tables.`,
      'Name the old table, then the restored one. A table that is back under its own name needs no cut-over: docs/restore.md says what to do about the readers of its stream.',
      { table: old.table },
    );
  const busy = [old, restored].find(({ status }) => status !== 'ACTIVE' && status !== 'UPDATING');
  if (busy !== undefined)
    return refused(
      'table-not-active',
      `${busy.table} is ${busy.status}.`,
      advise('Wait until both tables are ACTIVE. To go on with a restore:', restoresCommand('--resume')),
      { table: busy.table, status: busy.status },
    );
  return otherKeys(input) ?? (choices.mode === 'swap' ? replicasRefused(input) : undefined);
};

/** SAFETY: one mistyped name would put another table in place of a deleted one: a person has to look at each step. */
const originRefused = ({ notes, choices }: CutoverPlan): UserError | undefined => {
  const note = notes.find(({ kind }) => kind === 'origin-unknown');
  if (note?.kind !== 'origin-unknown' || choices.mode !== 'swap') return undefined;
  return refused(
    'origin-unknown',
    `No restore of ${note.of} to ${note.table} is known of.`,
    advise(
      'Leave --yes out and look at each step, or name the table that was restored. All restores:',
      restoresCommand('--list'),
    ),
    { table: note.of, restored: note.table },
  );
};

/** What could not be read and would have to move. */
const unreadIn = ({ notes, choices }: CutoverPlan) =>
  notes.flatMap((note) =>
    note.kind === 'unread' && (choices.mode === 'swap' || note.facet === 'attachments')
      ? [{ facet: note.facet, table: note.table }]
      : [],
  );

/** SAFETY: nothing is deleted while something that has to come back could not be read, or unseen when it is not sure of what the table is a copy. */
export const applyRefused = (plan: CutoverPlan, isAsked: boolean): UserError | undefined => {
  const unread = unreadIn(plan).map(({ facet, table }) => `${facet} of ${table}`);
  if (unread.length === 0) return isAsked ? undefined : originRefused(plan);
  return refused(
    'settings-unread',
    `Could not read: ${unread.join(', ')}. What is not seen would not move.`,
    'Grant the calls of docs/cutover.md and try again.',
    { unread: unreadIn(plan) },
  );
};
