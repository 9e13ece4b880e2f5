import type { Operations } from '../operation.ts';
import {
  createEventSourceMapping,
  deleteEventSourceMapping,
  getEventSourceMapping,
  listEventSourceMappings,
  updateEventSourceMapping,
} from './event-source-mappings.ts';
import { createFunction, getFunctionConfiguration } from './functions.ts';
import { listTags, tagResource } from './tags.ts';

export const LAMBDA_OPERATIONS: Operations = {
  CreateEventSourceMapping: createEventSourceMapping,
  CreateFunction: createFunction,
  DeleteEventSourceMapping: deleteEventSourceMapping,
  GetEventSourceMapping: getEventSourceMapping,
  GetFunctionConfiguration: getFunctionConfiguration,
  ListEventSourceMappings: listEventSourceMappings,
  ListTags: listTags,
  TagResource: tagResource,
  UpdateEventSourceMapping: updateEventSourceMapping,
};
