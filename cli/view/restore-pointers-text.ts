import type { OldTable } from '../../shared/core/restore/old-table.ts';
import { cutoverCommand, describeTableCommand, restoreCommand } from '../../shared/core/text/commands.ts';
import { counted, listed, verb } from '../../shared/core/text/words.ts';
import { type Advice, advise, type Command, followedBy, type Said } from '../../shared/model/advice.ts';
import { isoInstant } from '../../shared/model/instant.ts';
import type { RestoreRecord, RestoreSource } from '../../shared/model/restore.ts';
import type { Attachment } from '../../shared/model/table-settings.ts';
import type { Target } from '../../shared/model/target.ts';

// What points at the source of a restore: alarms, readers of its stream, and whatever names it.

/** Both tables, with where each is. */
export interface BothTables {
  readonly old: OldTable;
  readonly source: string;
  /** Where the source was, or is. */
  readonly home: Target;
  readonly made: string;
  readonly madeRegion: string;
  /** Whether a person gave the name of the table that is made. */
  readonly isNamedByPerson?: boolean;
}

type Pointer = Pick<Attachment, 'id' | 'kind'>;

const READ_BY: Readonly<Record<Exclude<Attachment['kind'], 'alarm'>, Command>> = {
  'event-source-mapping': ['aws', 'lambda', 'get-event-source-mapping', '--uuid'],
  pipe: ['aws', 'pipes', 'describe-pipe', '--name'],
};

/** What shows how each is set up, so that one like it can be made. */
const setUpCommands = (pointers: readonly Pointer[], { region }: Target): readonly Command[] => {
  const alarms = pointers.filter(({ kind }) => kind === 'alarm').map(({ id }) => id);
  return [
    ...(alarms.length === 0
      ? []
      : [
          [
            ...['aws', 'cloudwatch', 'describe-alarms', '--alarm-names', ...alarms],
            ...['--alarm-types', 'CompositeAlarm', 'MetricAlarm', '--region', region],
          ],
        ]),
    ...pointers.flatMap(({ id, kind }) =>
      kind === 'alarm' ? [] : [[...READ_BY[kind], id, '--region', region]],
    ),
  ];
};

/** Names the table that is made, with its Region where that is another one. */
export const madePlace = ({ old, made, madeRegion }: BothTables): string =>
  old === 'elsewhere' ? `${made} in ${madeRegion}` : made;

/** A stream can be read for a day after its table was deleted. */
const lastReadText = ({ old }: BothTables): string =>
  old === 'elsewhere'
    ? ''
    : ' Leave the old one until it has delivered what is left: a stream can be read for 24 hours after its table was deleted.';

const readersAgain = (readers: readonly Pointer[], both: BothTables): Advice =>
  followedBy(
    advise(
      `${counted(readers.length, 'reader')} of the old stream (${listed(readers.map(({ id }) => id))}): none can be pointed at another stream. Make ${verb(readers.length, 'one like it', 'one like each')} for the stream of ${madePlace(both)}, which begins with that table.${lastReadText(both)} How ${verb(readers.length, 'it', 'each')} is set up:`,
      ...setUpCommands(readers, both.home),
    ),
    advise(
      'The ARN of the new stream (LatestStreamArn):',
      describeTableCommand(both.made, { ...both.home, region: both.madeRegion }),
    ),
  );

/** Says what becomes of what reads the stream of the source. */
export const readersSaid = (readers: readonly Pointer[], both: BothTables): Said =>
  both.old === 'beside'
    ? advise(
        `${counted(readers.length, 'reader')} of the old stream (${listed(readers.map(({ id }) => id))}): none can be pointed at another stream. To make new ones, disabled, and be told when to switch:`,
        cutoverCommand(both.source, both.made),
      )
    : readersAgain(readers, both);

const ownNameText = ({ old, source, isNamedByPerson }: BothTables): string =>
  old === 'gone' && isNamedByPerson === true
    ? ` Or leave --target out: then the table comes back as ${source}, which they name.`
    : '';

/** Says what becomes of the alarms on the source. */
export const alarmsSaid = (names: readonly string[], both: BothTables): Said => {
  const { old, source, made, home } = both;
  const head = `${counted(names.length, 'alarm')} on ${source} (${listed(names)})`;
  const it = verb(names.length, 'it', 'them');
  if (old === 'beside') return advise(`${head}. To move ${it} to ${made}:`, cutoverCommand(source, made));
  const alarms = names.map((id) => ({ kind: 'alarm' as const, id }));
  return advise(
    `${head}. Make ${verb(names.length, 'one like it', 'one like each')} for ${madePlace(both)}.${ownNameText(both)} How ${verb(names.length, 'it', 'each')} is set up:`,
    ...setUpCommands(alarms, home),
  );
};

/** Says what becomes of what names the source and nobody looked at. */
export const namedSaid = (both: BothTables): Said => {
  const { old, source, made, home } = both;
  if (old === 'beside')
    return advise(
      `IAM policies and configuration that name ${source}: allow and use ${made}, or swap it under the old name:`,
      cutoverCommand('--swap', source, made),
    );
  const where = old === 'elsewhere' ? ` in ${home.region}` : '';
  return `IAM policies and configuration that name ${source}${where}: allow and use ${madePlace(both)}.${ownNameText(both)}`;
};

/** The same once more, under the name that is free. */
const onceMore = (source: RestoreSource): Command =>
  source.kind === 'recovery-point'
    ? restoreCommand(source.table, '--recovery-point', source.id)
    : restoreCommand(source.table, '--at', isoInstant(source.second));

const NEXT: Readonly<Record<Exclude<OldTable, 'beside'>, (both: BothTables) => string>> = {
  'own-name': ({ made }) =>
    `Nothing is to be cut over to ${made}: alarms, IAM policies, configuration and infrastructure code find it by its name. What names the stream has to name the new one, whose ARN is another.`,
  gone: ({ source, made }) =>
    `${source} is gone: nothing can be cut over from it. Alarms, IAM policies, configuration and infrastructure code that name it have to name ${made}.`,
  elsewhere: (both) =>
    `Nothing can be cut over from one Region to another: what points at ${both.source} stays in ${both.home.region}. Alarms, IAM policies, configuration and infrastructure code are to be made, or changed, for ${madePlace(both)}.`,
};

/** Says what is left to do about what points at the source, once the table is there. `pointers`: what was seen to point at it. */
export const nextSaid = (
  both: BothTables,
  source: RestoreSource,
  pointers: readonly Pointer[],
): readonly Said[] => {
  const { old, made } = both;
  if (old === 'beside')
    return [advise(`To move over what points at ${both.source}:`, cutoverCommand(both.source, made))];
  const alarms = pointers.filter(({ kind }) => kind === 'alarm').map(({ id }) => id);
  const readers = pointers.filter(({ kind }) => kind !== 'alarm');
  return [
    NEXT[old](both),
    ...(alarms.length === 0 ? [] : [alarmsSaid(alarms, both)]),
    ...(readers.length === 0 ? [] : [readersSaid(readers, both)]),
    ...(old === 'gone'
      ? [advise(`To have it as ${both.source} instead, whose name is free:`, onceMore(source))]
      : []),
  ];
};

/** Says of a restore which two tables it is about. */
export const tablesOf = (
  { source, targetTable, targetRegion }: Pick<RestoreRecord, 'source' | 'targetRegion' | 'targetTable'>,
  home: Target,
  old: OldTable,
): BothTables => ({ old, home, source: source.table, made: targetTable, madeRegion: targetRegion });
