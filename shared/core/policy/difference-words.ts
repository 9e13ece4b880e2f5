import type { PolicyAspect, PolicyDifference } from '../../model/deployed-policies.ts';
import { assertNever } from '../../model/errors.ts';
import { orderedJson } from '../../model/ordered-json.ts';
import type { DigestSchedule, GuardrailLimits, Policy, VaultRules } from '../../model/policy.ts';
import { ASPECTS } from './differences.ts';
import {
  afterDeletionText,
  drillText,
  pitrPromiseText,
  retentionText,
  rpoText,
  rtoText,
  vaultClauses,
} from './text.ts';

/**
 * One difference in words: what differs, how it is deployed and how it is in the file; a side that
 * lacks it is absent.
 */
export interface DifferenceText {
  readonly setting: string;
  readonly policy?: string;
  readonly deployed?: string;
  readonly given?: string;
}

const guardrailText = ({ maxShare, floor }: GuardrailLimits): string =>
  `more than ${Math.round(maxShare * 1_000) / 10} % and more than ${floor} at once`;

const digestText = (digest: DigestSchedule | undefined): string =>
  digest === undefined ? 'none' : `${digest.schedule} in ${digest.timezone}`;

const drillCapText = (usd: number | undefined): string => (usd === undefined ? 'none' : `$${usd} a month`);

const windowsText = ({ startWindowMinutes, completeWindowMinutes }: VaultRules): string => {
  const end = completeWindowMinutes === undefined ? '' : ` and ends within ${completeWindowMinutes}`;
  return `a job starts within ${startWindowMinutes} minutes${end}`;
};

const vaultText = (vault: VaultRules | undefined): string =>
  vault === undefined ? 'none' : [...vaultClauses(vault), windowsText(vault)].join('; ');

const ASPECT_TEXT: Readonly<Record<PolicyAspect, (policy: Policy) => string>> = {
  engine: ({ engine }) => engine,
  vault: ({ vault }) => vaultText(vault),
  schedule: ({ schedule, timezone }) => `${schedule} in ${timezone}`,
  retention: ({ retention }) => retentionText(retention),
  rpo: rpoText,
  pitr: ({ pitr }) => pitrPromiseText(pitr),
  rto: rtoText,
  drill: drillText,
  afterDeletion: afterDeletionText,
};

const briefText = (policy: Policy): string =>
  `${ASPECT_TEXT.schedule(policy)}, ${ASPECT_TEXT.retention(policy)}`;

interface Pair<Value> {
  readonly deployed: Value;
  readonly given: Value;
}

/** Words round and leave out: where they are the same for both sides, the values stand behind them. */
const bothSides = <Value>(
  { deployed, given }: Pair<Value>,
  words: (value: Value) => string,
  facts: (value: Value) => unknown = (value) => value,
): Pair<string> =>
  words(deployed) === words(given)
    ? {
        deployed: `${words(deployed)}: ${orderedJson(facts(deployed))}`,
        given: `${words(given)}: ${orderedJson(facts(given))}`,
      }
    : { deployed: words(deployed), given: words(given) };

/** Words a difference, for a line and for a document. The two sides never read the same. */
export const differenceText = (difference: PolicyDifference): DifferenceText => {
  switch (difference.kind) {
    case 'tag':
      return { setting: 'tag', deployed: difference.deployed, given: difference.given };
    case 'guardrail':
      return { setting: 'guardrail', ...bothSides(difference, guardrailText) };
    case 'digest':
      return { setting: 'digest', ...bothSides(difference, digestText) };
    case 'drill-cap':
      return { setting: 'drills', ...bothSides(difference, drillCapText) };
    case 'policy-added':
      return {
        setting: 'policy',
        policy: difference.policy.name,
        given: briefText(difference.policy),
      };
    case 'policy-removed':
      return {
        setting: 'policy',
        policy: difference.policy.name,
        deployed: briefText(difference.policy),
      };
    case 'policy-changed': {
      const { aspect, given } = difference;
      const sides = bothSides(difference, ASPECT_TEXT[aspect], ASPECTS[aspect]);
      return { setting: aspect, policy: given.name, ...sides };
    }
    case 'setting':
      return { setting: difference.path };
    default:
      return assertNever(difference);
  }
};
