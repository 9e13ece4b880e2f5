import { type Advice, advise, followedBy } from '../../model/advice.ts';
import { type Finding, findingId } from '../../model/finding.ts';
import { DAY_MS, type Instant } from '../../model/instant.ts';
import type { OpenFinding } from '../../model/memory.ts';
import { isPassingTable } from '../../model/passing-table.ts';
import type { RecoveryPoint } from '../../model/recovery-point.ts';
import type { OwnRecoveryPoint } from '../scene/own-points.ts';
import { isSeenWhole } from '../scene/reach.ts';
import { explainCommand, keepPointCommands, restoreTableCommand } from '../text/commands.ts';
import { utcText } from '../text/time.ts';
import { guardedText } from '../text/vault-guard.ts';
import { counted, verb } from '../text/words.ts';
import { advisedFor } from './advised.ts';
import type { CheckContext } from './context.ts';
import type { Footing, FootingScene } from './footing-scene.ts';
import type { Finder, KindTraits } from './kind.ts';
import { lossBy } from './recovery-points-of-lost-table.ts';

declare module '../../model/finding.ts' {
  interface FindingKinds {
    readonly 'lost-table-ending': true;
  }
}

/** People are told a week before. */
const SOON_MS = 7 * DAY_MS;

/** Every day of the last ones. */
const LAST_DAYS_MS = 3 * DAY_MS;

/** Something that AWS Backup deletes by itself. */
interface Ending extends RecoveryPoint {
  readonly deletesAt: Instant;
}

const isEnding = (point: RecoveryPoint): point is Ending => point.deletesAt !== undefined;

const placeText = ({ location: { target, vault } }: RecoveryPoint): string =>
  `${vault ?? 'DynamoDB'} in ${target.region} of account ${target.accountId}`;

const adviceOf = (name: string, last: Ending, context: CheckContext): Advice => {
  const { observation, policies } = context;
  const { id, location, origin } = last;
  const cold = policies.policies.find((policy) => policy.name === origin?.policy)?.vault?.coldAfterDays;
  const isThere = id !== '' && location.vault !== undefined;
  const restore = advise(
    'Nothing has to be done if this is meant. Otherwise restore the table before that day:',
    ...(isThere ? [restoreTableCommand(name, id, observation.target)] : []),
    explainCommand(name),
  );
  if (!isThere) return restore;
  const vault = { name: location.vault ?? '', target: location.target };
  return followedBy(
    restore,
    advise(
      guardedText(
        `Or let the last of them stay, ${placeText(last)}, with rights in that account. A vault with a lock lets nobody change it`,
        [last],
      ),
      ...keepPointCommands(
        vault,
        [id],
        location.target.region === observation.target.region ? cold : undefined,
      ),
    ),
  );
};

const findingOf = (
  table: string,
  points: readonly Ending[],
  last: Ending,
  context: CheckContext,
): Finding => {
  const { now } = context;
  const count = counted(points.length, 'recovery point');
  const at = utcText(last.deletesAt);
  return {
    id: findingId('lost-table-ending', table),
    kind: 'lost-table-ending',
    severity: last.deletesAt - now <= LAST_DAYS_MS ? 'critical' : 'warning',
    table,
    fact:
      `AWS Backup deletes by itself what is left of ${table}, which is gone: ${count}, the last on ${at}, of ${utcText(last.createdAt)}, ${placeText(last)}. ` +
      `${verb(points.length, 'It was', 'They were')} given that end when ${verb(points.length, 'it was', 'they were')} made, by deleteAfterDays of the policy or the retention of a copy. After that nothing that Tablekeeper made is left of it.`,
    measured: `${points.length} ending`,
    promised: `kept until ${at}`,
    since: now,
    until: last.deletesAt,
    ...advisedFor(table, (name) => adviceOf(name, last, context)),
  };
};

/**
 * Ends silently when they are gone, which the deletion's own finding reports; that the table is back resolves it. A run that did not look at everything leaves it
 * open: otherwise the next audit would report it as new.
 */
const footingOf = ({ table = '' }: OpenFinding, { existing, isSeenWhole: isSeen }: FootingScene): Footing => {
  if (existing.has(table)) return 'looked-at';
  return isSeen ? 'withdrawn' : 'held';
};

const leftByTable = ({ everywhere }: CheckContext) =>
  Map.groupBy(
    everywhere.filter(({ recoveryPoint: { status } }) => status === 'available'),
    ({ recoveryPoint }) => recoveryPoint.tableName,
  );

const endOf = (points: readonly OwnRecoveryPoint[]): readonly [Ending, readonly Ending[]] | undefined => {
  const all = points.map(({ recoveryPoint }) => recoveryPoint);
  const ending = all.filter(isEnding).toSorted((a, b) => a.deletesAt - b.deletesAt);
  const last = ending.at(-1);
  return last === undefined || ending.length < all.length ? undefined : [last, ending];
};

const find: Finder['find'] = (context) => {
  const { now, observation } = context;
  if (!isSeenWhole(observation, 'table-names', 'recovery-points')) return [];
  const lossOf = lossBy(context);
  return [...leftByTable(context)].flatMap(([table, points]) => {
    if (
      isPassingTable(table) ||
      points.some(({ recoveryPoint }) => lossOf(table, recoveryPoint.tableId) !== 'deleted')
    )
      return [];
    const [last, ending] = endOf(points) ?? [];
    if (last === undefined || ending === undefined || last.deletesAt - now > SOON_MS) return [];
    return [findingOf(table, ending, last, context)];
  });
};

/** What is known of it wherever it is open. */
export const lostTableEnding: KindTraits<'lost-table-ending'> = {
  kind: 'lost-table-ending',
  title: 'last recovery points deleted by AWS Backup',
  neverMuted: true,
  footingOf,
  facets: ['tags', 'table-names', 'recovery-points', 'vaults'],
};

/**
 * Finds deleted tables of which AWS Backup soon deletes the last recovery point, at home and in copies, by the end that each was given: a week before, and as
 * critical in the last three days. Nobody can mute it.
 */
export const lostTableEndingFinder: Finder<'lost-table-ending'> = {
  kind: 'lost-table-ending',
  findsFrom: ['recovery-points', 'vaults'],
  find,
};
