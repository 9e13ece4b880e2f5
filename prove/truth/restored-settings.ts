import type { KeptManifest, TrueSettings } from '../world/state-watch.ts';

/** The manifest that the rule names: of that table, the newest at or before what comes back; where there is none, the first after it. */
export const manifestOf = (
  kept: Iterable<KeptManifest>,
  { tableId, at }: { readonly tableId: string; readonly at: number },
): KeptManifest | undefined => {
  const own = [...kept]
    .filter((one) => one.tableId === tableId)
    .toSorted((a, b) => a.capturedAt - b.capturedAt);
  return own.findLast(({ capturedAt }) => capturedAt <= at) ?? own[0];
};

/** What a person chose, as far as it concerns settings. */
interface Chosen {
  readonly asReplacement: boolean;
  readonly ttl: 'on' | 'later';
}

const OPT_OUT = { 'backup:policy': 'none' };

/** The settings that a restored table has to have by the rule's words: those of its source then; protected; opted out unless it is a replacement; TTL only where it was asked for. */
export const rightlySet = (
  { warm: _warm, tags, timeToLive, ...truth }: TrueSettings,
  { asReplacement, ttl }: Chosen,
) => ({
  ...truth,
  deletionProtection: true,
  tags: asReplacement ? tags : { ...tags, ...OPT_OUT },
  timeToLive: ttl === 'on' ? timeToLive : undefined,
});

/** Where each setting stands in a manifest: what is not here is part of the shape. */
const FACET_OF: Readonly<Record<string, string>> = {
  tags: 'tags',
  timeToLive: 'ttl',
  pitrDays: 'pitr',
  policy: 'resource-policy',
  streamPolicy: 'stream-policy',
  kinesis: 'kinesis',
  insights: 'insights',
  replicas: 'replicas',
  scaling: 'auto-scaling',
};

const UNLIMITED = -1;

/** No maximum is written in two ways. */
const plain = (name: string, value: unknown): unknown => {
  if (name !== 'onDemandMaximum' || typeof value !== 'object' || value === null) return value;
  const limits = Object.entries(value).filter(([, units]) => units !== UNLIMITED);
  return limits.length === 0 ? undefined : Object.fromEntries(limits);
};

const textOf = (value: unknown): string =>
  JSON.stringify(value, (_, one: unknown) =>
    typeof one === 'object' && one !== null && !Array.isArray(one)
      ? Object.fromEntries(Object.entries(one).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : one,
  ) ?? 'none';

/** Lists the settings in which a restored table is not as it has to be, but for facets of which nothing is known. */
export const wronglySet = (right: object, is: TrueSettings, unknown: readonly string[]): readonly string[] =>
  Object.entries(right).flatMap(([name, wanted]) => {
    const has = textOf(plain(name, (is as unknown as Readonly<Record<string, unknown>>)[name]));
    const should = textOf(plain(name, wanted));
    return unknown.includes(FACET_OF[name] ?? 'shape') || has === should
      ? []
      : [`${name} is ${has} instead of ${should}`];
  });

/** What a copy has where nothing was ever kept of its source, and that is gone: what a backup carries, protected. */
export const bareSettings = ({ asReplacement }: Pick<Chosen, 'asReplacement'>): object => ({
  deletionProtection: true,
  tags: asReplacement ? {} : OPT_OUT,
  timeToLive: undefined,
  pitrDays: undefined,
  policy: undefined,
  stream: undefined,
  class: 'STANDARD',
  insights: [],
});
