/** What a policy asks of drills, as data. */
export interface DrillSpec {
  readonly everyDays: number;
  readonly level: 'described' | 'listed' | 'restored' | 'sampled';
  readonly sample: number;
}

/** The line that a person would write. */
export const drillText = ({ everyDays, level, sample }: DrillSpec): string =>
  `    drill: { every: ${everyDays}d, level: ${level}, sample: ${sample} }\n`;
