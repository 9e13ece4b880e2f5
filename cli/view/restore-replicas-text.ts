import type { NotReapplied } from '../../shared/core/restore/not-reapplied.ts';
import type { RestorePlan } from '../../shared/core/restore/restore-plan.ts';
import { addReplicaCommand } from '../../shared/core/text/commands.ts';
import { listed, verb } from '../../shared/core/text/words.ts';
import { type Advice, advise, followedBy } from '../../shared/model/advice.ts';
import type { FormerReplica } from '../../shared/model/former-replica.ts';
import type { Target } from '../../shared/model/target.ts';

const placesText = ({ replicas, witnesses }: Extract<NotReapplied, { kind: 'strong-consistency' }>): string =>
  [
    ...(replicas.length === 0
      ? []
      : [`${verb(replicas.length, 'replica', 'replicas')} in ${listed(replicas)}`]),
    ...(witnesses.length === 0
      ? []
      : [`${verb(witnesses.length, 'witness', 'witnesses')} in ${listed(witnesses)}`]),
  ].join(', ');

/** Formats what of strong consistency does not come back. Of eventual consistency a person may make it, and has to know that it stays so. */
export const consistencyText = (
  left: Extract<NotReapplied, { kind: 'strong-consistency' }>,
  { choice, target: { name }, targetRegion }: RestorePlan,
): Advice => {
  const [first] = left.replicas;
  const place = { ...choice.view.target, region: targetRegion };
  const says = `Strong consistency over Regions (${placesText(left)}), and with it every replica: AWS gives it only to a table without items, and a global table never changes its consistency. To have it as it was, make an empty table with update-table --multi-region-consistency STRONG and write the items of ${name} into it.`;
  return first === undefined
    ? advise(says)
    : advise(
        `${says} Where eventual consistency will do, make replicas by hand:`,
        addReplicaCommand(name, place, first),
      );
};

/** Formats where no replica can be made. */
export const takenText = (
  { regions }: Extract<NotReapplied, { kind: 'replica-name-taken' }>,
  { target: { name } }: RestorePlan,
): string =>
  `${verb(regions.length, 'Replica', 'Replicas')} in ${listed(regions)}: a table ${name} stands there already, and AWS joins no two tables. Give another name with --target, or do without.`;

const addAgain = (
  { isStrong, keyArn, standsIn: [first] }: FormerReplica,
  table: string,
  target: Target,
): Advice =>
  isStrong === true || first === undefined
    ? advise('It has strong consistency, so that AWS adds no replica to it while it has items.')
    : advise(
        'Its items are there, newer than in any backup. Add the replica again, and replication fills it:',
        addReplicaCommand(table, { ...target, region: first }, target.region, keyArn),
      );

/** Formats what stands elsewhere of a global table, and how its replica here is added again. */
export const formerReplicaText = (former: FormerReplica, { choice, target }: RestorePlan): Advice => {
  const { table } = choice.source;
  const takes =
    target.name === table ? 'it takes the name' : `it is not called ${table}, because that is the name`;
  const again = addAgain(former, table, choice.view.target);
  return followedBy(
    {
      ...again,
      say: `${table} was a replica, and ${table} still stands in ${listed(former.standsIn)}. ${again.say}`,
    },
    advise(`What is restored is a table of its own; ${takes} that the replica needs.`),
  );
};
