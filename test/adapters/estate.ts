import { DAY_MS } from '../../shared/model/instant.ts';
import { createTable } from '../../sim/console/tables.ts';
import type { Fault } from '../../sim/faults.ts';
import { NOW, onSim } from './connect.ts';

export const TAG = 'backup:policy';
export const LONG_AGO = NOW - 100 * DAY_MS;
export const nameOf = (index: number): string => `Table-${String(index).padStart(4, '0')}`;

/** An account with as many tables, each tagged. */
export const estate = (count: number, settings: Parameters<typeof onSim>[0] = {}) => {
  const world = onSim(settings);
  for (let index = 0; index < count; index += 1)
    createTable(world.account, { name: nameOf(index), tags: { [TAG]: 'standard' }, createdAt: LONG_AGO });
  return world;
};

export const denied = (operation: string): Fault => ({ operation, kind: 'access-denied' });
