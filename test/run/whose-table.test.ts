import { describe, expect, it } from 'vitest';
import type { RestoreRecord } from '../../shared/model/restore.ts';
import type { RestoredTable } from '../../shared/ports/restore.ts';
import { type WhoseTable, whoseTable } from '../../shared/run/restore/whose-table.ts';

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

const ARN = 'arn:aws:dynamodb:us-east-1:111122223333:table/orders';
const OF_SECOND: RestoreRecord = {
  ...RECORD,
  source: { kind: 'point-in-time', table: 'orders', tableId: 'old', tableArn: ARN, second: ASKED },
};

const { askedAt: _, ...NOT_ASKED } = RECORD;

describe('a table of the name', () => {
  it.each<{ what: string; table: Partial<RestoredTable>; record?: RestoreRecord; is: WhoseTable }>([
    {
      what: 'with the id of the answer, whenever made',
      table: { createdAt: 0 },
      record: { ...RECORD, targetTableId: 'new' },
      is: 'this',
    },
    {
      what: 'with another id than the answer had',
      table: {},
      record: { ...RECORD, targetTableId: 'other' },
      is: 'other',
    },
    {
      what: 'made within five minutes of a call whose answer was lost, and ACTIVE without a source',
      table: {},
      is: 'unproven',
    },
    { what: 'that is UPDATING by then', table: { status: 'UPDATING' }, is: 'unproven' },
    {
      what: 'made five minutes before, by a clock that is behind',
      table: { createdAt: ASKED - 5 * MINUTE, restoredFrom: BACKUP },
      is: 'this',
    },
    { what: 'made later than that', table: { createdAt: ASKED + 5 * MINUTE + 1 }, is: 'other' },
    { what: 'that comes from this source', table: { restoredFrom: BACKUP }, is: 'this' },
    { what: 'that comes from another one', table: { restoredFrom: `${BACKUP}1` }, is: 'other' },
    {
      what: 'that is being made from this source',
      table: { status: 'CREATING', restoredFrom: BACKUP },
      is: 'this',
    },
    { what: 'that is being made and is no restore', table: { status: 'CREATING' }, is: 'other' },
    {
      what: 'that comes from this source, an hour later',
      table: { createdAt: ASKED + 60 * MINUTE, restoredFrom: BACKUP },
      is: 'other',
    },
    {
      what: 'of the asked second',
      table: { restoredFrom: ARN, restoredTo: ASKED + 1 },
      record: OF_SECOND,
      is: 'this',
    },
    { what: 'of a second that is not said', table: { restoredFrom: ARN }, record: OF_SECOND, is: 'this' },
    {
      what: 'of another second of this source',
      table: { restoredFrom: ARN, restoredTo: ASKED - MINUTE },
      record: OF_SECOND,
      is: 'other',
    },
    { what: 'before any call was noted', table: {}, record: NOT_ASKED, is: 'other' },
  ])('$what: of $is restore', ({ table, record = RECORD, is }) => {
    expect(whoseTable({ ...TABLE, ...table }, record)).toBe(is);
  });
});
