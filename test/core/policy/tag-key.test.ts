import { describe, expect, it } from 'vitest';
import { looksLike } from '../../../shared/core/policy/tag-key.ts';

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
    ['bakcup:policy', 'backup:policy'],
    ['backup:polciy', 'backup:policy'],
    ['backup:polcy', 'backup:policy'],
    ['backup:policies', 'backup:policy'],
    ['backup:policу', 'backup:policy'],
    ['bасkuр:policy', 'backup:policy'],
    ['backup:pólicy', 'backup:policy'],
    ['backup:policy1', 'backup:policy'],
    ['Backups', 'backup'],
    ['резерв:копия', 'Резерв-копия'],
    ['백업-정책', '백업:정책'],
  ])('"%s" is taken for "%s"', (key, wanted) => {
    expect(looksLike(wanted)(key)).toBe(true);
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
    ['backup:plan', 'backup:policy'],
    ['polciy', 'backup:policy'],
    ['backup', 'backup:policy'],
    ['teams', 'team'],
    ['team:dt', 'team:dr'],
    ['backup:gold', 'backup:hold'],
    ['backup:old', 'backup:hold'],
    ['backup:host', 'backup:hold'],
    ['backup:home', 'backup:hold'],
    ['backup:holiday', 'backup:hold'],
  ])('"%s" is not taken for "%s"', (key, wanted) => {
    expect(looksLike(wanted)(key)).toBe(false);
  });
});
