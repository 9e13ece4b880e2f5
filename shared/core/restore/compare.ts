import { type Failure, ownFailure } from '../../model/failure.ts';
import type { SettingsReading } from '../../model/manifest.ts';
import type { SettingComparison } from '../../model/setting-comparison.ts';
import type { SettingFacet, TableSettings } from '../../model/table-settings.ts';
import { COMPARED_FACETS, type FacetInput } from './compare-facets.ts';
import { compareShape } from './compare-shape.ts';
import type { RestoreContext } from './context.ts';
import { expectedSettings } from './expected.ts';
import { on } from './verdict.ts';

type OtherFacet = Exclude<SettingFacet, 'shape'>;

const gapOf = ({ gaps }: SettingsReading, facet: SettingFacet): Failure =>
  gaps.find((gap) => gap.facet === facet)?.failure ?? ownFailure('not-there', 'it was not read');

const NO_SCALING: TableSettings['auto-scaling'] = { targets: [], rules: [] };

/** What is compared: what was read of the source and of the restored table, and what the table should be. */
interface Compared {
  readonly wanted: SettingsReading;
  readonly live: SettingsReading;
  readonly expected: Partial<TableSettings>;
  readonly context: RestoreContext;
}

const unread = (
  { wanted, live }: Compared,
  facet: SettingFacet,
  isExpectedKnown: boolean,
): readonly SettingComparison[] =>
  isExpectedKnown
    ? [on(facet, { kind: 'gap', of: 'table', failure: gapOf(live, facet) })]
    : [on(facet, { kind: 'gap', of: 'manifest', failure: gapOf(wanted, facet) })];

const shapeOf = (compared: Compared): readonly SettingComparison[] => {
  const { wanted, live, expected, context } = compared;
  const source = wanted.settings.shape;
  if (source === undefined || expected.shape === undefined) return unread(compared, 'shape', false);
  if (live.settings.shape === undefined) return unread(compared, 'shape', true);
  const scaling = [expected['auto-scaling'] ?? NO_SCALING, live.settings['auto-scaling'] ?? NO_SCALING];
  return compareShape({ source, expected: expected.shape, live: live.settings.shape, scaling, context });
};

/** What points at the source is named even where it is not known what points at the restored table. */
const namesOf = ({ wanted, context, expected, live }: Compared, facet: OtherFacet) =>
  facet === 'attachments' && wanted.settings.attachments !== undefined
    ? COMPARED_FACETS.attachments({
        source: wanted.settings.attachments,
        expected: [],
        live: [],
        context,
        whole: { live: live.settings, expected },
      })
    : [];

const facetOf = <Facet extends OtherFacet>(
  compared: Compared,
  facet: Facet,
): readonly SettingComparison[] => {
  const { wanted, live, context } = compared;
  const expected: Partial<TableSettings>[Facet] = compared.expected[facet];
  const has: Partial<TableSettings>[Facet] = live.settings[facet];
  const source: Partial<TableSettings>[Facet] = wanted.settings[facet];
  // What was not read of the source is a gap, even where the table should have something of its own, such as the tag that opts it out.
  const isUnread = source === undefined || wanted.gaps.some((gap) => gap.facet === facet);
  const gap = isUnread ? unread(compared, facet, false) : [];
  if (expected === undefined) return gap;
  if (has === undefined) return [...gap, ...unread(compared, facet, true), ...namesOf(compared, facet)];
  const input = {
    source,
    expected,
    live: has,
    context,
    whole: { live: live.settings, expected: compared.expected },
  } as FacetInput<Facet>;
  const compare: (input: FacetInput<Facet>) => readonly SettingComparison[] = COMPARED_FACETS[facet];
  return [...gap, ...compare(input)];
};

/** A bare copy was asked for: what no step was to set differs by choice. */
const asChosen = (comparison: SettingComparison, { choices }: RestoreContext): SettingComparison => {
  const { setting, verdict } = comparison;
  const isOwn = setting === 'deletion-protection' || setting === 'tags';
  if (choices.settings === 'all' || verdict.kind !== 'differs' || verdict.why !== 'not-set' || isOwn)
    return comparison;
  return { ...comparison, verdict: { ...verdict, why: 'chosen' } };
};

const OTHERS = Object.keys(COMPARED_FACETS) as readonly OtherFacet[];

/**
 * Compares every setting of a restored table with the manifest of its source, under the names of the restored table. A setting is there once, or
 * once for each of its parts, whatever the verdict; encryption comes first. What could not be read on either side is a gap, never "the same".
 */
export const compareSettings = (
  wanted: SettingsReading,
  live: SettingsReading,
  context: RestoreContext,
): readonly SettingComparison[] => {
  const expected = expectedSettings(wanted.settings, live.settings, context);
  const compared = { wanted, live, expected, context };
  return [...shapeOf(compared), ...OTHERS.flatMap((facet) => facetOf(compared, facet))].map((one) =>
    asChosen(one, context),
  );
};
