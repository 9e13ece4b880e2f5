import { isSame } from '../../shared/core/restore/same.ts';
import { restoreOfCommand } from '../../shared/core/text/commands.ts';
import { advise, asAdvice, type Command, type Said } from '../../shared/model/advice.ts';
import { assertNever } from '../../shared/model/errors.ts';
import { failureText } from '../../shared/model/failure.ts';
import type {
  DecisionReason,
  DifferenceReason,
  SettingComparison,
  SettingVerdict,
} from '../../shared/model/setting-comparison.ts';
import { isFields } from '../../shared/model/shape.ts';
import type { Json } from '../../shared/model/table-settings.ts';
import type { Screen } from './colour.ts';
import { columns, type Row } from './columns.ts';
import { protectionOffCommand, ttlCommand } from './restore-step-text.ts';

const WHY_DIFFERENT: Readonly<Record<DifferenceReason, string>> = {
  'not-set': 'it could not be set',
  'for-life': 'it is made with the table and never changes',
  chosen: 'you wanted it so',
  added: 'only this table has it',
  'new-each-time': 'every table has its own',
  'needs-empty-table': 'AWS gives strong consistency over Regions only to a table without items',
  'name-taken': 'a table of that name stands there already',
  'set-since': 'somebody set it on the restored table since the restore began, so it was left as it is',
};

const WHY_IN_HAND: Readonly<Record<DecisionReason, string>> = {
  'ttl-asked-for': 'TTL deletes what has run out: switch it on with --ttl on, or later by hand',
  'warm-asked-for': '--warm as-was raises it; it costs money and cannot go down again',
  'shared-stream': 'its source still sends its changes there: two tables in one stream mix their records',
  'stream-elsewhere': 'that Kinesis stream is in another Region or account than this table',
  'other-stream': 'the table sends its changes elsewhere',
  'index-to-build': 'it was left out for now; --indexes builds it',
  'points-at-source': 'it points at the source still: the end says what to do',
  'reads-old-stream': 'it reads the stream of the lost table: the end says what to do',
};

const valueText = (value: Json): string => {
  // `none` is the value of a tag that opts out.
  if (value === null) return 'nothing';
  return typeof value === 'string' ? value : JSON.stringify(value);
};

const settingText = ({ setting, part }: SettingComparison): string =>
  part === undefined ? setting : `${setting} ${part}`;

const changeText = ({ wanted, live }: { readonly wanted: Json; readonly live: Json }): string =>
  `was ${valueText(wanted)}, is ${valueText(live)}`;

const verdictText = (verdict: SettingVerdict): string => {
  switch (verdict.kind) {
    case 'same':
      return 'as it was';
    case 'better':
      return changeText(verdict);
    case 'differs':
      return verdict.why === 'not-set'
        ? `should be ${valueText(verdict.wanted)}, is ${valueText(verdict.live)}: ${WHY_DIFFERENT['not-set']}`
        : `${changeText(verdict)}: ${WHY_DIFFERENT[verdict.why]}`;
    case 'in-hand':
      return WHY_IN_HAND[verdict.why];
    case 'gap':
      return `not read of the ${verdict.of === 'manifest' ? 'source' : 'restored table'}: ${failureText(verdict.failure)}`;
    default:
      return assertNever(verdict);
  }
};

/** Where the restored table is. */
export interface Place {
  readonly table: string;
  readonly region: string;
}

const attributeOf = (wanted: Json): string | undefined => {
  const attribute = isFields(wanted) ? wanted.attribute : undefined;
  return typeof attribute === 'string' ? attribute : undefined;
};

const inHandCommand = (verdict: SettingVerdict, { table, region }: Place): Command | undefined => {
  if (verdict.kind !== 'in-hand') return undefined;
  switch (verdict.why) {
    case 'index-to-build':
      return restoreOfCommand('--indexes', { targetTable: table, targetRegion: region });
    case 'ttl-asked-for': {
      const attribute = attributeOf(verdict.wanted);
      return attribute === undefined ? undefined : ttlCommand(table, region, attribute);
    }
    default:
      return undefined;
  }
};

/** What is said of a setting, with the command that does what was left to the person, where there is one. */
const settingSaid = (
  comparison: SettingComparison,
  place: Place,
  next: SettingComparison | undefined,
): Said => {
  const { setting, part, verdict } = comparison;
  const says = verdictText(verdict);
  if (part === undefined && setting === 'deletion-protection' && verdict.kind === 'better')
    return advise(
      `${says}: a restored table is protected until you are done with it. Off again:`,
      protectionOffCommand(place.table, place.region),
    );
  const command = inHandCommand(verdict, place);
  // One command that does several things is shown with the last of them.
  const isBelow = next !== undefined && isSame(command, inHandCommand(next.verdict, place));
  return isBelow || command === undefined ? says : advise(`${says}:`, command);
};

/** Formats settings under a heading, each with its verdict; nothing for none. */
export const verdictsBlock = (
  heading: string,
  comparisons: readonly SettingComparison[],
  place: Place,
  screen: Screen,
): readonly string[] =>
  comparisons.length === 0
    ? []
    : [
        screen.paint('strong', heading),
        ...columns(
          comparisons.map(
            (one, at): Row => [settingText(one), asAdvice(settingSaid(one, place, comparisons[at + 1]))],
          ),
          '  ',
          screen,
        ),
      ];
