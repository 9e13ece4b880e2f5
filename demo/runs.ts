import { capped, counted } from '../shared/core/text/words.ts';
import { messageOf } from '../shared/model/errors.ts';
import type { Instant } from '../shared/model/instant.ts';
import type { LedgerEntry } from '../sim/ledger.ts';
import type { Answer, Lambda } from './lambda.ts';
import { messagesSince } from './messages.ts';
import type { Tick } from './schedule.ts';
import { accessKeyOf } from './stack.ts';
import type { MadeBefore, Stage } from './stage.ts';
import type { Happening, Run, World } from './world.ts';

/** What a run did, and what of it is worth a line of its own. */
export interface RunStory {
  readonly run: Run;
  readonly happenings: readonly Happening[];
}

/** Calls of the run that dies half-way which still arrive. */
const CALLS_BEFORE_DEATH = 70;

const dieHalfWay = async (stage: Stage, lambda: Lambda, at: Instant): Promise<Answer> => {
  let calls = 0;
  const isDead = (): boolean => {
    calls += 1;
    return calls > CALLS_BEFORE_DEATH;
  };
  const death = stage.account.faults.add({ operation: '*', kind: 'connection-reset', when: isDead });
  return lambda.invoke(at).finally(() => death.remove());
};

const deliverTwice = async (stage: Stage, lambda: Lambda, at: Instant): Promise<Answer> => {
  const second = await stage.startSecond(lambda.spec.key);
  const [answer] = await Promise.all([lambda.invoke(at), second.invoke(at)]);
  return answer;
};

const invoke = (stage: Stage, { at, spec }: Tick): Promise<Answer> => {
  const lambda = stage.lambdaOf(spec.key);
  const { nextBackup } = stage.world;
  if (spec.key !== 'backup' || nextBackup === 'as-usual') return lambda.invoke(at);
  stage.world.nextBackup = 'as-usual';
  stage.world.tellNextBackup = true;
  return nextBackup === 'dies-half-way' ? dieHalfWay(stage, lambda, at) : deliverTwice(stage, lambda, at);
};

const OURS: readonly string[] = ['audit', 'backup', 'drill', 'prune'].map(accessKeyOf);

const isOurs = (entry: LedgerEntry): boolean => 'by' in entry && OURS.includes(entry.by.accessKeyId);

type Made = Extract<LedgerEntry, { readonly kind: 'recovery-point-made' }>;

const madeIn = (entries: readonly LedgerEntry[]): readonly Made[] =>
  entries.filter((entry) => entry.kind === 'recovery-point-made');

/** Tables that never had a recovery point of this deployment before this run. */
const firstOnes = (made: readonly Made[], { tables }: MadeBefore): readonly string[] => {
  const fresh = made.filter((entry) => isOurs(entry) && !tables.has(entry.tableId));
  return [...new Set(fresh.map((entry) => entry.tableName))].toSorted();
};

const NAMED = 3;

const pointKey = ({ tableId, name }: Made): string => `${tableId} ${name}`;

/** Recovery points that were made before and that someone else deleted. */
const againOnes = (made: readonly Made[], { points }: MadeBefore): readonly string[] =>
  made.filter((entry) => isOurs(entry) && points.has(pointKey(entry))).map((entry) => entry.tableName);

/** Notes what the ledger has up to now. */
const noteMade = (made: readonly Made[], { tables, points }: MadeBefore): void => {
  for (const entry of made) {
    points.add(pointKey(entry));
    if (isOurs(entry)) tables.add(entry.tableId);
  }
};

const repairedOnes = (entries: readonly LedgerEntry[]): readonly string[] =>
  entries.flatMap((entry) => (entry.kind === 'pitr-changed' && isOurs(entry) ? [entry.tableName] : []));

const troubleOf = ({ failed, error, key }: Run): readonly string[] => [
  ...(failed > 0 ? [`${key}: ${counted(failed, 'action')} failed, due again at the next run`] : []),
  ...(error === undefined
    ? []
    : [`${key} ends as an error, and Lambda's own alarm rises: ${capped(error, ERROR_CHARS)}`]),
];

/** What a function threw is cut here, in characters. */
const ERROR_CHARS = 70;

/** How far a run came that ended badly or was called oddly, and what the run after it had left to do. */
const madeAmidTrouble = (world: World, { key, made, error }: Run): readonly string[] => {
  if (key !== 'backup') return [];
  const isTold = world.tellNextBackup || error !== undefined;
  world.tellNextBackup = error !== undefined;
  return isTold ? [`backup: ${counted(made, 'recovery point')} made by this run`] : [];
};

const failedIn = (answer: Answer): number => ('failed' in answer ? answer.failed + answer.refused : 0);

const listed = (names: readonly string[]): string => names.join(' and ');

/** Drills that ended with a run, those that came to the same together. */
const drilledOnes = (answer: Answer): readonly string[] =>
  'ended' in answer
    ? [...Map.groupBy(answer.ended, ({ result }) => result)].map(
        ([result, ended]) =>
          `drill: restored ${listed(ended.map(({ table }) => table))}, checked, deleted what it made: ${result}`,
      )
    : [];

/** What was copied elsewhere for the first time. */
const copiedOnes = ({ account, before }: Stage): readonly string[] =>
  [...account.state.regions.values()]
    .filter(({ region }) => region !== account.region)
    .flatMap(({ region, ledger }) => {
      const made = ledger.of('recovery-point-made').filter(({ tableId }) => !before.copied.has(tableId));
      for (const { tableId } of made) before.copied.add(tableId);
      const tables = [...new Set(made.map(({ tableName }) => tableName))].toSorted();
      return tables.length === 0 ? [] : [`has ${listed(tables)} copied to ${region} for the first time`];
    });

const deedsOf = (stage: Stage, entries: readonly LedgerEntry[]): readonly string[] => {
  const { before } = stage;
  const made = madeIn(entries);
  const [first, again] = [firstOnes(made, before), againOnes(made, before)];
  noteMade(made, before);
  const named = first.length > NAMED ? `${first.length} tables` : listed(first);
  return [
    ...(first.length > 0 ? [`backs ${named} up for the first time`] : []),
    ...copiedOnes(stage),
    ...again.map((table) => `makes the deleted recovery point of ${table} again`),
    ...repairedOnes(entries).map((table) => `switches point-in-time recovery of ${table} on again`),
  ];
};

/** Makes a scheduled call, drives the clock until it is answered, and returns the result. */
export const runTick = async (stage: Stage, tick: Tick): Promise<RunStory> => {
  const { account } = stage;
  const messagesBefore = account.inbox.messages.length;
  const earlier = account.ledger.entries.length;
  noteMade(madeIn(account.ledger.entries.slice(stage.before.entries)), stage.before);
  const [answer] = await Promise.allSettled([account.clock.run(invoke(stage, tick))]);
  const entries = account.ledger.entries.slice(earlier);
  stage.before.entries = account.ledger.entries.length;
  const mine = entries.filter(isOurs);
  const answered = answer.status === 'fulfilled' ? answer.value : undefined;
  if (answered !== undefined && 'underWay' in answered) stage.world.isDrilling = answered.underWay.length > 0;
  const run: Run = {
    at: tick.at,
    key: tick.spec.key,
    made: mine.filter(({ kind }) => kind === 'recovery-point-made').length,
    expired: mine.filter(({ kind }) => kind === 'recovery-point-deleted').length,
    failed: answered === undefined ? 0 : failedIn(answered),
    ...(answer.status === 'rejected' && { error: messageOf(answer.reason) }),
  };
  const deed = (what: string, { isRepetitive = false, isDetail = false } = {}): Happening => ({
    kind: 'deed',
    at: tick.at,
    what,
    isRepetitive,
    isDetail,
  });
  const deeds = [
    ...deedsOf(stage, entries).map((what) => deed(what)),
    ...(answered === undefined ? [] : drilledOnes(answered)).map((what) => deed(what)),
    ...madeAmidTrouble(stage.world, run).map((what) => deed(what, { isDetail: true })),
    ...troubleOf(run).map((what) => deed(what, { isRepetitive: true })),
  ];
  return { run, happenings: [...deeds, ...(await messagesSince(stage, messagesBefore))] };
};
