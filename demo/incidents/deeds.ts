import { createTable, deleteTable, setPitr, tagTable } from '../../sim/console/tables.ts';
import { POLICY_TAG } from '../estate.ts';
import type { Incident, World } from '../world.ts';

/** When, and who does it. */
export type Moment = readonly [day: number, time: string, who: string];

/** What the timeline shows of an incident besides its actor: what it breaks, or what it fixes. */
export type Telling = Pick<Incident, 'what'> & Partial<Pick<Incident, 'heard' | 'ends'>>;

/** An audit is never further away than this, in hours. */
export const AN_AUDIT = 6;

/** Builds an incident from its time, its text and its act. */
export const incident = ([day, time, who]: Moment, telling: Telling, act: Incident['act']): Incident => ({
  day,
  time,
  who,
  ...telling,
  act,
});

/** Requires that people are alerted to the finding that an act causes by the next audit. */
export const isHeard = (findingId: string, withinHours = AN_AUDIT): Pick<Incident, 'heard'> => ({
  heard: { findingId, withinHours },
});

/** Changes point-in-time recovery of a table by hand. */
export const pitrOf =
  (table: string, enabled: boolean) =>
  ({ account }: World): void =>
    setPitr(account, table, { enabled, ...(enabled && { recoveryPeriodDays: 35 }) });

/** Someone switches point-in-time recovery of a table off, which is reported. */
export const switchesOff = (moment: Moment, table: string, why: string): Incident =>
  incident(
    moment,
    { what: `switches point-in-time recovery of ${table} off, ${why}`, ...isHeard(`pitr-off/${table}`) },
    pitrOf(table, false),
  );

/** Someone switches point-in-time recovery of a table on again, and the resolution is reported. */
export const switchesOn = (moment: Moment, table: string, manner: string): Incident =>
  incident(moment, { what: manner, ends: `pitr-off/${table}` }, pitrOf(table, true));

/** Makes a table with a tag. */
export const makes =
  (name: string, tag: string) =>
  ({ account }: World): void => {
    createTable(account, { name, tags: { [POLICY_TAG]: tag }, sizeBytes: 40e6, pitr: true });
  };

/** Tags a table. */
export const tags =
  (name: string, tag: string) =>
  ({ account }: World): void =>
    tagTable(account, name, { [POLICY_TAG]: tag });

/** Deletes a table. */
export const deletes =
  (name: string) =>
  ({ account }: World): void =>
    deleteTable(account, name);
