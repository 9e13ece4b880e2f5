import type { Operations } from '../operation.ts';
import { publish } from './publish.ts';
import {
  confirmSubscription,
  listSubscriptionsByTopic,
  subscribe,
  unsubscribe,
} from './subscription-operations.ts';
import { createTopic, deleteTopic, getTopicAttributes, listTopics } from './topic-operations.ts';

export const SNS_OPERATIONS: Operations = {
  ConfirmSubscription: confirmSubscription,
  CreateTopic: createTopic,
  DeleteTopic: deleteTopic,
  GetTopicAttributes: getTopicAttributes,
  ListSubscriptionsByTopic: listSubscriptionsByTopic,
  ListTopics: listTopics,
  Publish: publish,
  Subscribe: subscribe,
  Unsubscribe: unsubscribe,
};
