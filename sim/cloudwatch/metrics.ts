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
  readonly value: number;
}

/** Samples of metrics, as they were put. */
export interface Metrics {
  add(metric: MetricName, sample: Sample): void;
  /** The samples from `since` on and before `until`. */
  between(metric: MetricName, since: number, until: number): readonly Sample[];
}

const keyOf = ({ Namespace, MetricName, Dimensions = [] }: MetricName): string =>
  JSON.stringify([Namespace, MetricName, Dimensions.map(({ Name, Value }) => `${Name}=${Value}`).sort()]);

export const createMetrics = (): Metrics => {
  const series = new Map<string, Sample[]>();
  return {
    add(metric, sample) {
      const key = keyOf(metric);
      const samples = series.get(key) ?? [];
      series.set(key, samples);
      samples.push(sample);
    },
    between: (metric, since, until) =>
      (series.get(keyOf(metric)) ?? []).filter(({ at }) => at >= since && at < until),
  };
};
