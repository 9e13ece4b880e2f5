import type { PolicyAspect, PolicyDifference } from '../../model/deployed-policies.ts';
import { sameValue } from '../../model/ordered-json.ts';
import type { Policies, Policy } from '../../model/policy.ts';

const WHOLE_NUMBER = 'Write a whole number from 1 to 100000, or leave it out.';
const DAYS = 'Write a whole number of days from 1 to 36500, or leave it out.';
const AN_ARN = 'arn:aws:backup:eu-west-1:111122223333:backup-vault:tablekeeper-dr';
const DURATION = 'Write a duration with its unit, such as 90min, 48h, 7d, 2w or 1y6m.';

/** Every setting of a policy file, by its path with `*` for a policy's name, and what to write there. */
const FIXES: Readonly<Record<string, string>> = {
  '': 'Write settings by name: tag, timezone, guardrail, digest, drills, deletedVaults and policies.',
  tag: 'Write the key of a tag, such as backup:policy.',
  timezone: 'Write an IANA zone, such as Europe/Berlin or UTC.',
  guardrail: 'Write { maxShare: 0.5, floor: 5 }.',
  'guardrail.maxShare': 'Write a share over 0 and up to 1, such as 0.5.',
  'guardrail.floor': 'Write a whole number from 0 to 100000, such as 5.',
  digest: 'Write { schedule: "0 8 * * 1" }, or leave it out.',
  'digest.schedule': 'Write a cron of five fields in quotes, such as "0 8 * * 1" for Mondays at 08:00.',
  drills: 'Write { maxMonthlyUsd: 20 }, or leave it out.',
  'drills.maxMonthlyUsd': 'Write an amount of US dollars, such as 20.',
  deletedVaults: `Write a list of vaults: [ "${AN_ARN}" ], or leave it out.`,
  'deletedVaults.*': `Write the ARN of a backup vault, such as "${AN_ARN}".`,
  policies: 'Write policies by name, such as standard: { schedule: "0 3 * * *", retention: { daily: 7 } }.',
  'policies.*': 'Write its settings, such as { schedule: "0 3 * * *", retention: { daily: 7 } }.',
  'policies.*.engine': 'Write dynamodb or aws-backup.',
  'policies.*.vault': 'Write the name of a backup vault, such as tablekeeper.',
  'policies.*.coldAfterDays': DAYS,
  'policies.*.deleteAfterDays': DAYS,
  'policies.*.startWindow': DURATION,
  'policies.*.completeWindow': DURATION,
  'policies.*.copyTo': `Write a list of vaults: [ "${AN_ARN}" ].`,
  'policies.*.copyTo.*': `Write "${AN_ARN}", or { vault: "${AN_ARN}", retention: { monthly: 12 } }.`,
  'policies.*.copyTo.*.vault': `Write the ARN of a backup vault, such as "${AN_ARN}".`,
  'policies.*.copyTo.*.coldAfterDays': DAYS,
  'policies.*.copyTo.*.retention': 'Write at least one rule, such as { monthly: 12 }, or leave it out.',
  'policies.*.copyTo.*.retention.last': WHOLE_NUMBER,
  'policies.*.copyTo.*.retention.hourly': WHOLE_NUMBER,
  'policies.*.copyTo.*.retention.daily': WHOLE_NUMBER,
  'policies.*.copyTo.*.retention.weekly': WHOLE_NUMBER,
  'policies.*.copyTo.*.retention.monthly': WHOLE_NUMBER,
  'policies.*.copyTo.*.retention.yearly': WHOLE_NUMBER,
  'policies.*.copyTo.*.retention.within': DURATION,
  'policies.*.schedule': 'Write a cron of five fields in quotes, such as "0 3 * * *" for every day at 03:00.',
  'policies.*.retention': 'Write at least one rule, such as { daily: 7 }.',
  'policies.*.retention.last': WHOLE_NUMBER,
  'policies.*.retention.hourly': WHOLE_NUMBER,
  'policies.*.retention.daily': WHOLE_NUMBER,
  'policies.*.retention.weekly': WHOLE_NUMBER,
  'policies.*.retention.monthly': WHOLE_NUMBER,
  'policies.*.retention.yearly': WHOLE_NUMBER,
  'policies.*.retention.within': DURATION,
  'policies.*.pitr': 'Write { required: true, recoveryPeriodDays: 35, onDrift: alert }, or leave it out.',
  'policies.*.pitr.required': 'Write true or false.',
  'policies.*.pitr.recoveryPeriodDays': 'Write a whole number of days from 1 to 35.',
  'policies.*.pitr.onDrift': 'Write alert or repair.',
  'policies.*.rpo': DURATION,
  'policies.*.rto': DURATION,
  'policies.*.drill': 'Write { every: 7d, level: restored, maxSizeGb: 50, sample: 100 }, or leave it out.',
  'policies.*.drill.every': 'Write a duration from 1d to 1y, such as 7d or 30d.',
  'policies.*.drill.level': 'Write listed, described, sampled or restored.',
  'policies.*.drill.maxSizeGb': 'Write a size in gigabytes, such as 50.',
  'policies.*.drill.sample': 'Write a whole number of items from 1 to 10000, such as 100.',
  'policies.*.afterDeletion': 'Write { keep: 30d }, or leave it out.',
  'policies.*.afterDeletion.keep': 'Write a duration of 7d or more, such as 30d.',
};

/**
 * Converts a path in a policy file to the path of its setting: the name of a policy and the place in a list become `*`.
 */
export const settingOf = (path: readonly PropertyKey[]): string =>
  path
    .map((part, index) =>
      typeof part === 'number' || (index === 1 && path[0] === 'policies') ? '*' : String(part),
    )
    .join('.');

/** Returns what to write at a path in a policy file; for a path that is not a setting, what to write for the setting around it. */
export const fixFor = (path: readonly PropertyKey[]): string =>
  FIXES[settingOf(path)] ?? (path.length === 0 ? '' : fixFor(path.slice(0, -1)));

/** Returns the names of the settings in a map, sorted. */
export const settingsIn = (path: readonly PropertyKey[]): readonly string[] => {
  const prefix = path.length === 0 ? '' : `${settingOf(path)}.`;
  return Object.keys(FIXES)
    .filter((setting) => setting !== '' && setting.startsWith(prefix))
    .map((setting) => setting.slice(prefix.length))
    .filter((name) => !name.includes('.'))
    .toSorted();
};

/** What each aspect compares. */
export const ASPECTS: Readonly<Record<PolicyAspect, (policy: Policy) => unknown>> = {
  engine: ({ engine }) => engine,
  vault: ({ vault }) => vault,
  schedule: ({ schedule, timezone }) => [schedule, timezone],
  retention: ({ retention }) => retention,
  rpo: ({ rpoMs }) => rpoMs,
  pitr: ({ pitr }) => pitr,
  rto: ({ rtoMs }) => rtoMs,
  drill: ({ drill }) => drill,
  afterDeletion: ({ afterDeletion }) => afterDeletion,
};

/** What the kinds of difference have words for; anything else is named by its path. */
const WORDED: readonly string[] = ['tag', 'guardrail', 'digest', 'drillCapUsd', 'policies'];

/** What is no rule: who gave the tag, and how they were deployed. */
const NO_RULES: readonly string[] = ['isOwnTag', 'isPackaged'];
const WORDED_OF_A_POLICY: readonly string[] = [
  'name',
  'engine',
  'vault',
  'schedule',
  'timezone',
  'retention',
  'rpoMs',
  'pitr',
  'rtoMs',
  'drill',
  'afterDeletion',
];

const unworded = (
  deployed: object,
  given: object,
  { worded, path }: { readonly worded: readonly string[]; readonly path: string },
): readonly PolicyDifference[] => {
  const [before, after] = [new Map(Object.entries(deployed)), new Map(Object.entries(given))];
  return [...new Set([...before.keys(), ...after.keys()])]
    .filter((key) => !(worded.includes(key) || sameValue(before.get(key), after.get(key))))
    .toSorted()
    .map((key) => ({ kind: 'setting', path: `${path}${key}` }));
};

const changed = (deployed: Policy, given: Policy): readonly PolicyDifference[] => [
  ...(Object.keys(ASPECTS) as PolicyAspect[])
    .filter((aspect) => !sameValue(ASPECTS[aspect](deployed), ASPECTS[aspect](given)))
    .map((aspect) => ({ kind: 'policy-changed', aspect, deployed, given }) as const),
  ...unworded(deployed, given, { worded: WORDED_OF_A_POLICY, path: `policies.${given.name}.` }),
];

const ofPolicies = (deployed: Policies, given: Policies): readonly PolicyDifference[] => {
  const before = new Map(deployed.policies.map((policy) => [policy.name, policy]));
  const after = new Map(given.policies.map((policy) => [policy.name, policy]));
  const names = [...new Set([...before.keys(), ...after.keys()])].toSorted();
  return names.flatMap((name): readonly PolicyDifference[] => {
    const [was, is] = [before.get(name), after.get(name)];
    if (was !== undefined && is !== undefined) return changed(was, is);
    if (is !== undefined) return [{ kind: 'policy-added', policy: is }];
    return was === undefined ? [] : [{ kind: 'policy-removed', policy: was }];
  });
};

/**
 * Lists how policies differ from those that are deployed: tag, guardrail, digest and drills first, then
 * policy by policy. Empty only if every value is the same; the order in which settings were written
 * does not matter.
 */
export const policyDifferences = (deployed: Policies, given: Policies): readonly PolicyDifference[] => [
  ...(deployed.tag === given.tag ? [] : [{ kind: 'tag', deployed: deployed.tag, given: given.tag } as const]),
  ...(sameValue(deployed.guardrail, given.guardrail)
    ? []
    : [{ kind: 'guardrail', deployed: deployed.guardrail, given: given.guardrail } as const]),
  ...(sameValue(deployed.digest, given.digest)
    ? []
    : [{ kind: 'digest', deployed: deployed.digest, given: given.digest } as const]),
  ...(deployed.drillCapUsd === given.drillCapUsd
    ? []
    : [{ kind: 'drill-cap', deployed: deployed.drillCapUsd, given: given.drillCapUsd } as const]),
  ...ofPolicies(deployed, given),
  ...unworded(deployed, given, { worded: [...WORDED, ...NO_RULES], path: '' }),
];
