import type { Instant } from '../../model/instant.ts';
import type { Memory, OpenFinding } from '../../model/memory.ts';
import type { Observation } from '../../model/observation.ts';
import type { Policies } from '../../model/policy.ts';
import { governedTables } from '../plan/governed.ts';
import { ownPoints } from '../plan/own-points.ts';
import { newlyDeleted } from './deletions.ts';
import { lossesOf } from './losses.ts';

/** What it takes to say where an audit looks closer. */
export interface CloserInput {
  readonly policies: Policies;
  readonly instance: string;
  readonly observation: Observation;
  readonly memory: Memory;
  readonly openFindings: readonly OpenFinding[];
  readonly now: Instant;
}

/** Where an audit looks closer, because something that was protected is not any more. */
export interface Closer {
  /** Tables that are there and that no policy governs any more, sorted. */
  readonly formerTables: readonly string[];
  /** Tables that are gone and of which people do not know, sorted: what DynamoDB made of them says until when they can be restored. */
  readonly deletedTables: readonly string[];
}

/** Returns where an audit has to look closer. Nowhere, and at no cost, while every table is governed that was. */
export const closerLook = (input: CloserInput): Closer => {
  const governed = governedTables(input.policies, input.observation.tables);
  const governs = new Set(
    governed.filter(({ policies }) => policies.length > 0).map(({ table }) => table.name),
  );
  const points = input.observation.recoveryPoints.filter(({ tableName }) => !governs.has(tableName));
  const known = { ...input, governed, own: [...ownPoints(points, input.instance).values()] };
  const lost = lossesOf(known).filter(({ kind, table }) => kind === 'lost' && !governs.has(table));
  return {
    formerTables: [...new Set(lost.map(({ table }) => table))],
    deletedTables: newlyDeleted(known).map(({ name }) => name),
  };
};
