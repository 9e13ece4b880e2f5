import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { kindsText } from '../../tools/kinds-text.ts';

describe('shared/core/findings/kinds.ts', () => {
  it('is what the files of kinds say; if not: npm run kinds', async () => {
    const committed = readFileSync(new URL('../../shared/core/findings/kinds.ts', import.meta.url), 'utf8');
    expect(committed).toBe(await kindsText());
  });
});
