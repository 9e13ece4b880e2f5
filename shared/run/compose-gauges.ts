import { readEnvironment } from '../adapters/system/env.ts';
import type { ReadGauges } from './reconcile.ts';

/** Builds what measures an audit for the dashboard; undefined without one. What prices need is loaded only then. */
export const composeGaugesFromEnvironment = (): ReadGauges | undefined =>
  readEnvironment().hasDashboard === true
    ? async (...seen) => (await import('./gauges.ts')).readGauges(...seen)
    : undefined;
