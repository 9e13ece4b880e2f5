import { type Advice, stepsOf } from '../../shared/model/advice.ts';
import { createTable, deleteTable } from '../../sim/console/tables.ts';
import type { Table } from '../../sim/dynamodb/table.ts';
import type { LedgerEntry } from '../../sim/ledger.ts';
import type { RestoreEvent, SessionTrouble } from '../story/event.ts';
import type { Asked, NameFacts } from '../truth/restorable.ts';
import type { World } from '../world/deployment.ts';
import { askedBy, factsOf, tableFor, typedFor } from './question.ts';
import { PERSON, type Typed, typeRestore } from './session.ts';

const MINUTE_MS = 60_000;

/** Until the person sits down again. */
const BETWEEN_MS = 20 * MINUTE_MS;

/** TTL can be switched once an hour. */
const LATER_MS = 65 * MINUTE_MS;

/** A SYSTEM backup is there some seconds after its table is gone, and listed a minute later at the most. */
const GONE_MS = 3 * MINUTE_MS;

/** How often a person goes on with a restore in which nothing goes wrong any more. */
const MOST_CALM = 6;

/** A table that a restore made, by the account's own ledger. */
export type Restored = Extract<LedgerEntry, { kind: 'table-restored' }>;

/** One session, with what was there when it began. */
export interface Sitting {
  readonly typed: Typed;
  readonly facts: NameFacts;
  readonly asks: 'restore' | 'resume' | 'give-up' | 'adopt';
  /** Nothing was to go wrong in it. */
  readonly isCalm: boolean;
  readonly made: readonly Restored[];
}

/** One restore, from the first session to the last. */
export interface Restoring {
  readonly event: RestoreEvent;
  readonly asked: Asked;
  readonly sittings: readonly Sitting[];
  /** Someone else's, made under the name meanwhile. */
  readonly squatter?: Table;
}

/** The names of restores that have not ended. */
const underWay = ({ watch }: World): readonly string[] =>
  [...watch.restores.values()].filter(({ phase }) => phase !== 'ended').map(({ targetTable }) => targetTable);

/** What a person says of a restore that cannot go on by itself. */
interface OtherWay {
  readonly way: 'giveUp' | 'adopt';
  readonly table: string;
}

const ASKED_AS = { giveUp: 'give-up', adopt: 'adopt' } as const;

const sit = async (
  world: World,
  event: RestoreEvent,
  asked: Asked,
  trouble: SessionTrouble | undefined,
  way?: OtherWay,
): Promise<readonly Sitting[]> => {
  const { clock, ledger } = world.account;
  const facts = factsOf(world, event.table);
  const resumes = underWay(world).length > 0;
  const options = resumes ? { resume: true as const } : typedFor(event, asked);
  const wanted = way === undefined ? options : { [way.way]: way.table, yes: true as const };
  const known = ledger.entries.length;
  const one = () => typeRestore(world, wanted, trouble ?? {});
  const typed = await clock.run(Promise.all(trouble?.twice === true ? [one(), one()] : [one()]));
  const made = ledger.entries
    .slice(known)
    .filter((entry): entry is Restored => entry.kind === 'table-restored' && entry.by.accessKeyId === PERSON);
  const asks = resumes ? 'resume' : 'restore';
  return typed.map((each, at) => ({
    typed: each,
    facts,
    asks: way === undefined ? asks : ASKED_AS[way.way],
    isCalm: trouble === undefined,
    made: at === 0 ? made : [],
  }));
};

const optionsIn = (advice: Advice | undefined): readonly string[] =>
  advice === undefined ? [] : stepsOf(advice).flatMap(({ commands }) => commands.flat());

/** What the report says to say; whether somebody else made the table the person knows. */
const toSay = ({ typed }: Sitting, squatter: Table | undefined): OtherWay | undefined => {
  const told = typed.document?.restores?.find((one) => optionsIn(one.advice).includes('--give-up'));
  if (told === undefined) return undefined;
  const { advice, targetTable: table } = told;
  return {
    way: optionsIn(advice).includes('--adopt') && squatter?.name !== table ? 'adopt' : 'giveUp',
    table,
  };
};

/** Somebody makes a table under a name that a restore has asked for and not got. */
const squat = async (world: World, { squatAfterMs }: RestoreEvent): Promise<Table | undefined> => {
  const { account } = world;
  const [name] = underWay(world);
  if (squatAfterMs === undefined || name === undefined) return undefined;
  await account.clock.advanceBy(squatAfterMs);
  account.state.settle();
  if (account.state.tables.get(name) !== undefined) return undefined;
  return createTable(account, { name, tags: { team: 'someone-else' } });
};

const lose = async ({ account }: World, { table, isLost }: RestoreEvent): Promise<void> => {
  account.state.settle();
  if (!isLost || account.state.tables.get(table) === undefined) return;
  deleteTable(account, table);
  await account.clock.advanceBy(GONE_MS);
};

const troubled = async (world: World, event: RestoreEvent, asked: Asked) => {
  const sittings: Sitting[] = [];
  let squatter: Table | undefined;
  for (const trouble of event.sessions) {
    sittings.push(...(await sit(world, event, asked, trouble)));
    squatter ??= await squat(world, event);
    await world.account.clock.advanceBy(BETWEEN_MS);
    if (isOver(world, sittings)) break;
  }
  return { sittings, squatter };
};

/** One that failed, as where the call was denied, is asked for again. */
const isFinished = ({ typed }: Sitting): boolean =>
  typed.document?.restores?.some(({ finished, result }) => finished === true && result !== 'failed') === true;

/** One that ended without an answer, because its session died with the last call, is over too: asked for again it would be another restore. */
const isOver = (world: World, sittings: readonly Sitting[]): boolean =>
  underWay(world).length === 0 && sittings.some((one) => isFinished(one) || one.made.length > 0);

/** What is not over is gone on with, until nothing is under way. */
const calmly = async (
  world: World,
  event: RestoreEvent,
  asked: Asked,
  { sittings: former, squatter }: Awaited<ReturnType<typeof troubled>>,
) => {
  const sittings = [...former];
  for (let nth = 0; nth < MOST_CALM && !isOver(world, sittings); nth += 1) {
    const [sitting] = await sit(world, event, asked, undefined);
    if (sitting === undefined) break;
    sittings.push(sitting);
    if (sitting.typed.end === 'refused') break;
    const way = toSay(sitting, squatter);
    if (way !== undefined) sittings.push(...(await sit(world, event, asked, undefined, way)));
    if (underWay(world).length > 0) await world.account.clock.advanceBy(LATER_MS);
  }
  return sittings;
};

/** A person restores a table, in as many sessions as it takes. */
export const restoring = async (world: World, told: RestoreEvent): Promise<Restoring> => {
  const event = { ...told, table: tableFor(world, told) };
  await lose(world, event);
  const asked = askedBy(event, factsOf(world, event.table));
  const first = await troubled(world, event, asked);
  const { squatter } = first;
  const all = await calmly(world, event, asked, first);
  return { event, asked, sittings: all, ...(squatter !== undefined && { squatter }) };
};
