import { type Advice, advise } from '../../model/advice.ts';
import type { FormerReplica } from '../../model/former-replica.ts';
import type { TableDetails } from '../../model/table.ts';
import type { Target } from '../../model/target.ts';
import { addReplicaCommand, describeTableCommand } from '../text/commands.ts';
import { utcText } from '../text/time.ts';
import { listed } from '../text/words.ts';

/** Describes where the global table of a deleted table stands; an empty text where the table was no replica. */
export const replicaText = (replica: FormerReplica | undefined): string => {
  if (replica === undefined) return '';
  const { keptAt, standsIn, unseenIn } = replica;
  return standsIn.length > 0
    ? ` It was a replica: its global table still stands in ${listed(standsIn)}.`
    : ` It was a replica: its global table stood in ${listed(unseenIn)} as well when its settings were last kept, at ${utcText(keptAt)}. Whether it still does was not looked at.`;
};

/** Where a replica would be added again; undefined where it was none, or AWS adds none. */
export const standingRegion = (replica: FormerReplica | undefined): string | undefined =>
  replica === undefined || replica.isStrong === true
    ? undefined
    : (replica.standsIn[0] ?? replica.unseenIn[0]);

/** Advises to add a replica again, and to look before that where the run could not. */
export const addAgainAdvice = (
  { keyArn, standsIn }: FormerReplica,
  standing: string,
  table: string,
  target: Target,
): Advice => {
  const there = { ...target, region: standing };
  const add = addReplicaCommand(table, there, target.region, keyArn);
  return standsIn.length > 0
    ? advise(
        `If nobody meant it, add the replica again where its table stands, in ${standing}: replication brings its items.`,
        add,
      )
    : advise(
        `If nobody meant it, see whether its table still stands in ${standing}. If it does, add the replica again there, and replication brings its items:`,
        describeTableCommand(table, there),
        add,
      );
};

/** Says in which Regions the table that has the name now is in a global table with the one that was lost. */
export const refilledFrom = (
  replica: FormerReplica | undefined,
  { replicas = [] }: TableDetails,
): { readonly isSure: boolean; readonly regions: readonly string[] } | undefined => {
  const among = (regions: readonly string[] = []) => regions.filter((region) => replicas.includes(region));
  const [standing, unseen] = [among(replica?.standsIn), among(replica?.unseenIn)];
  if (standing.length > 0) return { isSure: true, regions: standing };
  return unseen.length > 0 ? { isSure: false, regions: unseen } : undefined;
};
