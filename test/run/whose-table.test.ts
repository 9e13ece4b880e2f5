import { describe, expect, it } from 'vitest';
import type { RestoreRecord } from '../../shared/model/restore.ts';
import type { RestoredTable } from '../../shared/ports/restore.ts';
import { isOfThis } from '../../shared/run/restore/whose-table.ts';

const ASKED = Date.UTC(2026, 10, 20, 10);
const MINUTE = 60_000;
const BACKUP = 'arn:aws:dynamodb:us-east-1:111122223333:table/orders/backup/01763632800000-00000000';

const RECORD: RestoreRecord = {
  id: 'orders/2026-11-20T10:00:00Z',
  source: {
    kind: 'recovery-point',
    table: 'orders',
    tableId: 'old',
    id: BACKUP,
    createdAt: ASKED,
    madeBy: 'this-instance',
    sizeBytes: 0,
  },
  targetTable: 'orders',
  targetRegion: 'us-east-1',
  overrides: {},
  phase: 'started',
  revision: 1,
  plannedAt: ASKED,
  askedAt: ASKED,
  steps: [],
  choices: { settings: 'all', ttl: 'later', warm: 'leave', role: 'look-only' },
};

const TABLE: RestoredTable = {
  tableId: 'new',
  status: 'ACTIVE',
  createdAt: ASKED + MINUTE,
  sizeBytes: 0,
  itemCount: 0,
  indexesUnderWay: [],
};

const { askedAt: _, ...NOT_ASKED } = RECORD;

describe('a table of the name', () => {
  it.each<{ what: string; table: Partial<RestoredTable>; record?: RestoreRecord; is: boolean }>([
    {
      what: 'with the id of the answer, whenever made',
      table: { createdAt: 0 },
      record: { ...RECORD, targetTableId: 'new' },
      is: true,
    },
    {
      what: 'with another id than the answer had',
      table: {},
      record: { ...RECORD, targetTableId: 'other' },
      is: false,
    },
    { what: 'made within five minutes of a call whose answer was lost', table: {}, is: true },
    {
      what: 'made five minutes before, by a clock that is behind',
      table: { createdAt: ASKED - 5 * MINUTE },
      is: true,
    },
    { what: 'made later than that', table: { createdAt: ASKED + 5 * MINUTE + 1 }, is: false },
    { what: 'that comes from this source', table: { restoredFrom: BACKUP }, is: true },
    { what: 'that comes from another one', table: { restoredFrom: `${BACKUP}1` }, is: false },
    {
      what: 'that is being made from this source',
      table: { status: 'CREATING', restoredFrom: BACKUP },
      is: true,
    },
    { what: 'that is being made and is no restore', table: { status: 'CREATING' }, is: false },
    { what: 'before any call was noted', table: {}, record: NOT_ASKED, is: false },
  ])('$what: of this restore $is', ({ table, record = RECORD, is }) => {
    expect(isOfThis({ ...TABLE, ...table }, record)).toBe(is);
  });
});
