import { DESTINATIONS } from '../../story/vault-spec.ts';
import { daysOf, routesIn } from '../../truth/copies.ts';
import type { Invariant } from '../invariant.ts';
import { couldKnowCopied } from '../life.ts';

const DAY_MS = 86_400_000;

const ON_THE_WAY = new Set(['CREATED', 'RUNNING']);

/** 15. Nothing but AWS Backup deletes a copy: what a run asked to have deleted is at home. */
const copiesStay: Invariant = ({ before, deleted }) => {
  const copies = new Set(before.vaults.copies.map(({ arn }) => arn));
  return deleted.filter(({ arn }) => copies.has(arn)).map(({ arn }) => `the copy ${arn} was deleted`);
};

/** What a copy is made from stays until it is there. */
const sourcesWait: Invariant = ({ before, deleted, later }) => {
  const going = new Set(
    before.vaults.copyJobs.filter(({ state }) => ON_THE_WAY.has(state)).map(({ id }) => id),
  );
  const waiting = later.vaults.copyJobs.filter(({ id, state }) => going.has(id) && ON_THE_WAY.has(state));
  const sources = new Set(waiting.map(({ sourceArn }) => sourceArn));
  return deleted
    .filter(({ arn }) => sources.has(arn))
    .map(({ name, tableName }) => `${name} of ${tableName} was deleted while a copy of it is on its way`);
};

/** Nor is anything deleted that a destination takes and has not got, as long as a copy of it would last a day. */
const owedStays: Invariant = (run) => {
  const { before, deleted, later } = run;
  if (deleted.length === 0) return [];
  const gone = new Map(deleted.map((one) => [one.arn, one]));
  return routesIn(later).flatMap((route) =>
    route.sources.flatMap(({ arn, createdAt, mark, name }) => {
      const isOwed = before.at + run.skewMs + 2 * DAY_MS < createdAt + daysOf(route)[0] * DAY_MS;
      const isInDr = route.vaultArn === DESTINATIONS.dr && before.vaults.marksInDr.has(mark);
      const wasCopied =
        isInDr ||
        before.vaults.copyJobs.some(
          (job) => job.sourceArn === arn && job.vaultArn === route.vaultArn && job.state === 'COMPLETED',
        );
      return gone.has(arn) && isOwed && !wasCopied
        ? [`${name} was deleted, and ${route.vaultArn} has no copy of it`]
        : [];
    }),
  );
};

/** The last copy of a place is made again before AWS Backup deletes it. */
const RENEWED_MS = 8 * DAY_MS;

/** One copy of each in each place: no other is asked for while one is there or on its way. */
const oneEach: Invariant = (run, life) =>
  run.copied.flatMap((job) => {
    const { before, later, skewMs } = run;
    const others = later.vaults.copyJobs.filter(
      (one) =>
        one.id !== job.id &&
        one.createdAt <= job.createdAt &&
        one.sourceArn === job.sourcePointArn &&
        one.vaultArn === job.destinationVaultArn,
    );
    const stateOf = (id: string): string | undefined =>
      before.vaults.copyJobs.find((one) => one.id === id)?.state;
    const isThere = before.vaults.copies.some(
      ({ deletesAt, sourceArn, vaultArn }) =>
        sourceArn === job.sourcePointArn &&
        vaultArn === job.destinationVaultArn &&
        deletesAt - job.createdAt - Math.abs(skewMs) > RENEWED_MS,
    );
    return others
      .filter(({ id, state, vaultArn }) =>
        state === 'COMPLETED'
          ? isThere && couldKnowCopied({ id, vaultArn }, run, life)
          : ON_THE_WAY.has(state) && ON_THE_WAY.has(stateOf(id) ?? state),
      )
      .map(({ id, state }) => `a copy of ${job.sourcePointArn} was begun although ${id} is ${state}`);
  });

/** A copy lasts as long as its rule says: never shorter, and not much longer. */
const lifecyclesFit: Invariant = (run) => {
  const routes = routesIn(run.before);
  return run.copied.flatMap((job) => {
    const point = run.later.vaults.points.find(({ arn }) => arn === job.sourcePointArn);
    const route = routes.find(
      ({ series, vaultArn }) =>
        vaultArn === job.destinationVaultArn &&
        series.policy.name === point?.policy &&
        // What is left of a former table of the name is copied all the same.
        series.table.name === point.table.name,
    );
    // The list of tagged tables has one that was just deleted for a while.
    if (point !== undefined && !run.before.tables.some(({ name }) => name === point.table.name)) return [];
    if (point === undefined || route === undefined)
      return [`${job.sourcePointArn} is copied to ${job.destinationVaultArn}, and nothing asks for that`];
    const days = job.lifecycle?.DeleteAfterDays ?? Number.POSITIVE_INFINITY;
    const [least, most] = daysOf(route);
    // What was held up gets its days from when it is made.
    const lateDays = Math.ceil((job.createdAt + Math.abs(run.skewMs) - point.createdAt) / DAY_MS);
    return days < least || days > most + lateDays
      ? [
          `${point.name} is copied to ${job.destinationVaultArn} for ${days} days, not for ${least} to ${most}`,
        ]
      : [];
  });
};

export const copiesHold: Invariant = (run, life) =>
  [copiesStay, sourcesWait, owedStays, oneEach, lifecyclesFit].flatMap((holds) => holds(run, life));
