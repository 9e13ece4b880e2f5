import { hasWindow, sightingOf } from '../truth/restarts.ts';
import { isPlain, tablesLookedAt } from '../world/record.ts';
import type { Invariant } from './invariant.ts';

/** 9. The finding of a restarted restorable window is open until the window has grown back, and none is open without a restart. */
export const restartsAreTold: Invariant = (run, { sightings }) => {
  const { report, before } = run;
  if (report === undefined || !isPlain(run)) return [];
  const open = new Set(report.openFindings.map(({ id }) => id));
  return tablesLookedAt(run).flatMap((table) => {
    if (!hasWindow(table, before)) return [];
    const hasRestarted = sightingOf(table, before, sightings.get(table.name))?.hasRestarted;
    const isOpen = open.has(`pitr-window-restarted/${table.name}`);
    if (hasRestarted === undefined || hasRestarted === isOpen) return [];
    return [
      `the window of ${table.name} has ${isOpen ? 'not restarted, and is told to have' : 'restarted, and nobody is told'}`,
    ];
  });
};
