import type { SimAccount } from '../account.ts';
import type { Input } from '../call.ts';
import { serviceFailure } from '../failure.ts';
import type { Operation } from '../operation.ts';
import type { Alarm } from './alarms.ts';

interface Tag {
  readonly Key: string;
  readonly Value: string;
}

/** The tags that a call brings, by key. */
export const tagsIn = ({ Tags: tags }: Input): Readonly<Record<string, string>> =>
  Object.fromEntries(
    (Array.isArray(tags) ? (tags as readonly Tag[]) : []).map(({ Key, Value }) => [Key, Value]),
  );

const taggedAlarm = ({ state }: SimAccount, { ResourceARN: arn }: Input): Alarm => {
  const [, name = ''] = /:alarm:(.*)$/s.exec(String(arn)) ?? [];
  const alarm = state.alarms.get(name);
  if (!alarm) throw serviceFailure('ResourceNotFoundException', `Unknown resource: ${String(arn)}`, 404);
  return alarm;
};

export const listTagsForResource: Operation = ({ account }, input) => ({
  Tags: Object.entries(taggedAlarm(account, input).tags).map(([Key, Value]) => ({ Key, Value })),
});

export const tagResource: Operation = ({ account }, input) => {
  const alarm = taggedAlarm(account, input);
  account.state.alarms.set(alarm.name, { ...alarm, tags: { ...alarm.tags, ...tagsIn(input) } });
  return {};
};

export const untagResource: Operation = ({ account }, input) => {
  const alarm = taggedAlarm(account, input);
  const keys = (Array.isArray(input.TagKeys) ? input.TagKeys : []) as readonly string[];
  const tags = Object.entries(alarm.tags).filter(([key]) => !keys.includes(key));
  account.state.alarms.set(alarm.name, { ...alarm, tags: Object.fromEntries(tags) });
  return {};
};
