import type { Diagnosis } from '../../model/diagnosis.ts';
import { HOUR_MS, type Instant } from '../../model/instant.ts';
import type { NotedRun } from '../../model/noted-run.ts';
import { agoText } from '../render/time-text.ts';

/** Twice the time between two ticks of the schedules: one run may be late, two may not. In milliseconds. */
const SILENT_AFTER_MS: Readonly<Record<string, number>> = {
  backup: HOUR_MS,
  prune: 12 * HOUR_MS,
  audit: 12 * HOUR_MS,
};

const logsOf = (name: string, instance: string): string =>
  `Read its log:\n  aws logs tail /aws/lambda/tablekeeper-${instance}-${name} --since 1d`;

const runOf = (name: string, run: NotedRun | undefined, now: Instant, instance: string): Diagnosis => {
  const item = `function ${name}`;
  if (run === undefined)
    return {
      item,
      status: 'missing',
      says: 'has never run',
      fix: `Deploy, and wait for its schedule or start it:\n  aws lambda invoke --function-name tablekeeper-${instance}-${name} /dev/stdout`,
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

/** Given what was noted of runs, returns how each function on a schedule stands. At the edge one of which nothing is noted has never run. */
export const runDiagnoses = (
  runs: readonly NotedRun[],
  { now, instance }: { readonly now: Instant; readonly instance: string },
): readonly Diagnosis[] =>
  Object.keys(SILENT_AFTER_MS).map((name) =>
    runOf(
      name,
      runs.find((run) => run.name === name),
      now,
      instance,
    ),
  );

/** Given what was noted of runs and the digest of the policy file, returns whether the functions were built with it. At the edge unknown before the first run. */
export const policiesDiagnosis = (runs: readonly NotedRun[], digest: string): Diagnosis => {
  const item = 'policy file';
  const scheduled = runs.filter(({ name }) => name in SILENT_AFTER_MS);
  if (scheduled.length === 0)
    return { item, status: 'unknown', says: 'is valid; no run tells yet what was deployed' };
  const others = scheduled.filter((run) => run.policiesDigest !== digest).map(({ name }) => name);
  if (others.length === 0) return { item, status: 'fine', says: 'is valid, and is what was deployed' };
  return {
    item,
    status: 'missing',
    says: `is valid, but ${others.join(', ')} ran last with another one`,
    fix: 'Deploy it, or look at the one that was deployed with --policies FILE.',
  };
};

/** Given what was noted of runs, returns whether hints arrive. At the edge silence proves nothing: maybe nothing happened. */
export const hintsDiagnosis = (runs: readonly NotedRun[], now: Instant): Diagnosis => {
  const item = 'hints';
  const hint = runs.find(({ name }) => name === 'hint');
  if (hint === undefined)
    return { item, status: 'unknown', says: 'none has come yet: tag a table to see one' };
  return { item, status: 'fine', says: `the last one came ${agoText(hint.at, now)}` };
};

/** Given what was noted of runs, returns when a call was last told of by a trail. At the edge undefined where none ever was. */
export const lastCallAt = (runs: readonly NotedRun[]): Instant | undefined =>
  runs.find(({ name }) => name === 'cloudtrail')?.at;
