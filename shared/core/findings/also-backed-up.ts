import { advise } from '../../model/advice.ts';
import { type Finding, findingId } from '../../model/finding.ts';
import type { Job } from '../../model/job.ts';
import { shortHash } from '../text/digest.ts';
import { counted, listed } from '../text/words.ts';
import type { CheckContext } from './context.ts';
import type { Finder, KindTraits } from './kind.ts';

declare module '../../model/finding.ts' {
  interface FindingKinds {
    readonly 'also-backed-up': true;
  }
}

/** So many names are read; the others are counted. */
const NAMED = 5;

/** Plans that a policy of the organization makes have names that nobody in the account gave. */
const planText = (arn: string): string => arn.split(':').at(-1) ?? arn;

const namesText = (names: readonly string[]): string => {
  const shown = names.slice(0, NAMED);
  return names.length > NAMED
    ? `${listed(shown)} and ${counted(names.length - NAMED, 'more table')}`
    : listed(shown);
};

const findingOf = (plan: string, tables: readonly string[], { now, observation }: CheckContext): Finding => ({
  id: findingId('also-backed-up', plan),
  kind: 'also-backed-up',
  severity: 'info',
  subjects: tables.map((table) => shortHash(table)).toSorted(),
  fact: `The backup plan ${planText(plan)} backs up ${namesText(tables)} as well: each of its recovery points is a full, paid copy, and while its job has a table, no job of a policy begins.`,
  measured: `${counted(tables.length, 'table')} in two hands`,
  promised: 'one',
  since: now,
  advice: advise(
    'If it is not needed any more, take the tables out of its selection; one that comes from the organization is changed there. What it made counts for no policy. See the plan:',
    [
      ...['aws', 'backup', 'get-backup-plan', '--region', observation.target.region],
      ...['--backup-plan-id', planText(plan)],
    ],
  ),
});

const isOfPlan = (job: Job): job is Job & { readonly plan: string } =>
  job.kind === 'backup' && !job.isOwn && job.plan !== undefined;

const find: Finder['find'] = (context) => {
  const { governed, observation } = context;
  const ours = new Set(governed.filter(({ policies }) => policies.length > 0).map(({ table }) => table.name));
  const foreign = (observation.jobs ?? []).filter(isOfPlan).filter(({ table }) => ours.has(table));
  return [...Map.groupBy(foreign, ({ plan }) => plan)].map(([plan, jobs]) =>
    findingOf(plan, [...new Set(jobs.map(({ table }) => table))].toSorted(), context),
  );
};

/** What is known of it wherever it is open. */
export const alsoBackedUp: KindTraits<'also-backed-up'> = {
  kind: 'also-backed-up',
  title: 'tables also backed up by a plan',
  facets: ['tags', 'vaults'],
};

/** Finds backup plans of others that backed up governed tables in the last 30 days, which is as long as AWS Backup remembers jobs. */
export const alsoBackedUpFinder: Finder<'also-backed-up'> = {
  kind: 'also-backed-up',
  findsFrom: ['vaults'],
  find,
};
