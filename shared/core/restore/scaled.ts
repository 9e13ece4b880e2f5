import type { AutoScaling, Capacity } from '../../model/table-settings.ts';

/** What auto scaling may move a capacity between. */
interface Range {
  readonly min: number;
  readonly max: number;
}

const rangeOf = (scaling: AutoScaling | undefined, index: string | undefined, what: 'Read' | 'Write') => {
  const dimension = `dynamodb:${index === undefined ? 'table' : 'index'}:${what}CapacityUnits`;
  return scaling?.targets.find(
    (target) =>
      target.dimension === dimension &&
      (index === undefined || target.resourceId.endsWith(`/index/${index}`)),
  );
};

const isWithin = (value: number, range: Range | undefined): boolean =>
  range !== undefined && value >= range.min && value <= range.max;

/**
 * Says whether a capacity is as wanted. Where auto scaling moves it, anything between its ends is: the number in the manifest was that of a moment.
 */
export const isCapacityAsWanted = (
  live: Capacity | undefined,
  wanted: Capacity,
  scaling: AutoScaling | undefined,
  index?: string,
): boolean => {
  if (live === undefined) return false;
  const isRight = (value: number, other: number, what: 'Read' | 'Write'): boolean =>
    value === other || isWithin(value, rangeOf(scaling, index, what));
  return isRight(live.reads, wanted.reads, 'Read') && isRight(live.writes, wanted.writes, 'Write');
};
