import type { NotedRun } from '../../model/noted-run.ts';
import type { Policies } from '../../model/policy.ts';
import type { RunNotes } from '../../ports/run-notes.ts';
import { changeEntries } from './changes.ts';
import { readEntries } from './items.ts';
import type { StateTable } from './table.ts';

const PK = 'run';

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isPolicy = (value: unknown): boolean =>
  isRecord(value) &&
  [value.name, value.engine, value.schedule, value.timezone].every((text) => typeof text === 'string') &&
  typeof value.rpoMs === 'number' &&
  isRecord(value.retention) &&
  (value.pitr === undefined || isRecord(value.pitr));

/** Whether they can be shown; whether they are what the run had, their digest tells. */
const arePolicies = (value: unknown): value is Policies =>
  isRecord(value) &&
  typeof value.tag === 'string' &&
  isRecord(value.guardrail) &&
  (value.digest === undefined || isRecord(value.digest)) &&
  Array.isArray(value.policies) &&
  value.policies.every(isPolicy);

const parse = (content: unknown): NotedRun | undefined => {
  if (typeof content !== 'object' || content === null) return undefined;
  const { name, at, whole, policiesDigest, policies } = content as Partial<NotedRun>;
  return typeof name === 'string' &&
    typeof at === 'number' &&
    typeof whole === 'boolean' &&
    typeof policiesDigest === 'string'
    ? { name, at, whole, policiesDigest, ...(arePolicies(policies) && { policies }) }
    : undefined;
};

/** Given the state table, returns the notes of runs in it. */
export const createRunNotes = (state: StateTable): RunNotes => ({
  write: (run) => changeEntries(state, { put: [{ pk: PK, sk: run.name, content: run }] }),
  read: async () => (await readEntries(state, PK, parse)).map(({ content }) => content),
});
