/** Which metric: its name space, its name, and its dimensions in any order. */
export interface MetricName {
  readonly Namespace?: string | undefined;
  readonly MetricName?: string | undefined;
  readonly Dimensions?:
    | readonly { readonly Name?: string | undefined; readonly Value?: string | undefined }[]
    | undefined;
}

interface Sample {
  readonly at: number;
  value: number;
}

/** Samples of metrics, as they were put. */
export interface Metrics {
  add(metric: MetricName, sample: Sample): void;
  /** Counts one, in the sample of the minute that the instant is in. */
  count(metric: MetricName, at: number): void;
  /** The samples from `since` on and before `until`. */
  between(metric: MetricName, since: number, until: number): readonly Sample[];
}

const MINUTE_MS = 60_000;

const keyOf = ({ Namespace, MetricName, Dimensions = [] }: MetricName): string =>
  JSON.stringify([Namespace, MetricName, Dimensions.map(({ Name, Value }) => `${Name}=${Value}`).sort()]);

export const createMetrics = (): Metrics => {
  const series = new Map<string, Sample[]>();
  const samplesOf = (metric: MetricName): Sample[] => {
    const key = keyOf(metric);
    const samples = series.get(key) ?? [];
    series.set(key, samples);
    return samples;
  };
  return {
    add: (metric, sample) => void samplesOf(metric).push({ ...sample }),
    count(metric, at) {
      const samples = samplesOf(metric);
      const minute = at - (at % MINUTE_MS);
      const last = samples.at(-1);
      if (last?.at === minute) last.value += 1;
      else samples.push({ at: minute, value: 1 });
    },
    between: (metric, since, until) =>
      (series.get(keyOf(metric)) ?? []).filter(({ at }) => at >= since && at < until),
  };
};
