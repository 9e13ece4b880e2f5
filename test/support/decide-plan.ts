import { plan as decide } from '../../shared/core/plan/plan.ts';
import type { PlanInput, Scene } from '../../shared/core/scene/scene.ts';
import type { Plan } from '../../shared/model/plan.ts';
import { everyFinder } from '../../shared/run/compose-finders.ts';

const EVERY = everyFinder();

/** Decides as a program does that can find everything. */
export const plan = (input: PlanInput, scene?: Scene): Plan => decide(EVERY, input, scene);
