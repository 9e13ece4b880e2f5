import { type Advice, advise } from '../../model/advice.ts';
import { type Finding, findingId } from '../../model/finding.ts';
import { DAY_MS, type Instant } from '../../model/instant.ts';
import type { RecoveryPoint } from '../../model/recovery-point.ts';
import { ruleReaches } from '../policy/reach-days.ts';
import { holdOf } from '../scene/hold.ts';
import { keepPointCommands, listVaultCommand, whoCalledCommand } from '../text/commands.ts';
import { daysText, utcText } from '../text/time.ts';
import { guardedText } from '../text/vault-guard.ts';
import { counted } from '../text/words.ts';
import { advisedFor } from './advised.ts';
import type { CheckContext, SeriesState } from './context.ts';
import type { Finder, KindTraits } from './kind.ts';

declare module '../../model/finding.ts' {
  interface FindingKinds {
    readonly 'recovery-points-ending': true;
  }
}

interface Ending extends RecoveryPoint {
  readonly deletesAt: Instant;
}

const isEnding = (point: RecoveryPoint): point is Ending => point.deletesAt !== undefined;

/** The longest that a rule keeps anything; a policy that lets AWS Backup delete does so after longer than this. */
const reachDays = ({ policy }: SeriesState): number =>
  Math.max(0, ...ruleReaches(policy.retention, policy).map(({ days }) => days));

const availableIn = ({ points }: SeriesState): readonly RecoveryPoint[] =>
  points
    .map(({ recoveryPoint }) => recoveryPoint)
    .filter(({ location, status }) => status === 'available' && location.vault !== undefined);

/** So many are named with their commands; a list of the vault has the others. */
const NAMED = 5;

interface Found {
  readonly series: SeriesState;
  /** Newest first; at least one. */
  readonly ending: readonly [Ending, ...Ending[]];
  readonly isHeld: boolean;
}

const foundIn = (series: SeriesState, isHeld: boolean): readonly Found[] => {
  const ending = availableIn(series).filter(isEnding);
  // Native backups never end by themselves, and every run asks for every table.
  if (ending.length === 0) return [];
  const days = reachDays(series);
  const [newest, ...others] = ending
    .filter(({ createdAt, deletesAt }) => isHeld || deletesAt - createdAt < days * DAY_MS)
    .toSorted((a, b) => b.createdAt - a.createdAt);
  return newest === undefined ? [] : [{ series, ending: [newest, ...others], isHeld }];
};

/** Whether nothing is left of the series soon, unless what comes next is made. */
const isLastGoing = ({ ending, series }: Found, { now }: CheckContext): boolean =>
  ending.length === availableIn(series).length &&
  Math.max(...ending.map(({ deletesAt }) => deletesAt)) - now < 2 * series.policy.rpoMs;

const whatText = ({ ending, isHeld, series }: Found): string => {
  const { policy, table } = series;
  const first = utcText(Math.min(...ending.map(({ deletesAt }) => deletesAt)));
  const of = `${ending.length} of ${counted(availableIn(series).length, 'recovery point')} of ${table} under ${policy.name}`;
  return isHeld
    ? `A hold keeps everything of ${table}, and AWS Backup deletes ${of} nevertheless, as it was told when they were made: the first on ${first}.`
    : `AWS Backup deletes ${of} earlier than the rules may, the first on ${first}: the longest rule keeps for ${daysText(reachDays(series))}.`;
};

const adviceOf = (found: Found, name: string, { observation }: CheckContext): Advice => {
  const { ending, isHeld, series } = found;
  const { target } = observation;
  const { coldAfterDays } = series.policy.vault ?? {};
  // One vault after the other: what is written of a vault's policy is put back before the next is taken.
  const byVault = Map.groupBy(ending.slice(0, NAMED), ({ location }) => location.vault ?? '');
  const why = isHeld
    ? 'Only AWS Backup can be told otherwise'
    : 'They were made under other settings, or somebody changed them since';
  const more = ending.length > NAMED ? `, as here the newest ${NAMED} of ${ending.length}` : '';
  return advise(
    guardedText(
      `${why}: give each of them its time${more}. A vault with a lock lets nobody change that: take a lock in governance mode away before, and put it back`,
      ending,
    ),
    ...[...byVault].flatMap(([vault, points]) =>
      keepPointCommands(
        { name: vault, target },
        points.map(({ id }) => id),
        coldAfterDays,
      ),
    ),
    ...(ending.length > NAMED
      ? [...byVault.keys()].map((vault) => listVaultCommand(name, vault, target))
      : []),
    whoCalledCommand('UpdateRecoveryPointLifecycle', target),
  );
};

const findingOf = (found: Found, context: CheckContext): Finding => {
  const { ending, isHeld, series } = found;
  const { policy, table } = series;
  return {
    id: findingId('recovery-points-ending', table, policy.name),
    kind: 'recovery-points-ending',
    severity: isLastGoing(found, context) ? 'critical' : 'warning',
    table,
    policy: policy.name,
    cause: isHeld ? 'a hold' : 'the rules',
    fact: whatText(found),
    measured: `${ending.length} ending`,
    promised: isHeld ? 'nothing is deleted' : `kept for up to ${daysText(reachDays(series))}`,
    since: context.now,
    ...advisedFor(table, (name) => adviceOf(found, name, context), isHeld ? 'hold' : 'rules'),
  };
};

const find: Finder['find'] = (context) => {
  const held = new Set(
    context.governed.filter(({ table }) => holdOf(table).kind !== 'none').map(({ table: { name } }) => name),
  );
  return context.allSeries
    .flatMap((series) => foundIn(series, held.has(series.table)))
    .map((found) => findingOf(found, context));
};

/** What is known of it wherever it is open. */
export const recoveryPointsEnding: KindTraits<'recovery-points-ending'> = {
  kind: 'recovery-points-ending',
  title: 'recovery points ending',
  facets: ['tags', 'vaults'],
};

/**
 * Finds series of which AWS Backup itself deletes recovery points before the rules of their policy may, or although a hold keeps them: their days are
 * written on each, and nothing that this deployment decides changes them.
 */
export const recoveryPointsEndingFinder: Finder<'recovery-points-ending'> = {
  kind: 'recovery-points-ending',
  findsFrom: ['tags', 'vaults'],
  find,
};
