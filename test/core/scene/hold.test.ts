import { describe, expect, it } from 'vitest';
import { holdOf } from '../../../shared/core/scene/hold.ts';

describe('a hold', () => {
  it.each([
    { name: 'no tag', tags: {}, hold: { kind: 'none' } },
    { name: 'true', tags: { 'backup:hold': 'true' }, hold: { kind: 'held' } },
    { name: 'true in capitals with spaces', tags: { 'backup:hold': ' TRUE ' }, hold: { kind: 'held' } },
    { name: 'false', tags: { 'backup:hold': 'false' }, hold: { kind: 'none' } },
    { name: 'a plain no', tags: { 'backup:hold': 'No' }, hold: { kind: 'none' } },
    {
      name: 'nothing at all',
      tags: { 'backup:hold': '' },
      hold: { kind: 'unclear', key: 'backup:hold', value: '' },
    },
    {
      name: 'another word',
      tags: { 'backup:hold': 'until friday' },
      hold: { kind: 'unclear', key: 'backup:hold', value: 'until friday' },
    },
    {
      name: 'true under a key in capitals',
      tags: { 'Backup:Hold': 'true' },
      hold: { kind: 'unclear', key: 'Backup:Hold', value: 'true' },
    },
    { name: 'no under a key in capitals', tags: { 'Backup:Hold': 'no' }, hold: { kind: 'none' } },
    {
      name: 'no under the key, and true under one that looks like it',
      tags: { 'backup:hold': 'no', 'backup:hold\u200b': 'true' },
      hold: { kind: 'unclear', key: 'backup:hold\u200b', value: 'true' },
    },
    {
      name: 'true under the key, and something under one that looks like it',
      tags: { 'BACKUP:HOLD': 'what', 'backup:hold': 'true' },
      hold: { kind: 'held' },
    },
    {
      name: 'keys of other names',
      tags: {
        'team:hold': 'true',
        'backup:cold': 'true',
        'backup:holder': 'me',
        household: 'x',
        threshold: '3',
        'backup:gold': 'true',
        'queue:hold-time': '5',
        'hold-queue': 'true',
        ':': 'true',
      },
      hold: { kind: 'none' },
    },
  ])('of $name is $hold.kind', ({ tags, hold }) => {
    expect(holdOf({ tags })).toEqual(hold);
  });

  it.each([
    'Backup:Hold',
    'backup-hold',
    'backup_hold',
    'backup.hold',
    'backup/hold',
    'backup hold',
    'backup : hold ',
    'backup:hold:',
    'BackupHold',
    'Hold',
    ' hold',
    'backups:hold',
    'bakup-hold',
    'bakcup:hold',
    'backup:hodl',
    'backup:holds',
    'backup:hol',
    'backup:held',
    'backup:ho1d',
    'backup:hоld',
    'bаckup:hold',
    'backup:on-hold',
    'backup-on-hold',
    'backup:hold-until',
    'hold:backup',
    'legal-hold',
    'LegalHold',
    'backup:legal_hold',
    'LITIGATION HOLD',
    'onHold',
  ])('under the key "%s" is unclear, and a plain no under it holds nothing', (key) => {
    expect(holdOf({ tags: { [key]: 'true' } })).toEqual({ kind: 'unclear', key, value: 'true' });
    expect(holdOf({ tags: { [key]: ' No' } })).toEqual({ kind: 'none' });
    expect(holdOf({ tags: { [key]: 'false', 'backup:hold': 'true' } })).toEqual({ kind: 'held' });
  });
});
