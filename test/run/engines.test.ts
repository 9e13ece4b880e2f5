import { describe, expect, it } from 'vitest';
import type { EngineName, RecoveryPoint } from '../../shared/model/recovery-point.ts';
import type { Engine } from '../../shared/ports/engine.ts';
import type { Listing } from '../../shared/ports/inventory.ts';
import { applyByEngine, eachEngine, listRecoveryPoints } from '../../shared/run/engines.ts';
import { ALWAYS } from '../adapters/connect.ts';
import { aCreate, anExpire, anOutcome } from '../support/attempts.ts';
import { aFailure, asRead } from '../support/failures.ts';
import { aRecoveryPoint, dailyRecoveryPoints } from '../support/world.ts';

const engineThat = (name: EngineName, listing: Listing<RecoveryPoint> = { items: [] }): Engine => ({
  list: async () => listing,
  apply: async (action) => anOutcome(action, 'done', name),
});

const [OLD, NEW] = dailyRecoveryPoints(2) as [RecoveryPoint, RecoveryPoint];
const VAULTED = aRecoveryPoint({ id: 'vaulted', engine: 'aws-backup', createdAt: OLD.createdAt + 1 });

describe('an action', () => {
  it.each([aCreate(), aCreate({ engine: 'aws-backup' }), anExpire(), anExpire({ engine: 'aws-backup' })])(
    'is carried out by the engine it names: $kind by $engine',
    async (action) => {
      const engines = { dynamodb: engineThat('dynamodb'), 'aws-backup': engineThat('aws-backup') };
      expect(await applyByEngine(engines, action, ALWAYS)).toEqual(anOutcome(action, 'done', action.engine));
    },
  );

  it('of an engine that is not there is refused, and nothing is called', async () => {
    const action = aCreate({ engine: 'aws-backup' });
    const outcome = await applyByEngine({ dynamodb: engineThat('dynamodb') }, action, ALWAYS);
    const reason = 'the engine aws-backup is not part of this deployment';
    expect(asRead(outcome)).toEqual({ action, status: 'refused', reason });
  });
});

describe('one list', () => {
  it('holds the recovery points of all engines, in order of creation', async () => {
    const engines = {
      'aws-backup': engineThat('aws-backup', { items: [VAULTED] }),
      dynamodb: engineThat('dynamodb', { items: [OLD, NEW] }),
    };
    expect(await listRecoveryPoints(engines, {})).toEqual({ items: [OLD, VAULTED, NEW] });
  });

  it('is not whole where one of them is not', async () => {
    const gap = aFailure('the vault could not be read');
    const engines = {
      dynamodb: engineThat('dynamodb', { items: [NEW] }),
      'aws-backup': engineThat('aws-backup', { items: [VAULTED], gap }),
    };
    expect(await listRecoveryPoints(engines, {})).toEqual({ items: [VAULTED, NEW], gap });
  });
});

it('every engine can be replaced at once', async () => {
  const engines = eachEngine({ dynamodb: engineThat('dynamodb', { items: [NEW] }) }, (engine) => ({
    ...engine,
    list: async () => ({ items: [] }),
  }));
  expect(await listRecoveryPoints(engines, {})).toEqual({ items: [] });
  expect((await applyByEngine(engines, aCreate(), ALWAYS)).status).toBe('done');
});
