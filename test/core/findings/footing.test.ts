import { describe, expect, it } from 'vitest';
import { footingsIn } from '../../../shared/core/findings/footing.ts';
import type { Footing } from '../../../shared/core/findings/footing-scene.ts';
import { governedTables } from '../../../shared/core/scene/governed.ts';
import { facetsOf } from '../../../shared/core/scene/reach.ts';
import type { Finding } from '../../../shared/model/finding.ts';
import type { OpenFinding } from '../../../shared/model/memory.ts';
import type { Observation } from '../../../shared/model/observation.ts';
import { gap, open } from '../../support/sights.ts';
import {
  anObservation,
  anOpenFinding,
  aPolicy,
  aPolicyWithoutPitr,
  aTable,
  somePolicies,
} from '../../support/world.ts';

const POLICIES = somePolicies({ policies: [aPolicyWithoutPitr({ name: 'offsite' }), aPolicy()] });
const PITR = open('pitr-off', 'pitr-off/Orders', 'Orders');
const OVERDUE: OpenFinding = {
  ...open('recovery-point-overdue', 'recovery-point-overdue/Orders/standard', 'Orders'),
  policy: 'standard',
};
const MISTYPED = open('unknown-policy', 'unknown-policy/Orders', 'Orders');
const GONE = open('table-deleted', 'table-deleted/Orders', 'Orders');
const LEFT = open('recovery-points-of-lost-table', 'recovery-points-of-lost-table/Orders', 'Orders');
const UNREAD = open('observation-gap', 'observation-gap/pitr/Orders', 'Orders');

const lost = (policy = 'standard'): Finding =>
  anOpenFinding({ id: `no-longer-protected/Orders/${policy}`, kind: 'no-longer-protected', policy });

const tagged = (value: string): Partial<Observation> => ({
  tables: [aTable({ tags: { 'backup:policy': value } })],
});
const UNTAGGED: Partial<Observation> = { tables: [], tableNames: ['Orders'] };
const DELETED: Partial<Observation> = { tables: [], tableNames: [] };

describe('an open finding whose table may have left its policy', () => {
  it.each<{
    name: string;
    finding: OpenFinding;
    seen: Partial<Observation>;
    found?: readonly Finding[];
    is: Footing;
  }>([
    {
      name: 'is looked at while its policy governs',
      finding: OVERDUE,
      seen: tagged('standard'),
      is: 'looked-at',
    },
    { name: 'is held once its tag went', finding: PITR, seen: UNTAGGED, found: [lost()], is: 'held' },
    {
      name: 'is held once its tag names nothing',
      finding: PITR,
      seen: tagged('x'),
      found: [lost()],
      is: 'held',
    },
    {
      name: 'is held once its own policy left the tag',
      finding: OVERDUE,
      seen: tagged('offsite'),
      found: [lost()],
      is: 'held',
    },
    {
      name: 'of PITR is held once no policy in the tag promises any',
      finding: PITR,
      seen: tagged('offsite'),
      found: [lost()],
      is: 'held',
    },
    {
      name: 'is withdrawn when the tag gave the policy up',
      finding: OVERDUE,
      seen: tagged('offsite'),
      is: 'withdrawn',
    },
    { name: 'is withdrawn when the table opted out', finding: PITR, seen: tagged('none'), is: 'withdrawn' },
    {
      name: 'is withdrawn with a table whose deletion is told',
      finding: PITR,
      seen: DELETED,
      found: [GONE],
      is: 'withdrawn',
    },
    { name: 'is over with a table that nobody protected', finding: MISTYPED, seen: DELETED, is: 'looked-at' },
    { name: 'of the tag is withdrawn with the tag', finding: MISTYPED, seen: UNTAGGED, is: 'withdrawn' },
    {
      name: 'of the tag is over when the table opts out',
      finding: MISTYPED,
      seen: tagged('none'),
      is: 'looked-at',
    },
    {
      name: 'of what could not be read is held with the rest',
      finding: UNREAD,
      seen: UNTAGGED,
      found: [lost()],
      is: 'held',
    },
    {
      name: 'is held by a run that reads no names',
      finding: PITR,
      seen: { ...DELETED, facets: facetsOf('protect') },
      is: 'held',
    },
    {
      name: 'is left to its gap while tags cannot be read',
      finding: PITR,
      seen: { ...UNTAGGED, gaps: [gap('tags')] },
      is: 'looked-at',
    },
    {
      name: 'of what a former table left is held while nobody saw which table has its name now',
      finding: LEFT,
      seen: UNTAGGED,
      is: 'held',
    },
    {
      name: 'of what a former table left is looked at where it was seen which one has its name',
      finding: LEFT,
      seen: { ...UNTAGGED, formerTables: [aTable()] },
      is: 'looked-at',
    },
    {
      name: 'of what a deleted table left is looked at while no table has its name',
      finding: LEFT,
      seen: DELETED,
      is: 'looked-at',
    },
    {
      name: 'of a deletion is withdrawn when the table is back unprotected',
      finding: GONE,
      seen: UNTAGGED,
      found: [lost()],
      is: 'withdrawn',
    },
    {
      name: 'of a deletion is over when the table is back and governed',
      finding: GONE,
      seen: tagged('standard'),
      is: 'looked-at',
    },
  ])('$name', ({ finding, seen, found = [], is }) => {
    const observation = anObservation(seen);
    const governed = governedTables(POLICIES, observation.tables);
    expect(footingsIn({ observation, found, governed, openFindings: [finding] })(finding)).toBe(is);
  });
});
