import { type Advice, advise } from '../../model/advice.ts';
import type { Drill, DrillState } from '../../model/drill.ts';
import { type Finding, findingId } from '../../model/finding.ts';
import type { Instant } from '../../model/instant.ts';
import type { DrillRule } from '../../model/policy.ts';
import { drillsByTable, lastProof, provedAt } from '../drill/proof.ts';
import { dueAt, type WantedDrill, wantedDrills } from '../drill/wanted.ts';
import { bytesText } from '../text/bytes.ts';
import { explainCommand } from '../text/commands.ts';
import { utcText } from '../text/time.ts';
import { advisedFor } from './advised.ts';
import type { Finder, KindTraits } from './kind.ts';

declare module '../../model/finding.ts' {
  interface FindingKinds {
    readonly 'drill-proves-less': true;
  }
}

/** Why the last drill went less far. What a drill was measured by is not kept with it: the rule may have been changed since. */
type Reason = 'size-unknown' | 'too-large' | 'no-pitr' | 'rule-changed';

/** SAFETY: only what still holds is given as the reason; the present rule says nothing of a drill that it would have let go further. */
const reasonOf = ({ sizeBytes, source }: Drill, { level, maxSizeBytes }: DrillRule): Reason => {
  if (sizeBytes === undefined) return 'size-unknown';
  if (sizeBytes > maxSizeBytes) return 'too-large';
  return level === 'sampled' && source.kind !== 'point-in-time' ? 'no-pitr' : 'rule-changed';
};

const reasonText = ({ sizeBytes = 0 }: Drill, { maxSizeBytes }: DrillRule, reason: Reason): string => {
  switch (reason) {
    case 'size-unknown':
      return 'its size is not known';
    case 'too-large':
      return `it has ${bytesText(sizeBytes)}, and maxSizeGb allows ${bytesText(maxSizeBytes)}`;
    case 'no-pitr':
      return 'only point-in-time recovery can be exported, and the last one had none';
    case 'rule-changed':
      return `the last one, of ${bytesText(sizeBytes)}, was made under another limit than maxSizeGb is now, ${bytesText(maxSizeBytes)}`;
  }
};

const nextText = (wanted: WantedDrill, state: DrillState | undefined, now: Instant): string => {
  const at = dueAt(wanted, state);
  return at > now ? `The next one is due ${utcText(at)}.` : 'The next one is due now.';
};

const adviceOf = (reason: Reason, name: string): Advice =>
  reason === 'rule-changed'
    ? advise(
        'Nothing, if the present limit is meant: the next drill goes as far as asked. See the table:',
        explainCommand(name),
      )
    : advise(
        'Raise maxSizeGb, which costs what a restore of the table costs, or promise point-in-time recovery where the level is sampled, or write level: described if that is meant. See the table:',
        explainCommand(name),
      );

const findingOf = (
  wanted: WantedDrill,
  drill: Drill,
  state: DrillState | undefined,
  now: Instant,
): Finding => {
  const { rule } = wanted;
  const reason = reasonOf(drill, rule);
  return {
    id: findingId('drill-proves-less', drill.table, drill.policy),
    kind: 'drill-proves-less',
    severity: 'warning',
    table: drill.table,
    policy: drill.policy,
    fact: `Drills of ${drill.table} go no further than ${drill.level}, and policy ${drill.policy} asks for ${rule.level}: ${reasonText(drill, rule, reason)}. No item of it was read. ${nextText(wanted, state, now)}`,
    measured: drill.level,
    promised: rule.level,
    since: provedAt(drill),
    ...advisedFor(drill.table, (name) => adviceOf(reason, name)),
  };
};

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
  find: ({ governed, now, observation }) => {
    const states = drillsByTable(observation.drills ?? [], observation.tables);
    return wantedDrills(governed).flatMap((wanted) => {
      const { table, policy, rule } = wanted;
      if (rule.level !== 'restored' && rule.level !== 'sampled') return [];
      const state = states.get(table);
      const last = lastProof(state, policy);
      return last?.askedLevel === rule.level ? [findingOf(wanted, last, state, now)] : [];
    });
  },
};
