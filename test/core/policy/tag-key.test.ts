import { describe, expect, it } from 'vitest';
import { looksLikeKey } from '../../../shared/core/policy/tag-key.ts';

describe('a key that looks like that of a tag', () => {
  it.each([
    ['Backup:Policy', 'backup:policy'],
    ['backup:policy ', 'backup:policy'],
    ['backup_policy', 'backup:policy'],
    ['Policy', 'backup:policy'],
    ['backups:policy', 'backup:policy'],
    ['ＢＡＣＫＵＰ:hold', 'backup:hold'],
    ['team/Backup', 'team:backup'],
    ['Sicherung', 'sicherung'],
  ])('"%s" is taken for "%s"', (key, wanted) => {
    expect(looksLikeKey(key, wanted)).toBe(true);
  });

  it.each([
    ['backup:policy', 'backup:policy'],
    ['backup:cold', 'backup:hold'],
    ['a:hold', 'b:hold'],
    ['team:hold', 'backup:hold'],
    ['until', 'backup:mute-until'],
    ['backup:policy-owner', 'backup:policy'],
    ['--', 'backup:policy'],
    ['', '::'],
  ])('"%s" is not taken for "%s"', (key, wanted) => {
    expect(looksLikeKey(key, wanted)).toBe(false);
  });
});
