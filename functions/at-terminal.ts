import { EFFECTS, type Effects } from '../shared/model/effects.ts';
import { withEffects } from '../shared/run/compose-effects.ts';
import type { Deps } from '../shared/run/deps.ts';
import type { DrillDeps } from '../shared/run/drill/deps.ts';

/** What `tablekeeper invoke` adds to Lambda's own fields. Lambda never passes such a field. */
interface TerminalContext {
  readonly tablekeeperEffects?: unknown;
}

const effectsOf = ({ tablekeeperEffects: wanted }: TerminalContext): Effects | undefined => {
  if (wanted === undefined) return undefined;
  const effects = EFFECTS.find((one) => one === wanted);
  if (effects === undefined) throw new Error(`no such effects: ${JSON.stringify(wanted)}`);
  return effects;
};

/** SAFETY: drills make and delete tables, or are not run at all. A run from a terminal is not noted as one of the deployed function. */
export const drillPartsOf = (parts: DrillDeps, context: object): DrillDeps => {
  const effects = effectsOf(context);
  if (effects === undefined) return parts;
  if (effects !== 'all') throw new Error(`drills cannot be run with the effects ${effects}`);
  return { ...parts, runNotes: { read: () => parts.runNotes.read(), write: async () => undefined } };
};

/** Who runs a function: Lambda, or a person at a terminal, whose run may change less and is never noted as one of the deployed function. */
export interface Runner {
  readonly parts: Deps;
  /** Whether alerts may be sent, by message or heartbeat. */
  readonly tells: boolean;
}

/**
 * Resolves what a function works with: its own parts in Lambda; in a run from a terminal what the
 * context allows.
 */
export const runnerOf = (parts: Deps, context: object): Runner => {
  const effects = effectsOf(context);
  if (effects === undefined) return { parts, tells: true };
  return { parts: withEffects(parts, effects), tells: effects === 'all' };
};
