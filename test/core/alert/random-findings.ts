import fc from 'fast-check';
import { followedBy } from '../../../shared/model/advice.ts';
import type { Finding, Severity } from '../../../shared/model/finding.ts';
import { findingId } from '../../../shared/model/finding.ts';
import { HOUR_MS } from '../../../shared/model/instant.ts';
import type { OpenFinding } from '../../../shared/model/memory.ts';
import { anyText } from '../../support/any-text.ts';
import { FINDING_KINDS } from '../../support/finding-kinds.ts';
import { anOpenFinding, NOW } from '../../support/world.ts';

const SEVERITIES: readonly Severity[] = ['critical', 'warning', 'info'];

/** Text as a stranger may write it: any characters, control characters and halves of pairs among them. */
export const hostileText = anyText({ maxLength: 300 });

const hostileStep = fc.record({
  say: hostileText,
  commands: fc.array(fc.array(hostileText, { minLength: 1, maxLength: 3 }), { maxLength: 2 }),
});

const hostileAdvice = fc
  .tuple(hostileStep, fc.array(hostileStep, { maxLength: 1 }))
  .map(([first, next]) => followedBy(first, ...next));

const tableName = fc.stringMatching(/^[a-zA-Z0-9_.-]{3,20}$/);

/** Any finding, as a check would make it. */
export const aFinding: fc.Arbitrary<Finding> = fc
  .record({
    kind: fc.constantFrom(...FINDING_KINDS),
    severity: fc.constantFrom(...SEVERITIES),
    table: tableName,
    fact: hostileText,
    advice: hostileAdvice,
    agoMs: fc.integer({ min: 0, max: 1_000 * HOUR_MS }),
  })
  .map(({ kind, table, agoMs, ...rest }) => {
    const { openedAt: _o, notifiedAt: _n, ...finding } = anOpenFinding();
    return { ...finding, ...rest, kind, table, id: findingId(kind, table), since: NOW - agoMs };
  });

/** Any open finding, told at some time of the last two days or never. */
export const anyOpenFinding: fc.Arbitrary<OpenFinding> = fc
  .tuple(aFinding, fc.option(fc.integer({ min: 0, max: 48 * HOUR_MS })))
  .map(([finding, toldAgoMs]) => ({
    ...finding,
    openedAt: finding.since,
    ...(toldAgoMs !== null && { notifiedAt: NOW - toldAgoMs }),
  }));

const byId = { selector: ({ id }: Finding) => id };

export const findings = (maxLength = 20): fc.Arbitrary<readonly Finding[]> =>
  fc.uniqueArray(aFinding, { ...byId, maxLength });

export const openFindings = (maxLength = 20): fc.Arbitrary<readonly OpenFinding[]> =>
  fc.uniqueArray(anyOpenFinding, { ...byId, maxLength });
