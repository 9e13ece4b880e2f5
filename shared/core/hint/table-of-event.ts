import { isDrillName } from '../../model/passing-table.ts';
import { type Fields, isFields, isText } from '../../model/shape.ts';
import type { Target } from '../../model/target.ts';

/** What an event leads to: the name of a table to look at, or nothing, with the reason. */
export type Hinted =
  | { readonly kind: 'table'; readonly table: string; readonly via: HintSource }
  | { readonly kind: 'nothing'; readonly reason: string };

/** The source: the tagging service, which is always there, or CloudTrail, which needs a trail. */
export type HintSource = 'tag-change' | 'cloudtrail';

/** Calls that may change a table's protection. The EventBridge rule for hints matches exactly these. */
export const TELLING_CALLS: readonly string[] = [
  'CreateTable',
  'DeleteBackup',
  'DeleteTable',
  'DeleteTableReplica',
  'ImportTable',
  'RestoreTableFromBackup',
  'RestoreTableToPointInTime',
  'TagResource',
  'UntagResource',
  'UpdateContinuousBackups',
  'UpdateTable',
];

/**
 * The parameters in which a call names its table, by name or by an ARN of it or of a part of it. The first one present
 * counts.
 */
const NAMING_PARAMETERS: readonly string[] = ['targetTableName', 'tableName', 'resourceArn', 'backupArn'];

/** The parameter of an import that holds the name of the new table, one level deeper. */
const NESTED_PARAMETERS = 'tableCreationParameters';

const NAME = /^[a-zA-Z0-9_.-]{3,255}$/;
const ARN = /^arn:aws[a-z-]*:dynamodb:([a-z0-9-]+):(\d{12}):table\/([a-zA-Z0-9_.-]{3,255})(?:\/.*)?$/;

/** Shortens text from outside, because it goes into the log. */
const shown = (value: unknown): string => (JSON.stringify(value) ?? 'nothing').slice(0, 200);

const textOf = (value: unknown): string => (isText(value) ? value : shown(value));

const fieldsOf = (value: unknown): Fields => (isFields(value) ? value : {});

const nothing = (reason: string): Hinted => ({ kind: 'nothing', reason });

/** Drills make, tag and delete tables that no policy governs: each of these would start a run that has nothing to see. */
const found = (table: string, via: HintSource): Hinted =>
  isDrillName(table) ? nothing(`this is a table of a drill: ${shown(table)}`) : { kind: 'table', table, via };

/** Accepts a bare name, or an ARN in this account and Region; otherwise says what is wrong with it. */
const hinted = (named: unknown, via: HintSource, { accountId, region }: Target): Hinted => {
  if (!isText(named)) return nothing(`the event names no table: ${shown(named)}`);
  if (NAME.test(named)) return found(named, via);
  const [, ofRegion, ofAccount, table] = ARN.exec(named) ?? [];
  if (table === undefined) return nothing(`this names no table: ${shown(named)}`);
  const isHere = ofRegion === region && ofAccount === accountId;
  return isHere ? found(table, via) : nothing(`this is of another place: ${shown(named)}`);
};

const ofTagChange = (event: Fields, target: Target): Hinted => {
  const [first, ...others] = Array.isArray(event.resources) ? event.resources : [];
  if (others.length > 0) return nothing(`the event names several resources: ${shown(event.resources)}`);
  if (isText(first) && !first.startsWith('arn:')) return nothing(`the event names no ARN: ${shown(first)}`);
  return hinted(first, 'tag-change', target);
};

const ofCall = (event: Fields, target: Target): Hinted => {
  const { errorCode, eventName, requestParameters } = fieldsOf(event.detail);
  if (errorCode !== undefined) return nothing(`the call was refused: ${shown(errorCode)}`);
  if (!isText(eventName) || !TELLING_CALLS.includes(eventName))
    return nothing(`the call changes no table: ${shown(eventName)}`);
  const given = fieldsOf(requestParameters);
  const parameters = { ...fieldsOf(given[NESTED_PARAMETERS]), ...given };
  const named = NAMING_PARAMETERS.map((name) => parameters[name]).find((value) => value !== undefined);
  return hinted(named, 'cloudtrail', target);
};

/** Checks whether an event comes from another account or Region, whose bare names would be taken for this account's. */
const isElsewhere = ({ account, region }: Fields, target: Target): boolean =>
  account !== target.accountId || region !== target.region;

/**
 * SAFETY: nothing but a table's name is trusted or kept of an event. Extracts the name of the table that an EventBridge
 * event is about: a tag change, or a call to DynamoDB that CloudTrail recorded. A denied call, an event of another
 * account or Region, and every other shape are ignored, with the reason as a sentence.
 * @see https://docs.aws.amazon.com/tag-editor/latest/userguide/monitor-tag-changes.html (checked 2026-11-22)
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/logging-using-cloudtrail.html (checked 2026-11-22)
 */
export const tableOfEvent = (event: unknown, target: Target): Hinted => {
  const fields = fieldsOf(event);
  const kind = [fields.source, fields['detail-type']].map(textOf).join(': ');
  if (isElsewhere(fields, target))
    return nothing(`the event is of another place, or of none: ${shown(event)}`);
  if (kind === 'aws.tag: Tag Change on Resource') return ofTagChange(fields, target);
  if (kind === 'aws.dynamodb: AWS API Call via CloudTrail') return ofCall(fields, target);
  return nothing(`no such event is known: ${shown(kind)}`);
};
