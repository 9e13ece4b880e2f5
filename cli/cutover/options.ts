import { Option } from 'commander';
import type { CutoverChoices } from '../../shared/model/cutover.ts';
import { optionOf } from '../command.ts';

/** What was typed after `cutover`. */
export interface CutoverOptions {
  readonly tables?: readonly string[];
  readonly swap?: true;
  readonly apply?: true;
  readonly yes?: true;
  readonly kinesis?: 'share' | 'leave';
  readonly leaveUndelivered?: true;
  readonly ttl?: 'on' | 'later';
  readonly resume?: true;
  readonly list?: true;
  readonly giveUp?: string;
}

/** Reads what a person chose. */
export const choicesOf = ({
  swap,
  kinesis,
  leaveUndelivered,
  ttl = 'later',
}: CutoverOptions): CutoverChoices => ({
  mode: swap === true ? 'swap' : 'move',
  undelivered: leaveUndelivered === true ? 'leave' : 'drain',
  ttl,
  ...(kinesis !== undefined && { kinesis }),
});

/** In the order in which help lists them. */
export const CUTOVER_OPTIONS: readonly Option[] = [
  new Option('--swap', 'delete the old table and bring the restored one back under its name'),
  new Option('--apply', 'carry the steps out, asking before each'),
  new Option('--yes', 'ask nothing'),
  optionOf('--kinesis <how>', 'share: send to the Kinesis stream of the old table too; leave: do not', [
    'share',
    'leave',
  ]),
  new Option('--leave-undelivered', 'do not wait until the old stream is delivered'),
  optionOf('--ttl <when>', 'with --swap: on: switch TTL on at the end; later: leave it off (default)', [
    'on',
    'later',
  ]),
  new Option('--resume', 'go on with cut-overs that were interrupted'),
  new Option('--list', 'list cut-overs, with the definitions of what they deleted in --json'),
  new Option('--give-up <table>', 'forget a cut-over that is not to be finished; undoes and deletes nothing'),
];

const OTHER_WAYS = ['resume', 'list', 'giveUp'] as const;

type Way = (typeof OTHER_WAYS)[number];

/** What each way takes along: the choices of a cut-over are those that it began with. */
const TAKES: Readonly<Record<Way, readonly (keyof CutoverOptions)[]>> = {
  resume: ['apply', 'yes'],
  list: [],
  giveUp: ['yes'],
};

/** SAFETY: an option that would be ignored is refused: whoever types it believes that it counts. */
const ignoredBy = (way: Way, typed: CutoverOptions): string | undefined => {
  const named = (name: string) => CUTOVER_OPTIONS.find((option) => option.attributeName() === name)?.long;
  const given = (Object.keys(typed) as (keyof CutoverOptions)[]).filter((name) => typed[name] !== undefined);
  const ignored = given.find((name) => name !== way && name !== 'tables' && !TAKES[way].includes(name));
  return ignored === undefined ? undefined : `${named(ignored)} does not go with ${named(way)}`;
};

const inOtherWay = (way: Way, ways: number, typed: CutoverOptions): string | undefined =>
  ways > 1 || (typed.tables ?? []).length > 0
    ? '--resume, --list and --give-up stand alone, without tables'
    : ignoredBy(way, typed);

/** Says why what was typed contradicts itself; undefined when it does not. */
export const mistakeIn = (typed: CutoverOptions): string | undefined => {
  const ways = OTHER_WAYS.filter((way) => typed[way] !== undefined);
  const [way] = ways;
  if (way !== undefined) return inOtherWay(way, ways.length, typed);
  if (typed.tables?.length !== 2) return 'name the old table, then the restored one';
  if (typed.swap === undefined && typed.ttl !== undefined) return '--ttl goes with --swap';
  if (typed.swap === true && typed.kinesis !== undefined)
    return '--kinesis does not go with --swap: the table that takes the name sends where the old one did';
  return undefined;
};
