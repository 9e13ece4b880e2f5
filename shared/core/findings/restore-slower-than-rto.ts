import { advise } from '../../model/advice.ts';
import type { Drill, DrillState } from '../../model/drill.ts';
import { type Finding, findingId } from '../../model/finding.ts';
import type { Policy } from '../../model/policy.ts';
import { drillsByTable, lastDrill, restoreLeastMs, restoreTookMs } from '../drill/proof.ts';
import { drillSourceText } from '../drill/words.ts';
import { explainCommand } from '../text/commands.ts';
import { ageText } from '../text/time.ts';
import { advisedFor } from './advised.ts';
import type { Finder, KindTraits } from './kind.ts';

declare module '../../model/finding.ts' {
  interface FindingKinds {
    readonly 'restore-slower-than-rto': true;
  }
}

type Promised = Policy & { readonly rtoMs: number };

const isPromised = (policy: Policy): policy is Promised => policy.rtoMs !== undefined;

/** A restore, and how long it took. A run looks now and then, so that is known only as from and to; of one that goes on only the least. */
interface Took {
  readonly drill: Drill;
  readonly leastMs: number;
  readonly mostMs?: number | undefined;
}

/** The newest that made a table, or makes one. */
const newestOf = (state: DrillState | undefined): Took | undefined => {
  const { current } = state ?? {};
  // An export makes no table, and says nothing of a restore.
  const makesTable = current?.drillTable !== undefined;
  if (
    makesTable &&
    current.acceptedAt !== undefined &&
    current.activeAt === undefined &&
    current.result === undefined
  )
    return { drill: current, leastMs: restoreLeastMs(current) ?? 0 };
  const drill = [lastDrill(state), ...(state?.past ?? [])].find(
    (one) => one !== undefined && restoreTookMs(one) !== undefined,
  );
  return drill === undefined
    ? undefined
    : { drill, leastMs: restoreLeastMs(drill) ?? 0, mostMs: restoreTookMs(drill) };
};

const tookText = ({ leastMs, mostMs }: Took): string => {
  const [least, most] = [ageText(leastMs), ageText(mostMs ?? leastMs)];
  if (mostMs === undefined) return `takes ${least} already, and its table cannot be used yet`;
  return `took ${least === most ? most : `${least} to ${most}`} until its table could be used`;
};

const findingOf = (table: string, { name: policy, rtoMs }: Promised, took: Took): Finding => ({
  id: findingId('restore-slower-than-rto', table, policy),
  kind: 'restore-slower-than-rto',
  severity: 'warning',
  table,
  policy,
  fact: `A restore of ${table} from ${drillSourceText(took.drill)} ${tookText(took)}; policy ${policy} promises ${ageText(rtoMs)} (RTO).`,
  measured: ageText(took.leastMs),
  promised: ageText(rtoMs),
  since: took.drill.activeAt ?? took.drill.plannedAt,
  ...advisedFor(table, (name) =>
    advise(
      'AWS gives no promise of how long a restore takes. Promise more time (rto), or restore without indexes and add them later; see the table and its size:',
      explainCommand(name),
    ),
  ),
});

/** What is known of it wherever it is open. */
export const restoreSlowerThanRto: KindTraits<'restore-slower-than-rto'> = {
  kind: 'restore-slower-than-rto',
  title: 'restore slower than promised',
  facets: ['tags', 'drills'],
  breaksPromise: false,
};

/** Finds tables whose newest drill took longer than their policy promises, or takes longer already, by the least that it can have taken. */
export const restoreSlowerThanRtoFinder: Finder<'restore-slower-than-rto'> = {
  kind: 'restore-slower-than-rto',
  findsFrom: ['drills'],
  find: ({ governed, observation }) => {
    const states = drillsByTable(observation.drills ?? [], observation.tables);
    return governed.flatMap(({ table: { name }, policies }) => {
      const newest = newestOf(states.get(name));
      if (newest === undefined) return [];
      return policies
        .filter(isPromised)
        .filter(({ rtoMs }) => newest.leastMs > rtoMs)
        .map((policy) => findingOf(name, policy, newest));
    });
  },
};
