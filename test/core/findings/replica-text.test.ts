import { describe, expect, it } from 'vitest';
import { refilledFrom, replicaText, standingRegion } from '../../../shared/core/findings/replica-text.ts';
import { tablesDeleted } from '../../../shared/core/findings/table-deleted-finding.ts';
import { stepsOf } from '../../../shared/model/advice.ts';
import type { FormerReplica } from '../../../shared/model/former-replica.ts';
import { commandText } from '../../../shared/model/shell.ts';
import { NO_MEMORY, NOW, someDetails, somePolicies, TARGET } from '../../support/world.ts';

const replica = (part: Partial<FormerReplica> = {}): FormerReplica => ({
  table: 'Orders',
  keptAt: NOW,
  standsIn: ['us-east-1'],
  unseenIn: [],
  ...part,
});

const found = (of: FormerReplica | undefined) =>
  tablesDeleted(
    [
      {
        name: 'Orders',
        wasGoverned: true,
        points: [],
        systemBackups: [],
        ...(of !== undefined && { replica: of }),
      },
    ],
    [],
    { target: TARGET, now: NOW, memory: NO_MEMORY, policies: somePolicies() },
  )[0];

const commandsOf = (of: FormerReplica): readonly string[] => {
  const { advice } = found(of) ?? {};
  return typeof advice === 'object'
    ? stepsOf(advice).flatMap(({ commands }) => commands.map(commandText))
    : [];
};

describe('a deleted replica', () => {
  it('is not critical while its global table stands, with nothing else left', () => {
    expect(found(undefined)?.severity).toBe('critical');
    expect(found(replica({ standsIn: [], unseenIn: ['us-east-1'] }))?.severity).toBe('critical');
    expect(found(replica())?.severity).toBe('warning');
  });

  it('is added again with the key that it had', () => {
    expect(commandsOf(replica({ keyArn: 'arn:aws:kms:eu-central-1:111122223333:key/0123' }))[0]).toBe(
      `aws dynamodb update-table --region us-east-1 --table-name Orders --replica-updates '[{"Create":{"RegionName":"eu-central-1","KMSMasterKeyId":"arn:aws:kms:eu-central-1:111122223333:key/0123"}}]'`,
    );
  });

  it('of strong consistency is not added again, because AWS would refuse it', () => {
    const strong = replica({ isStrong: true });
    expect(standingRegion(strong)).toBeUndefined();
    expect(replicaText(strong)).toContain('still stands in us-east-1');
    expect(commandsOf(strong).join(' ')).not.toContain('--replica-updates');
  });
});

it.each([
  { name: 'is in a global table with one that stands', replicas: ['us-east-1'], of: replica(), isSure: true },
  {
    name: 'is in one with a Region that was not read',
    replicas: ['us-east-1'],
    of: replica({ standsIn: [], unseenIn: ['us-east-1'] }),
    isSure: false,
  },
  { name: 'is in one with another Region', replicas: ['us-west-2'], of: replica(), isSure: undefined },
  { name: 'is in none', replicas: undefined, of: replica(), isSure: undefined },
  { name: 'was none', replicas: ['us-east-1'], of: undefined, isSure: undefined },
])('a table that $name is filled from there: $isSure', ({ replicas, of, isSure }) => {
  const details = someDetails('Orders', { ...(replicas !== undefined && { replicas }) });
  expect(refilledFrom(of, details)?.isSure).toBe(isSure);
});
