import { describe, expect, it } from 'vitest';
import { copiesAskedSince, nextCopiesAsked } from '../../../shared/core/scene/copies-asked.ts';
import { DAY_MS } from '../../../shared/model/instant.ts';
import { aVaultPolicy, DR, FAR } from '../../support/vaults.ts';
import { aPolicy, NOW } from '../../support/world.ts';

const to = (vaultArn: string) => ({ vaultArn });
const policies = (...copyTo: readonly string[]) => ({ policies: [aVaultPolicy(copyTo.map(to))] });

const named = (vault: string, since: number) => ({ policy: 'standard', vault, since });

describe('since when a vault is named', () => {
  it('is from the first run that saw it, and from then on the same', () => {
    const first = nextCopiesAsked({ copiesAsked: [named(DR, 5)] }, policies(FAR, DR), NOW);
    expect(first).toEqual([named(DR, 5), named(FAR, NOW)]);
    expect(nextCopiesAsked({ copiesAsked: first ?? [] }, policies(DR, FAR), NOW + DAY_MS)).toEqual(first);
  });

  it('is always where nothing is remembered', () => {
    expect(nextCopiesAsked({}, policies(DR), NOW)).toEqual([named(DR, 0)]);
    expect(copiesAskedSince({}, 'standard', DR, NOW)).toBe(0);
  });

  it('is now where it is remembered that nothing was copied', () => {
    const none = nextCopiesAsked({}, policies(), NOW);
    expect(none).toEqual([]);
    expect(copiesAskedSince({ copiesAsked: none ?? [] }, 'standard', DR, NOW)).toBe(NOW);
  });

  it('begins again where it is named again', () => {
    const left = nextCopiesAsked({ copiesAsked: [named(DR, 5)] }, policies(), NOW);
    expect(nextCopiesAsked({ copiesAsked: left ?? [] }, policies(DR), NOW)).toEqual([named(DR, NOW)]);
  });

  it('is nothing where no policy has a vault', () => {
    expect(nextCopiesAsked({ copiesAsked: [named(DR, 5)] }, { policies: [aPolicy()] }, NOW)).toBeUndefined();
  });
});
