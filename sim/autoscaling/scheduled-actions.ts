import { validationFailure } from '../failure.ts';
import type { Operation } from '../operation.ts';
import { validated } from '../validation.ts';
import { listed, namesIn, PLACE, placeOf } from './input.ts';
import { namedKey, notFound, type PlannedAction, requireTarget } from './scaling.ts';

type ActionInput = PlannedAction['action'] & { readonly ScheduledActionName: string };

const NAMED = { ...PLACE, ScheduledActionName: { required: true, length: [1, 256] } } as const;

/** Makes an action, or changes one: of what is not given, the old stays. */
export const putScheduledAction: Operation = ({ account, now }, raw) => {
  const place = placeOf(raw);
  const { ScheduledActionName: name, ...input } = validated<ActionInput>(raw, NAMED);
  const { scaling, random } = account.state;
  requireTarget(scaling, place);
  const key = namedKey(place, name);
  const existing = scaling.actions.get(key);
  const { Schedule = existing?.action.Schedule, ScalableTargetAction } = input;
  if (Schedule === undefined)
    throw validationFailure('Schedule must be specified for a new scheduled action');
  const { StartTime, EndTime, Timezone } = input;
  const given = Object.entries({ StartTime, EndTime, Timezone, ScalableTargetAction });
  const action = {
    ...existing?.action,
    ...Object.fromEntries(given.filter((entry) => entry[1] !== undefined)),
    Schedule,
  };
  const arn = `arn:aws:autoscaling:${account.region}:${account.accountId}:scheduledAction:${random.uuid()}:resource/${place.namespace}/${place.resourceId}:scheduledActionName/${name}`;
  const { createdAt = now, arn: kept = arn } = existing ?? {};
  scaling.actions.set(key, { ...place, name, arn: kept, createdAt, action });
  return {};
};

export const deleteScheduledAction: Operation = ({ account }, raw) => {
  const place = placeOf(raw);
  const { ScheduledActionName: name } = validated<ActionInput>(raw, NAMED);
  if (!account.state.scaling.actions.delete(namedKey(place, name))) {
    throw notFound(`No scheduled action ${name} found for`, place);
  }
  return {};
};

export const describeScheduledActions: Operation = ({ account }, raw) => {
  const names = namesIn(raw.ScheduledActionNames);
  const { page, next } = listed(
    account,
    account.state.scaling.actions,
    raw,
    ({ name, resourceId }) => (names?.has(name) ?? true) && (raw.ResourceId ?? resourceId) === resourceId,
  );
  return {
    ScheduledActions: page.map(({ name, arn, namespace, resourceId, dimension, createdAt, action }) => ({
      ScheduledActionName: name,
      ScheduledActionARN: arn,
      ServiceNamespace: namespace,
      ResourceId: resourceId,
      ScalableDimension: dimension,
      CreationTime: createdAt / 1000,
      ...action,
    })),
    ...next,
  };
};
