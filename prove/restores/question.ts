import { backupsOf } from '../../sim/console/backups.ts';
import type { Backup } from '../../sim/dynamodb/backup-index.ts';
import type { Asking, RestoreEvent } from '../story/event.ts';
import { TABLES } from '../story/happenings.ts';
import { type Asked, type NameFacts, reachOf, secondOf } from '../truth/restorable.ts';
import type { World } from '../world/deployment.ts';

const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** All that exists under a name now, as far as lists show it. */
export const factsOf = ({ account, watch }: World, name: string): NameFacts => {
  const now = account.clock.now();
  account.state.settle();
  const kept = [...watch.kept.values()].filter(({ table }) => table === name);
  return {
    name,
    now,
    standing: account.state.tables.get(name),
    backups: backupsOf(account, name).filter(
      ({ createdAt }) => createdAt + account.state.settings.backupListLagMs <= now,
    ),
    kept: new Map(kept.flatMap(({ tableId, madeAt }) => (madeAt === undefined ? [] : [[tableId, madeAt]]))),
  };
};

const nth = (backups: readonly Backup[], share: number): Backup | undefined =>
  backups[Math.floor(share * backups.length)];

const inTime = (facts: NameFacts, share: number): number => secondOf(facts.now - share * 60 * DAY_MS);

const ASKED: Readonly<Record<Asking['of'], (facts: NameFacts, share: number) => Asked>> = {
  window: (facts, share) => {
    const reach = reachOf(facts);
    return reach === undefined
      ? inTime(facts, share)
      : secondOf(reach.from + share * (reach.to - reach.from));
  },
  'end-of-window': (facts, share) => {
    const reach = reachOf(facts);
    if (reach === undefined) return inTime(facts, share);
    return share < 0.4 ? reach.from - SECOND_MS : reach.to;
  },
  point: (facts, share) => secondOf(nth(facts.backups, share)?.createdAt ?? inTime(facts, share)),
  'after-point': (facts, share) => {
    const backup = nth(facts.backups, share);
    if (backup === undefined) return inTime(facts, share);
    return Math.min(secondOf(facts.now), secondOf(backup.createdAt + share * 36 * HOUR_MS));
  },
  latest: () => 'latest',
  'before-all': (facts) =>
    secondOf(
      Math.min(facts.standing?.createdAt ?? facts.now, ...facts.backups.map(({ createdAt }) => createdAt)) -
        DAY_MS,
    ),
  'not-yet': ({ now }) => secondOf(now - 2 * MINUTE_MS),
  future: ({ now }) => secondOf(now + HOUR_MS),
  named: (facts, share) => {
    const backup = nth(facts.backups, share);
    return backup === undefined ? 'latest' : { arn: backup.arn };
  },
};

const fits = (facts: NameFacts, { asking, isLost }: RestoreEvent): boolean => {
  const isOfWindow = ['window', 'end-of-window', 'not-yet'].includes(asking.of);
  if (isOfWindow || isLost) return facts.standing?.pitr !== undefined;
  return facts.standing !== undefined || facts.backups.length > 0;
};

/** The table of the event, or the next one of which that can be asked. */
export const tableFor = (world: World, event: RestoreEvent): string => {
  const at = (TABLES as readonly string[]).indexOf(event.table);
  const inTurn = at < 0 ? [] : [...TABLES.slice(at), ...TABLES.slice(0, at)];
  return inTurn.find((name) => fits(factsOf(world, name), event)) ?? event.table;
};

/** What a person asks for, by what is possible at that moment. */
export const askedBy = ({ asking: { of, share } }: RestoreEvent, facts: NameFacts): Asked =>
  ASKED[of](facts, share);

/** What they type for it. */
export const typedFor = (event: RestoreEvent, asked: Asked) => ({
  tables: [event.table],
  yes: true as const,
  ttl: event.ttl,
  ...(event.target !== undefined && { target: event.target }),
  ...(event.asReplacement && { asReplacement: true as const }),
  ...(typeof asked === 'object' && { recoveryPoint: asked.arn }),
  ...(asked === 'latest' && { at: 'latest' }),
  ...(typeof asked === 'number' && { at: new Date(asked).toISOString().replace('.000', '') }),
});
