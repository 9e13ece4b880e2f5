import { type Advice, advise } from '../../model/advice.ts';
import type { DeployedPolicies } from '../../model/deployed-policies.ts';
import type { Diagnosis } from '../../model/diagnosis.ts';
import { assertNever } from '../../model/errors.ts';
import { HOUR_MS, type Instant } from '../../model/instant.ts';
import type { NotedRun } from '../../model/noted-run.ts';
import type { Policies } from '../../model/policy.ts';
import { deployedLines } from '../policy/differences-text.ts';
import { logCommand } from '../text/commands.ts';
import { agoText } from '../text/time.ts';

/**
 * How long a function may be silent, in milliseconds: twice the interval of its schedule, because one run may be late
 * but not two.
 */
const SILENT_AFTER_MS: Readonly<Record<string, number>> = {
  backup: HOUR_MS,
  prune: 12 * HOUR_MS,
  audit: 12 * HOUR_MS,
  drill: 2 * HOUR_MS,
};

/** Lists the functions on a schedule, in the order in which `runDiagnoses` reports them; that of drills where a policy asks for them. */
export const scheduledFunctions = ({ policies }: Pick<Policies, 'policies'>): readonly string[] => [
  ...['backup', 'prune', 'audit'],
  ...(policies.some(({ drill }) => drill !== undefined) ? ['drill'] : []),
];

const logsOf = (name: string, instance: string): Advice =>
  advise('Read its log:', logCommand(`tablekeeper-${instance}-${name}`));

const deployText = (name: string): string =>
  `Deploy${name === 'drill' ? ' with --param=drills=on' : ''}, and wait for its schedule or start it:`;

const startOf = (name: string, instance: string): Advice =>
  advise(deployText(name), [
    ...['aws', 'lambda', 'invoke', '--function-name', `tablekeeper-${instance}-${name}`],
    '/dev/stdout',
  ]);

const runOf = (name: string, run: NotedRun | undefined, now: Instant, instance: string): Diagnosis => {
  const item = `function ${name}`;
  if (run === undefined)
    return {
      item,
      status: 'missing',
      says: 'has never run',
      fix: startOf(name, instance),
    };
  const ago = agoText(run.at, now);
  if (now - run.at > (SILENT_AFTER_MS[name] ?? 0))
    return {
      item,
      status: 'missing',
      says: `ran ${ago} for the last time`,
      fix: logsOf(name, instance),
    };
  return run.whole
    ? { item, status: 'fine', says: `ran ${ago}` }
    : { item, status: 'missing', says: `ran ${ago} and was not whole`, fix: logsOf(name, instance) };
};

/** When, of which instance and with which policies runs are looked at. */
export interface RunsScope {
  readonly now: Instant;
  readonly instance: string;
  readonly policies: Pick<Policies, 'policies'>;
}

/** Reports the last run of each function on a schedule. A function without a recorded run has never run. */
export const runDiagnoses = (
  runs: readonly NotedRun[],
  { now, instance, policies }: RunsScope,
): readonly Diagnosis[] =>
  scheduledFunctions(policies).map((name) =>
    runOf(
      name,
      runs.find((run) => run.name === name),
      now,
      instance,
    ),
  );

/**
 * Reports whether the functions last ran with this policy file, and how it differs if they did not. Unknown before the
 * first run.
 */
export const policiesDiagnosis = (deployed: DeployedPolicies): Diagnosis => {
  const item = 'policy file';
  switch (deployed.kind) {
    case 'never-ran':
    case 'unreadable':
      return { item, status: 'unknown', says: 'is valid; no run tells yet what was deployed' };
    case 'same':
      return { item, status: 'fine', says: 'is valid, and is what was deployed' };
    case 'differ': {
      const [, ...lines] = deployedLines('', deployed);
      const names = deployed.others.flatMap(({ functions }) => functions).toSorted();
      return {
        item,
        status: 'missing',
        says: `is valid, but ${names.join(', ')} ran last with another one`,
        fix: advise('Deploy it, or look at the one that was deployed with --policies FILE.'),
        details: lines,
      };
    }
    default:
      return assertNever(deployed);
  }
};

/** Reports whether hints arrive. None so far is unknown, not a fault: perhaps nothing has happened. */
export const hintsDiagnosis = (runs: readonly NotedRun[], now: Instant): Diagnosis => {
  const item = 'hints';
  const hint = runs.find(({ name }) => name === 'hint');
  if (hint === undefined)
    return { item, status: 'unknown', says: 'none has come yet: tag a table to see one' };
  return { item, status: 'fine', says: `the last one came ${agoText(hint.at, now)}` };
};

/** Returns when a trail last reported a call, or undefined when none ever did. */
export const lastCallAt = (runs: readonly NotedRun[]): Instant | undefined =>
  runs.find(({ name }) => name === 'cloudtrail')?.at;
