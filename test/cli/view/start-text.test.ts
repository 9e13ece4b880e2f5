import { describe, expect, it } from 'vitest';
import { startText } from '../../../cli/view/start-text.ts';
import { withFirstSeen } from '../../../shared/core/explain/first-seen.ts';
import type { Finding } from '../../../shared/model/finding.ts';
import type { OpenFinding } from '../../../shared/model/memory.ts';

const NOW = Date.parse('2026-11-23T05:00:00Z');
const ago = (minutes: number): number => NOW - minutes * 60_000;

const finding = (since: number): Finding => ({
  ...{
    id: 'pitr-off/Orders',
    kind: 'pitr-off',
    severity: 'critical',
    fact: '',
    measured: '',
    promised: '',
  },
  advice: { say: '', commands: [] },
  since,
});

describe('when a finding began', () => {
  it.each([
    { name: 'what this look alone sees of no known start', since: NOW, says: 'First seen now' },
    {
      name: 'what this look alone sees of a known one',
      since: ago(180),
      says: 'Since 2026-11-23 02:00Z (3 h ago)',
    },
    {
      name: 'what a run saw first',
      since: NOW,
      openedAt: ago(60),
      says: 'First seen 2026-11-23 04:00Z (1 h ago)',
    },
    {
      name: 'what had begun when a run saw it',
      since: ago(180),
      openedAt: ago(60),
      says: 'Since 2026-11-23 02:00Z (3 h ago)',
    },
    {
      name: 'what a run saw first a moment ago',
      since: NOW,
      openedAt: NOW - 5000,
      says: 'First seen 2026-11-23 04:59Z (just now)',
    },
  ])('is said as it is known of $name', ({ since, openedAt, says }) => {
    const open: readonly OpenFinding[] = openedAt === undefined ? [] : [{ ...finding(openedAt), openedAt }];
    const shown = withFirstSeen([finding(since)], open);
    expect(shown.map((one) => startText(one, NOW, 'sentence'))).toEqual([says]);
  });
});
