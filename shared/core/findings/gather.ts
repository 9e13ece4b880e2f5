import { withVaults } from '../preflight/needs.ts';
import { preflight } from '../preflight/preflight.ts';
import { NOTHING, type Preflight } from '../preflight/trouble.ts';
import { unawareOf } from '../protection/closer.ts';
import { newlyDeleted } from '../protection/deletions.ts';
import { emptiedTables } from '../protection/emptied.ts';
import { newlyReplaced } from '../protection/replacements.ts';
import { seenOrRemembered } from '../scene/remembered-points.ts';
import type { PlanInput, Scene } from '../scene/scene.ts';
import type { CheckContext } from './context.ts';

/** Gathers the tables that are gone or were made again, which shows only where SYSTEM backups were asked for. */
export const goneOf = (
  input: PlanInput,
  scene: Scene,
): Pick<CheckContext, 'emptiedTables' | 'lostTables' | 'replacedTables'> => {
  if (input.observation.systemBackups === undefined)
    return { emptiedTables: [], lostTables: [], replacedTables: [] };
  const seen = { own: scene.own.values(), copies: scene.copies.values() };
  const given = { ...input, governed: scene.governed, ...seenOrRemembered(seen, input) };
  return {
    emptiedTables: emptiedTables(given, unawareOf(input)),
    lostTables: newlyDeleted(given),
    replacedTables: newlyReplaced(given),
  };
};

/** Decides what keeps AWS Backup from doing what the policies that govern tables ask for. A policy that no table uses asks for nothing. */
export const preflightOf = ({
  governed,
  observation,
}: Pick<CheckContext, 'governed' | 'observation'>): Preflight => {
  const inUse = withVaults(governed.flatMap(({ policies }) => policies));
  const facts = observation.vaultFacts;
  return facts === undefined || inUse.length === 0
    ? NOTHING
    : preflight(inUse, facts, observation.target, observation.observedAt);
};
