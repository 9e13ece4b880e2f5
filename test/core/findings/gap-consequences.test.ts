import { describe, expect, it } from 'vitest';
import { withConsequences } from '../../../shared/core/findings/gap-consequences.ts';
import type { Facet } from '../../../shared/model/observation.ts';
import { anOpenFinding } from '../../support/world.ts';

describe('a gap in a whole list', () => {
  it('says how many open findings cannot be looked at for it', () => {
    const gap = (facet: Facet, table?: string) => {
      const { table: _, ...whole } = anOpenFinding({
        id: `observation-gap/${facet}`,
        kind: 'observation-gap',
        facet,
        fact: 'Unread.',
      });
      return table === undefined ? whole : { ...whole, table };
    };
    const open = [anOpenFinding(), anOpenFinding({ id: 'pitr-off/Users', table: 'Users' })];
    const factOf = (found: Parameters<typeof withConsequences>[0]) => withConsequences(found, open)[0]?.fact;
    expect(factOf([gap('pitr')])).toBe(
      'Unread. 2 open findings could not be looked at again for it, and may be over.',
    );
    expect(factOf([gap('pitr'), anOpenFinding()])).toContain('1 open finding could');
    expect(factOf([gap('table-names')])).toBe('Unread.');
    expect(factOf([gap('pitr', 'Orders')])).toBe('Unread.');
  });

  it('speaks for itself alone, and of kinds that a check can find', () => {
    const { table: _, ...other } = anOpenFinding({
      id: 'x/pitr',
      kind: 'untagged-tables',
      fact: 'Untagged.',
    });
    const gap = {
      ...other,
      id: 'observation-gap/tags',
      kind: 'observation-gap' as const,
      facet: 'tags' as const,
      fact: 'Unread.',
    };
    const unknown = anOpenFinding({ id: 'old', kind: 'of-an-older-version' as 'pitr-off' });
    expect(withConsequences([other, gap], [unknown, anOpenFinding()])).toEqual([
      other,
      { ...gap, fact: 'Unread. 1 open finding could not be looked at again for it, and may be over.' },
    ]);
    expect(withConsequences([gap], [unknown])).toEqual([gap]);
  });
});
