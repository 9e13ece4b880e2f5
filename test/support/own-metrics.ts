import { alarmsOf, metricOf } from './alarm-watch.ts';
import type { Resource } from './template.ts';

interface Directive {
  readonly Namespace: string;
  readonly Dimensions: readonly (readonly string[])[];
  readonly Metrics: readonly { readonly Name: string }[];
}

type Line = Readonly<Record<string, unknown>>;

const metricsOf = (line: Line): readonly string[] => {
  const { CloudWatchMetrics } = line._aws as { readonly CloudWatchMetrics: readonly Directive[] };
  return CloudWatchMetrics.flatMap(({ Namespace, Dimensions, Metrics }) =>
    Dimensions.flatMap((names) => {
      const dimensions = names.toSorted().map((name) => `${name}=${String(line[name])}`);
      return Metrics.map(({ Name }) => [Namespace, Name, ...dimensions].join(' '));
    }),
  );
};

/** Lists the metrics that CloudWatch takes from log lines: namespace, name and dimensions as text, each once, sorted. */
export const metricsWritten = (lines: readonly string[]): readonly string[] => {
  const written = lines
    .filter((line) => line.includes('"_aws"'))
    .flatMap((line) => metricsOf(JSON.parse(line) as Line));
  return [...new Set(written)].toSorted();
};

/** Lists this project's metrics that alarms watch, in the same form. */
export const metricsWatched = (resources: Readonly<Record<string, Resource>>): readonly string[] =>
  alarmsOf(resources)
    .filter(({ Namespace }) => Namespace === 'Tablekeeper')
    .map(metricOf)
    .toSorted();
