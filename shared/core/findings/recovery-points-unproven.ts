import { advise } from '../../model/advice.ts';
import { type Finding, findingId } from '../../model/finding.ts';
import type { RecoveryPoint } from '../../model/recovery-point.ts';
import { listVaultCommand } from '../text/commands.ts';
import { counted } from '../text/words.ts';
import { advisedFor } from './advised.ts';
import type { CheckContext } from './context.ts';
import type { Finder, KindTraits } from './kind.ts';

declare module '../../model/finding.ts' {
  interface FindingKinds {
    readonly 'recovery-points-unproven': true;
  }
}

const findingOf = (table: string, points: readonly RecoveryPoint[], context: CheckContext): Finding => {
  const { now, observation } = context;
  const { target = observation.target, vault = 'VAULT' } = points[0]?.location ?? {};
  return {
    id: findingId('recovery-points-unproven', table),
    kind: 'recovery-points-unproven',
    severity: 'info',
    table,
    fact: `${counted(points.length, 'recovery point')} of ${table} in vaults ${points.length === 1 ? 'was' : 'were'} made with the role of this deployment, and nothing says for which policy and slot: kept, and counted for nothing.`,
    measured: `${points.length} unproven`,
    promised: 'proved by a tag or a record',
    since: now,
    ...advisedFor(table, (name) =>
      advise(
        'The record of their jobs was lost, or their tags are. They can be restored by hand and stay until someone deletes them:',
        listVaultCommand(name, vault, target),
      ),
    ),
  };
};

const find: Finder['find'] = (context) => {
  const { recoveryPoints } = context.observation;
  const unproven = recoveryPoints.filter((point) => point.unproven === true && point.status === 'available');
  return [...Map.groupBy(unproven, ({ tableName }) => tableName)].map(([table, points]) =>
    findingOf(table, points, context),
  );
};

/** What is known of it wherever it is open. */
export const recoveryPointsUnproven: KindTraits<'recovery-points-unproven'> = {
  kind: 'recovery-points-unproven',
  title: 'recovery points unproven',
  about: 'recovery-points',
  facets: ['tags', 'recovery-points', 'vaults'],
};

/** Finds tables with recovery points in vaults that the deployment's own role made and that nothing proves to be of any policy. SAFETY: they never expire. */
export const recoveryPointsUnprovenFinder: Finder<'recovery-points-unproven'> = {
  kind: 'recovery-points-unproven',
  findsFrom: ['recovery-points', 'vaults'],
  find,
};
