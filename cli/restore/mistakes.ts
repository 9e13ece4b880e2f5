import { RESTORE_OPTIONS, type RestoreOptions } from './options.ts';
import { wantsCodeOnly } from './with-code.ts';

type Name = keyof RestoreOptions;

const OTHER_WAYS = ['resume', 'list', 'indexes', 'giveUp', 'adopt'] as const;

type Way = (typeof OTHER_WAYS)[number] | 'emit';

/** What each way takes along. An option that would be ignored is refused: whoever types it believes that it counts. */
const TAKES: Readonly<Record<Way, readonly Name[]>> = {
  resume: ['yes'],
  list: [],
  indexes: ['yes', 'toRegion'],
  giveUp: ['yes', 'toRegion'],
  adopt: ['yes', 'toRegion'],
  emit: ['tables', 'stack', 'out', 'yes'],
};

const typedAs = (name: Name): string =>
  RESTORE_OPTIONS.find((option) => option.attributeName() === name)?.long ?? name;

/** Names an option that a way does not take. How many items are read has a default, and is always there. */
const ignoredBy = (way: Way, typed: RestoreOptions): string | undefined => {
  const given = (Object.keys(typed) as Name[]).filter((name) => typed[name] !== undefined);
  const ignored = given.find(
    (name) => name !== way && name !== 'sample' && name !== 'tables' && !TAKES[way].includes(name),
  );
  return ignored === undefined ? undefined : `${typedAs(ignored)} does not go with ${typedAs(way)}`;
};

const inOtherWay = (typed: RestoreOptions): string | undefined => {
  const ways = OTHER_WAYS.filter((way) => typed[way] !== undefined);
  const [way] = ways;
  if (way === undefined) return undefined;
  if (ways.length > 1 || (typed.tables ?? []).length > 0)
    return '--resume, --list, --indexes, --give-up and --adopt stand alone, without tables';
  return ignoredBy(way, typed);
};

const inTables = ({ tables = [], recoveryPoint, target }: RestoreOptions): string | undefined => {
  if (tables.length === 0 && recoveryPoint === undefined)
    return 'name the tables to restore, or --resume or --list';
  return target !== undefined && tables.length > 1
    ? '--target is the name of one table, and several are named'
    : undefined;
};

const inCode = (typed: RestoreOptions): string | undefined => {
  const { emit, stack, out, tables = [] } = typed;
  if (emit === undefined)
    return stack === undefined && out === undefined ? undefined : '--stack and --out go with --emit';
  if (emit === 'terraform' && stack !== undefined) return '--stack goes with --emit cloudformation';
  if (!wantsCodeOnly(typed)) return undefined;
  return tables.length > 1
    ? 'without a moment --emit writes one table, and several are named'
    : ignoredBy('emit', typed);
};

/** A bare copy gets no setting of its source, whatever else is wished. */
const inSettings = ({
  withoutSettings,
  asReplacement,
  ttl,
  warm,
  kinesis,
}: RestoreOptions): string | undefined => {
  if (withoutSettings === undefined) return undefined;
  const wished = [
    ...(asReplacement === undefined ? [] : ['--as-replacement']),
    ...(ttl === 'on' ? ['--ttl on'] : []),
    ...(warm === undefined ? [] : ['--warm as-was']),
    ...(kinesis === 'share' ? ['--kinesis share'] : []),
  ];
  return wished.length === 0
    ? undefined
    : `--without-settings puts no settings back, and ${wished.join(', ')} asks for some`;
};

/** Says why what was typed after `restore` contradicts itself; undefined when it does not. */
export const mistakeIn = (typed: RestoreOptions): string | undefined => {
  if (OTHER_WAYS.some((way) => typed[way] !== undefined)) return inOtherWay(typed);
  const mistake = inTables(typed) ?? inCode(typed) ?? inSettings(typed);
  if (mistake !== undefined) return mistake;
  if (!Number.isSafeInteger(typed.sample) || typed.sample < 0) return '--sample takes a whole number from 0';
  return undefined;
};
