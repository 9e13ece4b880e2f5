import type { AlertDocument } from '../../shared/model/alert-message.ts';
import type { Delivery } from '../../sim/inbox.ts';
import type { World } from './deployment.ts';

/** Of what functions that are subscribed receive, the alerts; the rest are digests. */
const alertIn = ({ message }: Delivery): readonly AlertDocument[] => {
  const document = message.startsWith('{') ? (JSON.parse(message) as Partial<AlertDocument>) : {};
  return document.alert === undefined ? [] : [document as AlertDocument];
};

/** Returns the alerts since a number of messages, and how many digests. */
export const messagesSince = (world: World, count: number) => {
  const messages = world.account.inbox.messages.slice(count).filter(({ protocol }) => protocol === 'lambda');
  const documents = messages.flatMap(alertIn);
  return { documents, digests: messages.length - documents.length };
};
