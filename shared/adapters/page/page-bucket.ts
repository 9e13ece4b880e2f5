import { type Instant, MINUTE_MS, SECOND_MS } from '../../model/instant.ts';
import { dnsSuffixOf, type Target } from '../../model/target.ts';
import type { PageShelf } from '../../ports/page.ts';
import type { Clock } from '../../ports/time.ts';
import { type SigningKey, signedAddress } from '../aws/signed-address.ts';
import { type Answer, type Send, sendBy } from './send.ts';

/** Which bucket, and how it is reached. */
export interface PageBucketOptions {
  readonly bucket: string;
  readonly instance: string;
  readonly target: Target;
  readonly clock: Clock;
  readonly key: () => Promise<SigningKey>;
  /** By default AWS's own. */
  readonly endpoint?: string;
  /** Replaces the network. */
  readonly requestHandler?: unknown;
}

/** Long enough for a page on its way, and of no use to anyone later. */
const PUT_VALID_MS = 5 * MINUTE_MS;

/** Putting a page twice is putting it once. Pauses between, in milliseconds. */
const PAUSES_MS = [SECOND_MS, 3 * SECOND_MS];

/** One object alone, by its name, is all that the role may reach: iam/report.yml. */
const objectKey = (instance: string, { region }: Target): string =>
  `tablekeeper/${instance}/${region}/report.html`;

const addressOf = ({ bucket, endpoint, instance, target }: PageBucketOptions): URL => {
  const key = objectKey(instance, target);
  if (endpoint !== undefined) return new URL(`${endpoint}/${bucket}/${key}`);
  return new URL(`https://${bucket}.s3.${target.region}.${dnsSuffixOf(target)}/${key}`);
};

/** SAFETY: the address is a right to read the page, so no failure repeats it: it names S3's code alone. */
const failureOf = ({ status, text }: Answer): string =>
  `${/<Code>(\w{1,60})<\/Code>/.exec(text)?.[1] ?? 'no code'} (${status})`;

const isWorthRepeating = ({ status }: Answer): boolean => status === 0 || status === 429 || status >= 500;

const sendRepeatedly = async (once: () => Promise<Answer>, clock: Clock): Promise<Answer> => {
  let answer = await once();
  for (const pauseMs of PAUSES_MS) {
    if (!isWorthRepeating(answer)) return answer;
    await clock.sleep(pauseMs);
    answer = await once();
  }
  return answer;
};

/** Creates the shelf on a bucket of S3: one page of each instance and Region, which the next one replaces. */
export const createPageBucket = (options: PageBucketOptions): PageShelf => {
  const { clock, key, target } = options;
  const url = addressOf(options);
  const send: Send = sendBy(options.requestHandler);
  const sign = async (method: 'GET' | 'PUT', validMs: number): Promise<string> =>
    signedAddress({ method, url, region: target.region, now: clock.now(), validMs }, await key());
  return {
    put: async (page) => {
      const once = async (): Promise<Answer> =>
        await send({ address: await sign('PUT', PUT_VALID_MS), body: page });
      const answer = await sendRepeatedly(once, clock);
      if (answer.status !== 200) throw new Error(`PutObject: ${failureOf(answer)}`);
    },
    link: (until: Instant) => sign('GET', until - clock.now()),
  };
};
