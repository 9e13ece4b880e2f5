import { createPageBucket } from '../adapters/page/page-bucket.ts';
import { readCredentials } from '../adapters/system/env.ts';
import { standingOf } from '../core/explain/status.ts';
import type { PageStatus } from '../core/page/facts.ts';
import { zoneOf } from '../core/policy/compile.ts';
import { HOUR_MS, type Instant } from '../model/instant.ts';
import type { PageLink } from '../model/page-link.ts';
import type { PageShelf } from '../ports/page.ts';
import { functionsIn, readAround } from './around.ts';
import { pageText } from './compose-page.ts';
import type { PublisherGround } from './compose-wire.ts';
import type { Deps } from './deps.ts';
import type { Look } from './look.ts';
import { inTime } from './pass-on.ts';

/**
 * For how long a link is signed: until the next audit writes the next page. AWS ends it with the session of the role, whose length Lambda neither
 * promises nor says, so a message states this as the most.
 * @see https://repost.aws/knowledge-center/presigned-url-s3-bucket-expiration (checked 2026-11-29)
 */
const LINK_MS = 6 * HOUR_MS;

const keyIn =
  ({ credentials }: PublisherGround) =>
  async () =>
    typeof credentials === 'function' ? await credentials() : (credentials ?? readCredentials());

/** Says how a deployment stands by what its audit saw, which ran with the deployed policies. */
const statusOf = async (parts: Deps, seen: Look): Promise<PageStatus> => {
  const { runs, drills, restores, topic, subscribers } = await readAround(parts);
  const standing = standingOf({ ...seen, policies: parts.policies, drills, restores });
  const functions = functionsIn(parts, runs);
  return { ...standing, look: seen, functions, deployed: { kind: 'same' }, topic, subscribers };
};

/** What an audit saw, and until when its page has to be there. */
interface Publication {
  readonly parts: Deps;
  readonly seen: Look;
  readonly until: Instant;
}

/** Writes the page of what an audit saw into the bucket, and signs a link to it. Rejects where that does not work in time. */
export const publishOn = async (
  ground: PublisherGround,
  { parts, seen, until }: Publication,
): Promise<PageLink> => {
  const { clock, instance, policies, target } = parts;
  const shelf: PageShelf = createPageBucket({ ...ground, instance, target, clock, key: keyIn(ground) });
  return await inTime(clock, until, async () => {
    const status = await statusOf(parts, seen);
    const systemBackups = await parts.tableReader.listSystemBackups();
    await shelf.put(pageText({ status, systemBackups, policies, instance, target, zone: zoneOf(policies) }));
    const openUntil = clock.now() + LINK_MS;
    return { url: await shelf.link(openUntil), until: openUntil };
  });
};
