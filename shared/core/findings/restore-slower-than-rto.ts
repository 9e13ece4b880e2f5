import { advise } from '../../model/advice.ts';
import type { Drill, DrillState } from '../../model/drill.ts';
import { type Finding, findingId } from '../../model/finding.ts';
import type { Instant } from '../../model/instant.ts';
import type { Policy } from '../../model/policy.ts';
import { drillsByTable, lastDrill, restoreTookMs } from '../drill/proof.ts';
import { drillSourceText } from '../drill/words.ts';
import { explainCommand } from '../text/commands.ts';
import { ageText } from '../text/time.ts';
import { advisedFor } from './advised.ts';
import type { ObservedKind } from './kind.ts';

declare module '../../model/finding.ts' {
  interface FindingKinds {
    readonly 'restore-slower-than-rto': true;
  }
}

type Promised = Policy & { readonly rtoMs: number };

const isPromised = (policy: Policy): policy is Promised => policy.rtoMs !== undefined;

/** The newest that made a table, and how long that took; of one that goes on, how long it takes already. */
const newestOf = (
  state: DrillState | undefined,
  now: Instant,
): { readonly drill: Drill; readonly tookMs: number } | undefined => {
  const { current } = state ?? {};
  // An export makes no table, and says nothing of a restore.
  const makesTable = current?.drillTable !== undefined;
  if (
    makesTable &&
    current.acceptedAt !== undefined &&
    current.activeAt === undefined &&
    current.result === undefined
  )
    return { drill: current, tookMs: now - current.acceptedAt };
  const drill = [lastDrill(state), ...(state?.past ?? [])].find(
    (one) => one !== undefined && restoreTookMs(one) !== undefined,
  );
  return drill === undefined ? undefined : { drill, tookMs: restoreTookMs(drill) ?? 0 };
};

const findingOf = (
  table: string,
  { name: policy, rtoMs }: Promised,
  { drill, tookMs }: { readonly drill: Drill; readonly tookMs: number },
): Finding => ({
  id: findingId('restore-slower-than-rto', table, policy),
  kind: 'restore-slower-than-rto',
  severity: 'warning',
  table,
  policy,
  fact: `A restore of ${table} from ${drillSourceText(drill)} took ${ageText(tookMs)} until its table could be used; policy ${policy} promises ${ageText(rtoMs)} (RTO).`,
  measured: ageText(tookMs),
  promised: ageText(rtoMs),
  since: drill.activeAt ?? drill.plannedAt,
  ...advisedFor(table, (name) =>
    advise(
      'AWS gives no promise of how long a restore takes. Promise more time (rto), or restore without indexes and add them later; see the table and its size:',
      explainCommand(name),
    ),
  ),
});

/** Finds tables whose newest drill took longer than their policy promises, or takes longer already. */
export const restoreSlowerThanRto: ObservedKind<'restore-slower-than-rto'> = {
  kind: 'restore-slower-than-rto',
  title: 'restore slower than promised',
  facets: ['tags', 'drills'],
  findsFrom: ['drills'],
  breaksPromise: false,
  find: ({ governed, now, observation }) => {
    const states = drillsByTable(observation.drills ?? [], observation.tables);
    return governed.flatMap(({ table: { name }, policies }) => {
      const newest = newestOf(states.get(name), now);
      if (newest === undefined) return [];
      return policies
        .filter(isPromised)
        .filter(({ rtoMs }) => newest.tookMs > rtoMs)
        .map((policy) => findingOf(name, policy, newest));
    });
  },
};
