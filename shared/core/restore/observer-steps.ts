import type { SettingStep } from '../../model/restore.ts';
import type { Insights, KinesisDestination } from '../../model/table-settings.ts';
import type { Target } from '../../model/target.ts';
import type { RestoreContext, RestoreInput } from './context.ts';

const ON: readonly Insights['status'][] = ['ENABLED', 'ENABLING'];

/** Says whether Contributor Insights is on, or about to be. */
export const isInsightsOn = ({ status }: Insights): boolean => ON.includes(status);

/** Says whether insights are as wanted. A mode that the service does not state is not compared. */
export const isSameInsights = (wanted: Insights, live: Insights | undefined): boolean =>
  live !== undefined &&
  isInsightsOn(live) &&
  (wanted.mode === undefined || live.mode === undefined || wanted.mode === live.mode);

/** Switches Contributor Insights on for the table and each of its indexes. */
export const insightsSteps = ({
  expected,
  live,
}: Pick<RestoreInput, 'expected' | 'live'>): readonly SettingStep[] => {
  const indexes = live.shape?.globalIndexes.map(({ name }) => name);
  return (expected.insights ?? [])
    .filter((wanted) => isInsightsOn(wanted))
    .filter(({ index }) => index === undefined || indexes === undefined || indexes.includes(index))
    .filter(
      (wanted) =>
        !isSameInsights(
          wanted,
          live.insights?.find(({ index }) => index === wanted.index),
        ),
    )
    .map(({ index, mode }) => ({
      kind: 'insights',
      ...(index !== undefined && { index }),
      ...(mode !== undefined && { mode }),
    }));
};

const SENDING: readonly KinesisDestination['status'][] = ['ACTIVE', 'ENABLING', 'UPDATING'];

/** Says whether the table sends its changes there, or is about to. */
export const isSending = ({ status }: KinesisDestination): boolean => SENDING.includes(status);

const KINESIS_ARN = /^arn:[^:]*:kinesis:([^:]*):([^:]*):/;

/** Says whether a table of a place cannot send there: its Kinesis streams are those of its own Region and account. */
export const isStreamElsewhere = (streamArn: string, to: Target): boolean => {
  const [, region, accountId] = KINESIS_ARN.exec(streamArn) ?? [];
  return region !== to.region || accountId !== to.accountId;
};

/**
 * Says why a person has to decide about a Kinesis destination: it is in another Region; the source sends its changes there as well, and the records
 * of two tables would mix; or the restored table sends them elsewhere.
 */
export const kinesisQuestion = (
  wanted: KinesisDestination,
  live: readonly KinesisDestination[],
  { names, choices }: RestoreContext,
): 'shared-stream' | 'other-stream' | 'stream-elsewhere' | undefined => {
  if (isStreamElsewhere(wanted.streamArn, names.to)) return 'stream-elsewhere';
  const sending = live.filter(isSending);
  if (sending.some(({ streamArn }) => streamArn === wanted.streamArn)) return undefined;
  if (sending.length > 0) return 'other-stream';
  return names.sourceExists && choices.kinesis !== 'share' ? 'shared-stream' : undefined;
};

/** Says whether a destination is as wanted. */
export const isSameDestination = (wanted: KinesisDestination, live: readonly KinesisDestination[]): boolean =>
  live.some(
    (one) =>
      one.streamArn === wanted.streamArn &&
      isSending(one) &&
      (wanted.precision === undefined || one.precision === undefined || one.precision === wanted.precision),
  );

/** Sends changes to the Kinesis stream again, where no person has to decide it first. */
export const kinesisSteps = ({ expected, live, context }: RestoreInput): readonly SettingStep[] =>
  (expected.kinesis ?? [])
    .filter((wanted) => isSending(wanted))
    .filter((wanted) => !isSameDestination(wanted, live.kinesis ?? []))
    .filter((wanted) => kinesisQuestion(wanted, live.kinesis ?? [], context) === undefined)
    .map(({ streamArn, precision }) => ({
      kind: 'kinesis',
      streamArn,
      ...(precision !== undefined && { precision }),
    }));
