import { advise } from '../../model/advice.ts';
import type { Drill } from '../../model/drill.ts';
import { type Finding, findingId } from '../../model/finding.ts';
import type { DrillRule } from '../../model/policy.ts';
import { drillsByTable, lastProof, provedAt } from '../drill/proof.ts';
import { wantedDrills } from '../drill/wanted.ts';
import { bytesText } from '../text/bytes.ts';
import { explainCommand } from '../text/commands.ts';
import { advisedFor } from './advised.ts';
import type { Finder, KindTraits } from './kind.ts';

declare module '../../model/finding.ts' {
  interface FindingKinds {
    readonly 'drill-proves-less': true;
  }
}

const reasonOf = ({ sizeBytes }: Drill, { maxSizeBytes }: DrillRule): string => {
  if (sizeBytes === undefined) return 'its size is not known';
  if (sizeBytes > maxSizeBytes)
    return `it has ${bytesText(sizeBytes)}, and maxSizeGb allows ${bytesText(maxSizeBytes)}`;
  return 'only point-in-time recovery can be exported, and it has none';
};

const findingOf = (drill: Drill, rule: DrillRule): Finding => ({
  id: findingId('drill-proves-less', drill.table, drill.policy),
  kind: 'drill-proves-less',
  severity: 'warning',
  table: drill.table,
  policy: drill.policy,
  fact: `Drills of ${drill.table} go no further than ${drill.level}, and policy ${drill.policy} asks for ${rule.level}: ${reasonOf(drill, rule)}. No item of it was read.`,
  measured: drill.level,
  promised: rule.level,
  since: provedAt(drill),
  ...advisedFor(drill.table, (name) =>
    advise(
      'Raise maxSizeGb, which costs what a restore of the table costs, or promise point-in-time recovery where the level is sampled, or write level: described if that is meant. See the table:',
      explainCommand(name),
    ),
  ),
});

/** What is known of it wherever it is open. */
export const drillProvesLess: KindTraits<'drill-proves-less'> = {
  kind: 'drill-proves-less',
  title: 'drill proves less than asked',
  facets: ['tags', 'drills'],
  breaksPromise: false,
};

/** Finds tables whose newest proof is of a lower level than their policy asks for: it reads items, and no item was read. */
export const drillProvesLessFinder: Finder<'drill-proves-less'> = {
  kind: 'drill-proves-less',
  findsFrom: ['drills'],
  find: ({ governed, observation }) => {
    const states = drillsByTable(observation.drills ?? [], observation.tables);
    return wantedDrills(governed).flatMap(({ table, policy, rule }) => {
      if (rule.level !== 'restored' && rule.level !== 'sampled') return [];
      const last = lastProof(states.get(table), policy);
      return last?.askedLevel === rule.level ? [findingOf(last, rule)] : [];
    });
  },
};
