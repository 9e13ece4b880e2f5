import { describe, expect, it } from 'vitest';
import { createDynamoDBStateStore } from '../../../shared/adapters/state/dynamodb-state-store.ts';
import { createHintNotes } from '../../../shared/adapters/state/hint-notes.ts';
import type { StateTable } from '../../../shared/adapters/state/items.ts';
import { createRunNotes } from '../../../shared/adapters/state/run-notes.ts';
import { incidentOf } from '../../../shared/core/alert/incidents.ts';
import { advise } from '../../../shared/model/advice.ts';
import { onAnswers } from '../connect.ts';

// Items to the letter as version 0.1.0 wrote them: a stack that is deployed again must read its own state.

const AT = 1_773_118_800_000;

const MEMORY = {
  coverage: `{"tables":42,"seenAt":${AT},"pointsSeenAt":${AT}}`,
  deferred: `{"deferredAt":${AT},"deferrals":[{"cause":"CreateBackup: ThrottlingException","backups":3,"since":${AT},"marks":["1a2b","3c4d"]}]}`,
  digest: `{"digestedSlot":${AT},"sentAt":${AT},"tableBytes":12,"recoveryPointBytes":34,"sizes":{"1a2b":12,"3c4d":null}}`,
  'history#standard': `{"policy":"standard","regimes":[{"schedule":"0 3 * * *","timezone":"UTC","retention":{"daily":7,"within":{"years":0,"months":0,"days":2,"hours":0}},"since":${AT},"seenAt":${AT}}]}`,
  'loss#Orders#standard': `{"table":"Orders","tableId":"id-1","policy":"standard","madeAt":[${AT}]}`,
  'mute#Orders': `{"mutedTable":"Orders","spells":[{"from":${AT},"until":${AT + 1}}],"renewedAt":${AT}}`,
  'pitr#Orders': `{"table":"Orders","tableId":"id-1","earliestRestorableAt":${AT},"recoveryPeriodDays":35,"restartedAt":${AT}}`,
  'pitr-turn': '{"pitrResumeAt":"Orders"}',
  'protected#Orders': `{"table":"Orders","tableId":"id-1","promises":[{"name":"standard","rpoMs":95040000,"pitrDays":35,"until":${AT},"replaced":true}],"namedBefore":["gold"],"accepted":["old"],"hold":{"liftedAt":${AT},"toldAt":${AT}}}`,
  'protected#Users': '{"table":"Users","promises":[{"name":"standard","rpoMs":95040000}],"hold":{}}',
  'series#Orders#standard': `{"table":"Orders","tableId":"id-1","policy":"standard","seen":[${AT / 1_000},86400],"gone":[${AT / 1_000 - 86_400}],"goneAt":${AT}}`,
  subscribers: `{"subscribers":[{"protocol":"email","endpoint":"ops@example.com","wasConfirmed":true},{"protocol":"lambda","endpoint":"arn","wasConfirmed":false,"unreachedSince":${AT},"gone":true}]}`,
};

const FINDING = `{"id":"recovery-point-overdue/Orders/standard","kind":"recovery-point-overdue","severity":"critical","table":"Orders","policy":"standard","cause":"CreateBackup: ThrottlingException","fact":"The newest is 3 days old.","measured":"3d","promised":"26h","since":${AT},"advice":"Look:\\n  tablekeeper explain Orders\\nIf it lasts:\\n  aws dynamodb tag-resource --tags 'Key=our backups,Value=x'\\n  tablekeeper run backup","remedy":"1a2b","needs":"critical","subjects":["1a"],"openedAt":${AT},"notifiedAt":${AT},"toldSeverity":"warning","returns":[${AT}],"toldSubjects":["1a"],"flapping":true,"resolvedAt":${AT},"lookedAt":${AT},"telling":true}`;

const stateOf = <Read>(
  contents: Readonly<Record<string, string>>,
  read: (table: StateTable) => Promise<Read>,
): Promise<Read> => {
  const Items = Object.entries(contents).map(([sk, text]) => ({ sk: { S: sk }, content: { S: text } }));
  const { dynamodb, run } = onAnswers(() => ({ body: { Count: Items.length, Items } }));
  return run(read({ client: dynamodb, name: 'tablekeeper-prod-state' }));
};

const readMemory = (table: StateTable) => createDynamoDBStateStore(table).readMemory();
const read = (text: string) => JSON.parse(text);

describe('state as the landed version wrote it', () => {
  it('is the memory of everything it holds, to the last field', async () => {
    const { series, ...memory } = await stateOf(MEMORY, readMemory);
    expect(memory).toEqual({
      coverage: read(MEMORY.coverage),
      deferred: {
        deferredAt: AT,
        deferrals: [
          { ...read(MEMORY.deferred).deferrals[0], kind: 'throttled', errorName: 'ThrottlingException' },
        ],
      },
      digest: read(MEMORY.digest),
      histories: [read(MEMORY['history#standard'])],
      losses: [read(MEMORY['loss#Orders#standard'])],
      mutes: [read(MEMORY['mute#Orders'])],
      pitrBaselines: [read(MEMORY['pitr#Orders'])],
      pitrResumeAt: 'Orders',
      protections: [read(MEMORY['protected#Orders']), read(MEMORY['protected#Users'])],
      subscribers: read(MEMORY.subscribers).subscribers,
    });
    const seen = { seen: [AT, AT + 86_400_000], gone: [AT - 86_400_000], goneAt: AT };
    expect(series).toEqual([{ table: 'Orders', tableId: 'id-1', policy: 'standard', ...seen }]);
  });

  it('is each open finding, to the last field', async () => {
    const findings = await stateOf({ [read(FINDING).id]: FINDING }, (table) =>
      createDynamoDBStateStore(table).readFindings(),
    );
    const advice = {
      say: 'Look:',
      commands: [['tablekeeper explain Orders']],
      next: [
        {
          say: 'If it lasts:',
          commands: [
            ["aws dynamodb tag-resource --tags 'Key=our backups,Value=x'"],
            ['tablekeeper run backup'],
          ],
        },
      ],
    };
    expect(findings).toEqual([{ ...read(FINDING), advice, errorName: 'ThrottlingException' }]);
  });

  it('belongs to the incident of when it was opened, as long as nothing else was written down', async () => {
    const first = { ...read(FINDING), id: 'recovery-point-overdue/Users/standard', table: 'Users' };
    const content = {
      [first.id]: JSON.stringify({ ...first, incidentAt: AT - 1 }),
      [read(FINDING).id]: FINDING,
    };
    const findings = await stateOf(content, (table) => createDynamoDBStateStore(table).readFindings());
    expect(findings.map(incidentOf).toSorted()).toEqual([
      `recovery-point-overdue@${AT - 1}`,
      `recovery-point-overdue@${AT}`,
    ]);
  });

  it.each([
    { cause: 'until 2026-12-01 06:30 UTC', until: Date.parse('2026-12-01T06:30Z') },
    { cause: 'until 2026-13-01 00:00 UTC', until: undefined },
    { cause: 'until tomorrow', until: undefined },
    { cause: 'not until 2026-12-01 00:00 UTC', until: undefined },
    { cause: undefined, until: undefined },
  ])('is a mute that ends when its cause says so: $cause', async ({ cause, until }) => {
    const muted = { id: 'muted/Orders', kind: 'muted', severity: 'info', table: 'Orders', cause };
    const rest = {
      fact: 'Held back.',
      measured: '1',
      promised: '0',
      since: AT,
      openedAt: AT,
      advice: 'Wait.',
    };
    const content = { [muted.id]: JSON.stringify({ ...muted, ...rest }) };
    const [finding] = await stateOf(content, (table) => createDynamoDBStateStore(table).readFindings());
    expect(finding).toMatchObject({ ...(cause !== undefined && { cause }), advice: advise('Wait.') });
    expect(finding?.until).toBe(until);
  });

  it('is no end of anything but a mute', async () => {
    const other = { ...read(FINDING), cause: 'until 2026-12-01 06:30 UTC' };
    const [finding] = await stateOf({ [other.id]: JSON.stringify(other) }, (table) =>
      createDynamoDBStateStore(table).readFindings(),
    );
    expect(finding?.until).toBeUndefined();
  });

  it.each([
    { cause: 'the run had no time left', kind: 'out-of-time' },
    { cause: 'CreateBackup: LimitExceededException', kind: 'throttled', errorName: 'LimitExceededException' },
    { cause: 'CreateBackup: TableInUseException', kind: 'other', errorName: 'TableInUseException' },
    { cause: 'CreateBackup', kind: 'other' },
    { cause: 'claims not written', kind: 'other' },
  ])('is what stood in the way of backups, $cause: $kind', async ({ cause, ...means }) => {
    const deferral = { cause, backups: 1, since: AT, marks: [] };
    const deferred = JSON.stringify({ deferredAt: AT, deferrals: [deferral] });
    expect((await stateOf({ deferred }, readMemory)).deferred?.deferrals).toEqual([
      { ...deferral, ...means },
    ]);
  });

  it('is what functions were denied, as the fact of a finding told it', async () => {
    const user =
      'User: arn:aws:sts::111122223333:assumed-role/tablekeeper-prod-BackupRole-1A2B/tablekeeper-prod-backup is not authorized to perform:';
    const fact =
      `It failed: CreateBackup: AccessDeniedException: ${user} dynamodb:CreateBackup with an explicit deny in a service control policy; ` +
      `ListBackups: AccessDeniedException: ${user} dynamodb:ListBackups because no identity-based policy allows it.`;
    const landed = JSON.stringify({ ...read(FINDING), fact });
    const [finding] = await stateOf({ [read(FINDING).id]: landed }, (table) =>
      createDynamoDBStateStore(table).readFindings(),
    );
    const ofWhom = { caller: 'tablekeeper-prod-backup', role: 'tablekeeper-prod-BackupRole-1A2B' };
    expect(finding?.denials).toEqual([
      { operation: 'CreateBackup', action: 'dynamodb:CreateBackup', by: 'organization', ...ofWhom },
      { operation: 'ListBackups', action: 'dynamodb:ListBackups', by: 'role-lacks', ...ofWhom },
    ]);
  });

  it('keeps what a later version says was denied, whatever its fact reads like', async () => {
    const denials = [{ operation: 'CreateBackup', by: 'resource' }];
    const later = { ...read(FINDING), denials, fact: 'CreateBackup: AccessDeniedException: no' };
    const [finding] = await stateOf({ [later.id]: JSON.stringify(later) }, (table) =>
      createDynamoDBStateStore(table).readFindings(),
    );
    expect(finding?.denials).toEqual(denials);
  });

  it('is the notes of runs, with the policies they ran with, and of hints', async () => {
    const run = `{"name":"audit","at":${AT},"whole":true,"policiesDigest":"1a2b","policies":{"tag":"backup:policy"}}`;
    expect(await stateOf({ audit: run }, (table) => createRunNotes(table).read())).toEqual([read(run)]);
    const hint = `{"table":"Orders","window":${AT},"byTrail":true}`;
    expect(await stateOf({ x: hint }, (table) => createHintNotes(table).read())).toEqual([read(hint)]);
  });

  it.each(Object.keys(MEMORY))('keeps what a later version added to %s', async (sk) => {
    const text = { ...MEMORY }[sk] ?? '';
    const added = `${text.slice(0, -1)},"later":{"a":[1]}}`;
    expect(JSON.stringify(await stateOf({ ...MEMORY, [sk]: added }, readMemory))).toContain(
      '"later":{"a":[1]}',
    );
  });

  it('is not read in part where one item of it cannot be read', async () => {
    const broken = { ...MEMORY, 'mute#Users': '{"mutedTable":"Users","spells":[{"from":"today"}]}' };
    await expect(stateOf(broken, readMemory)).rejects.toThrow('memory / mute#Users cannot be read');
  });
});
