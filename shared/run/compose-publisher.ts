import { readEnvironment } from '../adapters/system/env.ts';
import { messageOf } from '../model/errors.ts';
import type { PublisherGround } from './compose-wire.ts';
import type { PublishPage } from './publish.ts';

/**
 * Builds what writes the page of an audit. All of it is loaded when a page is written: a deployment without a bucket never reads it. An audit whose
 * page did not arrive fails by that, as by a digest that was not sent; what it found is reported all the same.
 */
export const pagePublisher =
  (ground: PublisherGround): PublishPage =>
  async (parts, seen, until) => {
    try {
      const { publishOn } = await import('./compose-publish.ts');
      return { link: await publishOn(ground, { parts, seen, until }), failures: [] };
    } catch (error) {
      return { failures: [`the page could not be written: ${messageOf(error)}`] };
    }
  };

/** Builds what writes the page of a function from its environment; undefined without a bucket. */
export const composePublisherFromEnvironment = (): PublishPage | undefined => {
  const { s3Endpoint: endpoint, reportBucket: bucket } = readEnvironment();
  return bucket === undefined
    ? undefined
    : pagePublisher({ bucket, ...(endpoint !== undefined && { endpoint }) });
};
