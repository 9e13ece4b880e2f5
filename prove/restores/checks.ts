import { settingsOf } from '../../sim/console/settings-of.ts';
import type { Table } from '../../sim/dynamodb/table.ts';
import type { Rare } from '../rare.ts';
import { type Rightly, rightlyRestored } from '../truth/restorable.ts';
import { bareSettings, manifestOf, rightlySet, wronglySet } from '../truth/restored-settings.ts';
import type { World } from '../world/deployment.ts';
import type { Restored, Restoring, Sitting } from './sittings.ts';

/** All that is known of one restore once it is over. */
export interface Judged extends Restoring {
  readonly world: World;
  /** Every table as it stood before the first session, by name, with its settings. */
  readonly before: ReadonlyMap<string, { readonly id: string; readonly settings: string }>;
}

type Check = (restoring: Judged) => readonly string[];

const madeIn = ({ sittings }: Restoring): readonly Restored[] => sittings.flatMap(({ made }) => made);

const standing = ({ account }: World, { tableName, tableId }: Restored): Table | undefined => {
  const table = account.state.tables.get(tableName);
  return table?.id === tableId ? table : undefined;
};

const READS = /^(BatchGet|Describe|Get|List|Query|Scan)/;

const NAMED =
  /"(?:TableName|TargetTableName|ResourceArn|ResourceId)":"(?:arn:[^"]*:table\/|table\/)?([^"/]+)/g;

/** No table that existed before is ever written to, and nothing else than the table that is made. */
const writesToItsOwn: Check = ({ sittings, before, world, squatter }) => {
  const made = new Set(sittings.flatMap((one) => one.made.map(({ tableName }) => tableName)));
  const state = 'tablekeeper-prod-state';
  const written = sittings
    .flatMap(({ typed }) => typed.calls)
    .filter(
      ({ operation, answer, body }) => !READS.test(operation) && answer === 'ok' && !body.includes(state),
    );
  const wrong = written.flatMap(({ operation, body }) =>
    [...body.matchAll(NAMED)]
      .map(([, name = '']) => name)
      .filter((name) => !made.has(name))
      .map((name) => `${operation} was called for ${name}, which no restore had made`),
  );
  const changed = [...before].flatMap(([name, { id, settings }]) => {
    const table = world.account.state.tables.get(name);
    if (table?.id !== id) return [`the table ${name} is another one, or gone`];
    return JSON.stringify(settingsOf(world.account, name)) === settings ? [] : [`${name} was changed`];
  });
  const others =
    squatter === undefined || JSON.stringify(squatter.tags) === JSON.stringify({ team: 'someone-else' })
      ? []
      : [`the table that someone made as ${squatter.name} was written to`];
  return [...wrong, ...changed, ...others];
};

const isSent = (answer: string): boolean => answer === 'ok' || answer === 'lost';

/** A session that was killed says nothing, and may have written before that the restore failed. */
const writesThatItFailed = ({ calls }: Sitting['typed']): boolean =>
  calls.some(
    ({ answer, body, operation }) =>
      operation === 'PutItem' && isSent(answer) && body.includes(String.raw`\"result\":\"failed\"`),
  );

/** The restore is over, and made nothing: what is asked for after that is another one. */
const endsInNothing = ({ typed, asks }: Sitting): boolean =>
  asks === 'give-up' ||
  typed.document?.restores?.some(({ result }) => result === 'failed') === true ||
  writesThatItFailed(typed);

/** Calls that may have begun a restore, since it was over and had made nothing. */
const mayHaveBegun = ({ sittings }: Restoring): number =>
  sittings.reduce((sum, sitting) => {
    if (endsInNothing(sitting)) return 0;
    const sent = sitting.typed.calls.filter(
      ({ operation, answer }) => operation.startsWith('RestoreTable') && isSent(answer),
    );
    return sum + sent.length;
  }, 0);

/** A call that may have begun a restore is never sent again. */
const onceOnly: Check = (restoring) => {
  const made = madeIn(restoring);
  const sent = mayHaveBegun(restoring);
  return [
    ...(made.length <= 1 ? [] : [`${made.length} tables were made for one restore`]),
    ...(sent <= 1 ? [] : [`${sent} calls were sent for one restore`]),
  ];
};

/** Nothing half made is without a record. */
const isNamed: Check = (restoring) =>
  madeIn(restoring)
    .filter(({ tableName }) => !restoring.world.watch.restores.has(tableName))
    .map(({ tableName }) => `${tableName} was made and no record names it`);

/** The two moments between which a session may have looked. */
const lookedAt = ({ typed, made }: Sitting): readonly number[] => [typed.from, made[0]?.at ?? typed.to];

const rightlyIn = (sitting: Sitting, { asked }: Restoring): readonly Rightly[] =>
  lookedAt(sitting).map((now) => rightlyRestored({ ...sitting.facts, now }, asked));

const isRightly = (table: Table, right: Rightly, { asked }: Restoring, until: number): boolean => {
  const { sourceBackupArn, restoreAt } = table.restoredFrom ?? {};
  if (right.kind === 'backup') return sourceBackupArn === right.backup.arn;
  if (right.kind !== 'second' || sourceBackupArn !== undefined || restoreAt === undefined) return false;
  // The newest second moves while a session looks.
  return (
    restoreAt === right.second || (asked === 'latest' && restoreAt >= right.second && restoreAt <= until)
  );
};

const began = ({ sittings }: Restoring): Sitting | undefined => {
  const at = sittings.findIndex(({ made }) => made.length > 0);
  return sittings.slice(0, at + 1).findLast(({ asks }) => asks === 'restore');
};

/** A session that began with the restore and one that made its table may be two. */
const rightSource: Check = (restoring) =>
  madeIn(restoring).flatMap((entry) => {
    const table = standing(restoring.world, entry);
    const sitting = began(restoring);
    if (table === undefined || sitting === undefined) return [`${entry.tableName} was made and is gone`];
    const right = rightlyIn(sitting, restoring);
    if (right.some((one) => isRightly(table, one, restoring, entry.at))) return [];
    return [
      `${entry.tableName} was made from ${JSON.stringify(table.restoredFrom)} instead of ${JSON.stringify(right[0])}`,
    ];
  });

const sourceOf = (world: World, { restoredFrom }: Table, { facts, typed }: Sitting) => {
  const backup = facts.backups.find(({ arn }) => arn === restoredFrom?.sourceBackupArn);
  const { account } = world;
  const listedLater = account.state.backups.get(restoredFrom?.sourceBackupArn ?? '');
  const found = backup ?? listedLater;
  if (found !== undefined) return { ...found.table, at: found.createdAt };
  const table = facts.standing;
  return table === undefined ? undefined : { ...table, at: restoredFrom?.restoreAt ?? typed.from };
};

const sorted = (items: readonly object[]): readonly string[] =>
  items
    .map((item) => JSON.stringify(Object.entries(item).toSorted(([a], [b]) => (a < b ? -1 : 1))))
    .toSorted();

/** What came back is what the table held at that second. */
const rightItems: Check = (restoring) =>
  madeIn(restoring).flatMap((entry) => {
    const { world } = restoring;
    const table = standing(world, entry);
    const sitting = began(restoring);
    const source = table && sitting && sourceOf(world, table, sitting);
    if (table === undefined || source === undefined) return [];
    const [wanted, has] = [
      sorted(world.items.heldAt(source, source.at)),
      sorted(world.items.heldAt(table, world.account.clock.now())),
    ];
    return JSON.stringify(wanted) === JSON.stringify(has)
      ? []
      : [`${entry.tableName} holds ${has.join()} instead of ${wanted.join()}`];
  });

const lastAnswer = ({ sittings }: Restoring): Sitting | undefined =>
  sittings.findLast(({ typed, asks }) => typed.end === 'answered' && asks !== 'give-up' && asks !== 'adopt');

/** What a manifest cannot say, and whether the answer may call everything right. */
const settingsWrong = (restoring: Judged, entry: Restored) => {
  const { world, event } = restoring;
  const table = standing(world, entry);
  const sitting = began(restoring);
  const source = table && sitting && sourceOf(world, table, sitting);
  if (table === undefined || source === undefined) return undefined;
  const manifest = manifestOf(world.watch.kept.values(), { tableId: source.id, at: source.at });
  if (manifest !== undefined && manifest.truth === undefined) return undefined;
  const right = manifest?.truth === undefined ? bareSettings(event) : rightlySet(manifest.truth, event);
  const is = settingsOf(world.account, table.name);
  const gaps = manifest?.gaps ?? [];
  return { wrong: wronglySet(right, is, gaps), isKnown: manifest !== undefined && gaps.length === 0 };
};

/** Whether the record itself names a step that could not be made. */
const hasFailed = ({ world }: Judged, { tableName }: Restored): boolean =>
  world.watch.restores.get(tableName)?.steps.some(({ outcome }) => outcome?.kind === 'failed') === true;

/** What the answer says of a table. */
const saidOf = (restoring: Judged, { tableName }: Restored) => {
  const answer = lastAnswer(restoring)?.typed;
  const restore = answer?.document?.restores?.find(({ targetTable }) => targetTable === tableName);
  const isFinished = restore?.finished === true;
  return { restore, isFinished, isRight: isFinished && answer?.exitCode === 0 };
};

/** Settings are those of the manifest that the rule names; where a step failed they may differ, and the report says so. */
const rightSettings: Check = (restoring) =>
  madeIn(restoring).flatMap((entry) => {
    const judged = settingsWrong(restoring, entry);
    if (judged === undefined) return [];
    const { restore, isFinished, isRight } = saidOf(restoring, entry);
    const { wrong, isKnown } = judged;
    const isCalm = restoring.sittings.every((one) => one.isCalm);
    const [mayDiffer, differs] = [!isCalm && hasFailed(restoring, entry), wrong.length > 0];
    const falsely = {
      'is said to be right': isRight && (differs || !isKnown),
      'is not as it was': differs && !mayDiffer,
      'is right in all, and said not to be': isCalm && isKnown && isFinished && !isRight && !differs,
    };
    return Object.entries(falsely)
      .filter(([, is]) => is)
      .map(([what]) => `${entry.tableName} ${what}: ${wrong.join('; ')} ${JSON.stringify(restore)}`);
  });

const isTaken = ({ world, event, squatter }: Judged): boolean =>
  squatter !== undefined ||
  (event.target !== undefined && world.account.state.tables.get(event.target) !== undefined);

const codesOf = (right: readonly Rightly[]): readonly string[] =>
  right.flatMap((one) => (one.kind === 'refused' ? [one.code] : []));

const endsIn = (message: string, right: readonly Rightly[]): boolean => {
  const text = (at: number): string => new Date(at).toISOString().replace('.000', '');
  const ends = right.flatMap((one) => (one.kind === 'refused' && one.ends ? [one.ends] : []));
  return (
    ends.length === 0 ||
    ends.some(({ from, to }) => message.includes(text(from)) && message.includes(text(to)))
  );
};

/** A second that cannot be had is refused, with what there is; one that can be had is given once nothing goes wrong. */
const rightlyRefused: Check = (restoring) => {
  const last = restoring.sittings.findLast(({ asks }) => asks === 'restore');
  if (last === undefined || !last.isCalm || isTaken(restoring)) return [];
  const right = rightlyIn(last, restoring);
  const codes = codesOf(right);
  const { typed } = last;
  if (typed.end === 'refused') {
    if (codes.length === 0 && typed.error !== 'fell-out-of-window')
      return [`it was refused as ${typed.error}, and could be restored: ${typed.message}`];
    if (!codes.includes(typed.error ?? '') && typed.error !== 'fell-out-of-window')
      return [`it was refused as ${typed.error} instead of ${codes.join()}: ${typed.message}`];
    return endsIn(typed.message ?? '', right) ? [] : [`the refusal does not say both ends: ${typed.message}`];
  }
  if (codes.length === right.length && madeIn(restoring).length > 0)
    return [`it was restored, and had to be refused as ${codes.join()}`];
  return [];
};

/** Nothing is left under way once nothing goes wrong any more. */
const comesToAnEnd: Check = (restoring) => {
  const left = [...restoring.world.watch.restores.values()].filter(({ phase }) => phase !== 'ended');
  const thrown = restoring.sittings.filter(({ typed }) => typed.end === 'threw');
  const calm = restoring.sittings
    .filter(({ isCalm, asks }) => isCalm && asks !== 'give-up' && asks !== 'adopt')
    .at(-1);
  const isMade = madeIn(restoring).length > 0 || isTaken(restoring) || calm?.typed.end === 'refused';
  const failed = lastAnswer(restoring)?.typed.document?.restores?.find(({ result }) => result === 'failed');
  return [
    ...left.map(({ targetTable, phase }) => `the restore to ${targetTable} stays ${phase}`),
    ...thrown.map(({ typed }) => `a session threw: ${typed.error}`),
    ...(isMade || left.length > 0
      ? []
      : [`nothing was made: ${JSON.stringify(failed ?? calm?.typed.document)}`]),
  ];
};

/** What must hold of every restore, by name. */
const CHECKS: Readonly<Record<string, Check>> = {
  'restore-writes-to-its-own': writesToItsOwn,
  'restored-once': onceOnly,
  'restore-is-named': isNamed,
  'restored-from-the-right': rightSource,
  'restored-items': rightItems,
  'restored-settings': rightSettings,
  'restore-rightly-refused': rightlyRefused,
  'restore-ends': comesToAnEnd,
};

/** Returns every way in which a restore is not as it must be. */
export const wrongWith = (
  restoring: Judged,
): readonly { readonly invariant: string; readonly what: string }[] =>
  Object.entries(CHECKS).flatMap(([invariant, check]) =>
    check(restoring).map((what) => ({ invariant, what: `restore of ${restoring.event.table}: ${what}` })),
  );

const count = (is: boolean): number => (is ? 1 : 0);

/** How often rare states of restores were met. */
export const rareRestores = (restoring: Judged): Rare => {
  const { sittings, event, squatter, world } = restoring;
  const made = madeIn(restoring);
  const tables = made.flatMap((entry) => standing(world, entry) ?? []);
  const from = (is: boolean): number =>
    tables.filter(({ restoredFrom }) => (restoredFrom?.sourceBackupArn === undefined) === is).length;
  const sitting = began(restoring);
  const manifests = tables.flatMap((table) => {
    const source = sitting && sourceOf(world, table, sitting);
    if (source === undefined) return [];
    const own = [...world.watch.kept.values()].filter(({ tableId }) => tableId === source.id);
    return [{ own, used: manifestOf(own, { tableId: source.id, at: source.at }) }];
  });
  const lost = sittings.flatMap(({ typed }) => typed.calls).filter(({ answer }) => answer === 'lost');
  return {
    'tables restored as of a second': from(true),
    'tables restored from a recovery point': from(false),
    'deleted tables restored under their own name': count(
      tables.some(({ name }) => name === event.table) && event.target === undefined,
    ),
    'restores refused': count(sittings.at(-1)?.typed.end === 'refused'),
    'restores that were killed': count(sittings.some(({ typed }) => typed.end === 'killed')),
    'restores finished by another session': count(made.length > 0 && sittings.length > 1),
    'restores whose answer was lost': lost.filter(({ operation }) => operation.startsWith('RestoreTable'))
      .length,
    'restores given up and asked for again': count(sittings.some(({ asks }) => asks === 'give-up')),
    'restores with older settings than the newest': manifests.filter(
      ({ own, used }) =>
        used !== undefined && used.capturedAt < Math.max(...own.map((one) => one.capturedAt)),
    ).length,
    'restores of which no settings were kept': manifests.filter(({ used }) => used === undefined).length,
    'restores whose name someone took meanwhile': count(squatter !== undefined),
  };
};
