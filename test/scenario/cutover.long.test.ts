import { describe, expect, it } from 'vitest';
import { openRegion } from '../../sim/console/regions.ts';
import { deleteTable, tagTable } from '../../sim/console/tables.ts';
import { requestHandlerOf, type SdkRequestHandler } from '../../sim/request-handler.ts';
import {
  alarmsOf,
  type CutoverWorld,
  cut,
  cutoverWorld,
  MINUTE,
  mappingsOf,
  pipesOf,
  tableAt,
  wire,
} from './cutover-world.ts';

// A table with everything on it, its restored copy, and what points at it: moved, or swapped under the old name.

const writeTo = ({ account }: CutoverWorld, table: string, at: number): void => {
  const Dimensions = [{ Name: 'TableName', Value: table }];
  account.state.metrics.count(
    { Namespace: 'AWS/DynamoDB', MetricName: 'ConsumedWriteCapacityUnits', Dimensions },
    at,
  );
};

const withoutIdentity = ({
  UUID: _uuid,
  EventSourceMappingArn: _arn,
  EventSourceArn: _source,
  LastModified: _at,
  State: _state,
  LastProcessingResult: _last,
  StateTransitionReason: _reason,
  ...members
}: Record<string, unknown>) => members;

/** A list that lags: it shows no mapping of a new stream. */
const withoutListing = (world: CutoverWorld) => {
  const { seat = {}, ...terminal } = wire(world, () => undefined);
  const handler = requestHandlerOf(world.account);
  const requestHandler: SdkRequestHandler = {
    ...handler,
    handle: async (request, options) => {
      const isAsked = JSON.stringify(request.query ?? {}).includes('table/copy/stream');
      const body = Buffer.from(JSON.stringify({ EventSourceMappings: [] }));
      return isAsked
        ? { response: { statusCode: 200, headers: {}, body } }
        : await handler.handle(request, options);
    },
  };
  return { ...terminal, seat: { ...seat, requestHandler } };
};

describe('tablekeeper cutover', () => {
  it('shows every step with its way back, and changes nothing without --apply', async () => {
    const world = await cutoverWorld();
    const before = [await mappingsOf(world), await pipesOf(world), await alarmsOf(world)];
    for (const argv of ['orders copy', 'orders copy --swap']) {
      const shown = await cut(argv)(world);
      expect(shown.exitCode).toBe(0);
      expect(shown.stdout).toMatch(/Nothing was changed\. Add --apply/);
      expect(shown.stdout).toMatch(
        /way back: switch it on again:\n +aws pipes start-pipe --name orders-pipe/,
      );
    }
    expect([await mappingsOf(world), await pipesOf(world), await alarmsOf(world)]).toEqual(before);
    const { stdout } = await cut('orders copy --swap --json')(world);
    const plan = JSON.parse(stdout);
    expect(plan).toMatchObject({ command: 'cutover', table: 'orders', restored: 'copy' });
    expect(plan.steps.every(({ kind }: { kind: string }) => typeof kind === 'string')).toBe(true);
    expect((await cut('--list')(world)).stdout).toMatch(/No cut-over is known of/);
  });

  it('makes readers with all their members for the new stream, and deletes the old ones', async () => {
    const world = await cutoverWorld();
    const [oldMapping = {}] = await mappingsOf(world);
    const done = await cut('orders copy --apply --yes')(world);
    expect(done.stdout).toMatch(/The cut-over of orders is complete/);
    const mappings = await mappingsOf(world);
    const { LatestStreamArn } = await tableAt(world, 'copy');
    expect(mappings).toHaveLength(1);
    expect(mappings[0]).toMatchObject({ EventSourceArn: LatestStreamArn, State: 'Enabled' });
    expect(withoutIdentity(mappings[0] ?? {})).toEqual(withoutIdentity(oldMapping));
    expect(await pipesOf(world)).toMatchObject([
      { Name: 'copy-pipe', Source: LatestStreamArn, CurrentState: 'RUNNING' },
    ]);
    const { SourceParameters } = await world.invoke('pipes', 'DescribePipe', { Name: 'copy-pipe' });
    expect(SourceParameters).toEqual({
      DynamoDBStreamParameters: { StartingPosition: 'TRIM_HORIZON', BatchSize: 10 },
    });
    const { stdout } = await cut('--list --json')(world);
    const deleted = JSON.parse(stdout).cutovers[0].steps.find(
      ({ step }: { step: { kind: string; of: { kind: string } } }) =>
        step.kind === 'delete-reader' && step.of.kind === 'event-source-mapping',
    );
    expect(deleted.step.content).toMatchObject({ BatchSize: 250, FilterCriteria: expect.anything() });
  });

  it('makes plain, metric math and composite alarms for the new name, and leaves those of auto scaling alone', async () => {
    const world = await cutoverWorld();
    const before = await alarmsOf(world);
    await cut('orders copy --apply --yes')(world);
    const after = await alarmsOf(world);
    const made = [...after.keys()].filter((name) => !before.has(name));
    expect(made.sort()).toEqual(['copy-share', 'copy-throttled', 'copy-unwell']);
    expect(after.get('copy-throttled')).toMatchObject({
      Dimensions: [{ Name: 'TableName', Value: 'copy' }],
      Threshold: 1,
    });
    expect(JSON.stringify(after.get('copy-share')?.Metrics)).toContain('"Value":"copy"');
    expect(after.get('copy-unwell')?.AlarmRule).toBe('ALARM("copy-throttled") OR ALARM("copy-share")');
    for (const [name, alarm] of before) expect(after.get(name)).toEqual(alarm);
  });

  it('gives what it makes the tags of what it follows', async () => {
    const world = await cutoverWorld();
    await cut('orders copy --apply --yes')(world);
    const tagsOf = ({ tags }: { readonly tags: object } = { tags: {} }) => tags;
    const { alarms, mappings } = world.account.state;
    const wanted = { team: 'shop', part: 'orders' };
    expect(tagsOf(alarms.get('copy-throttled'))).toEqual(wanted);
    expect(tagsOf(alarms.get('copy-unwell'))).toEqual(wanted);
    expect(tagsOf(alarms.get('copy-share'))).toEqual({});
    expect([...mappings.values()].map(tagsOf)).toEqual([wanted]);
    const [pipe] = await pipesOf(world);
    expect(await world.invoke('pipes', 'DescribePipe', { Name: pipe?.Name })).toMatchObject({ Tags: wanted });
  });

  it('never overwrites an alarm that has the new name and differs', async () => {
    const world = await cutoverWorld();
    await world.invoke('cloudwatch', 'PutMetricAlarm', {
      AlarmName: 'copy-throttled',
      Namespace: 'AWS/DynamoDB',
      MetricName: 'UserErrors',
      Dimensions: [],
      EvaluationPeriods: 9,
      Period: 60,
      Statistic: 'Sum',
      Threshold: 9,
      ComparisonOperator: 'GreaterThanThreshold',
    });
    const failed = await cut('orders copy --apply --yes')(world);
    expect(failed.exitCode).toBe(1);
    expect(failed.stdout).toMatch(/an alarm copy-throttled exists and differs/);
    expect((await alarmsOf(world)).get('copy-throttled')).toMatchObject({ Threshold: 9 });
  });

  const mappingFor = (world: CutoverWorld, stream: unknown, more: object = {}) =>
    world.invoke('lambda', 'CreateEventSourceMapping', {
      EventSourceArn: stream,
      FunctionName: 'orders-reader',
      StartingPosition: 'TRIM_HORIZON',
      BatchSize: 250,
      MaximumBatchingWindowInSeconds: 5,
      ParallelizationFactor: 2,
      BisectBatchOnFunctionError: true,
      MaximumRetryAttempts: 3,
      MaximumRecordAgeInSeconds: 3600,
      TumblingWindowInSeconds: 0,
      FunctionResponseTypes: ['ReportBatchItemFailures'],
      FilterCriteria: { Filters: [{ Pattern: '{"eventName":["INSERT"]}' }] },
      DestinationConfig: {
        OnFailure: { Destination: 'arn:aws:sqs:us-east-1:111122223333:orders-reader-failed' },
      },
      Enabled: false,
      ...more,
    });

  it.each(['is listed', 'is not listed yet, by the UUID in the refusal'])(
    'takes a mapping over that is there already and the same, when it %s',
    async (how) => {
      const world = await cutoverWorld();
      const { LatestStreamArn } = await tableAt(world, 'copy');
      const { UUID } = await mappingFor(world, LatestStreamArn);
      await world.clock.advanceBy(MINUTE);
      const done = await cut(
        'orders copy --apply --yes',
        how === 'is listed' ? {} : withoutListing(world),
      )(world);
      expect(done.stdout).toMatch(/is complete/);
      expect(await mappingsOf(world)).toMatchObject([{ UUID, State: 'Enabled' }]);
    },
  );

  it('stops at a mapping that is there already and differs', async () => {
    const world = await cutoverWorld();
    const { LatestStreamArn } = await tableAt(world, 'copy');
    const { UUID } = await mappingFor(world, LatestStreamArn, { BatchSize: 7 });
    await world.clock.advanceBy(MINUTE);
    const stopped = await cut('orders copy --apply --yes')(world);
    expect(stopped.exitCode).toBe(1);
    expect(stopped.stdout).toContain(`the mapping ${UUID} of arn`);
    expect(await mappingsOf(world)).toContainEqual(expect.objectContaining({ UUID, BatchSize: 7 }));
  });

  it('says how many records the new readers will be given, where the restored table was written to', async () => {
    const world = await cutoverWorld();
    for (const pk of ['x', 'y'])
      await world.invoke('dynamodb', 'PutItem', {
        TableName: 'copy',
        Item: { pk: { S: pk }, sk: { S: '1' } },
      });
    await world.clock.advanceBy(MINUTE);
    expect((await cut('orders copy')(world)).stdout).toMatch(
      /2 write units consumed on copy since it has its stream: the new readers are given those records/,
    );
  });

  it('waits for 500 undelivered records, says so, and drops them only when told to', async () => {
    const world = await cutoverWorld();
    const { account, clock } = world;
    const Dimensions = [{ Name: 'FunctionName', Value: 'orders-reader' }];
    const age = { Namespace: 'AWS/Lambda', MetricName: 'IteratorAge', Dimensions };
    // A batch a minute for as long as one session waits; each had waited for twenty minutes.
    for (let minute = -5; minute < 45; minute += 1)
      account.state.metrics.add(age, { at: clock.now() + minute * MINUTE, value: 20 * MINUTE });
    const waited = await cut('orders copy --apply --yes')(world);
    expect(waited.exitCode).toBe(1);
    expect(waited.stdout).toMatch(/orders-reader is 1200 s behind the old stream/);
    expect(
      (await mappingsOf(world)).find(({ EventSourceArn }) => /table\/orders/.test(String(EventSourceArn))),
    ).toMatchObject({ State: 'Enabled' });
    const answers = ['skip', ...Array.from({ length: 20 }, () => 'y')];
    const left = await cut('--resume', { ask: async () => answers.shift() })(world);
    expect(left.stdout).toMatch(/has delivered what the old stream holds: left out/);
    expect(left.stdout).toMatch(/is complete/);
    expect(await mappingsOf(world)).toHaveLength(1);
  });

  it('delivers them when they are delivered meanwhile, without a word from anybody', async () => {
    const world = await cutoverWorld();
    const Dimensions = [{ Name: 'FunctionName', Value: 'orders-reader' }];
    const age = { Namespace: 'AWS/Lambda', MetricName: 'IteratorAge', Dimensions };
    for (let minute = -5; minute < 8; minute += 1)
      world.account.state.metrics.add(age, { at: world.clock.now() + minute * MINUTE, value: 5 * MINUTE });
    const done = await cut('orders copy --apply --yes')(world);
    expect(done.stderr).toMatch(/300 s behind the old stream/);
    expect(done.stdout).toMatch(/is complete/);
  });

  it('asks before each step; stops at anything but yes, and goes on from there', async () => {
    const world = await cutoverWorld();
    const asked: string[] = [];
    const answers = ['y', 'y', 'what?'];
    const ask = async (question: string) => {
      asked.push(question);
      return answers.shift() ?? '';
    };
    const stopped = await cut('orders copy --apply', { ask })(world);
    expect(asked).toHaveLength(3);
    expect(stopped).toMatchObject({ exitCode: 0 });
    expect(stopped.stdout).toMatch(/Go on at step 3:\n {2}npx tablekeeper cutover --resume --region/);
    const twice = await cut('orders copy --apply --yes')(world);
    expect(twice).toMatchObject({
      exitCode: 2,
      stderr: expect.stringMatching(/A cut-over of orders is under way/),
    });
    expect((await cut('--resume --yes')(world)).stdout).toMatch(/is complete/);
    expect((await cut('--resume --yes')(world)).stdout).toMatch(/No cut-over is under way/);
  });

  it('says which second the copy is of, and what was written to the old table since', async () => {
    const world = await cutoverWorld();
    expect((await cut('orders copy')(world)).stdout).toMatch(
      /copy is as of 20\d\d-.*Z: what was written to orders since then, by CloudWatch 0 write units, is not in it/,
    );
    const Dimensions = [{ Name: 'TableName', Value: 'orders' }];
    const wrote = { Namespace: 'AWS/DynamoDB', MetricName: 'ConsumedWriteCapacityUnits', Dimensions };
    world.account.state.metrics.add(wrote, { at: world.clock.now() - MINUTE, value: 12 });
    expect((await cut('orders copy --swap')(world)).stdout).toMatch(/by CloudWatch 12 write units/);
    const { notes } = JSON.parse((await cut('orders copy --json')(world)).stdout);
    expect(notes).toContainEqual(
      expect.objectContaining({
        kind: 'lacks-since',
        table: 'copy',
        of: 'orders',
        units: 12,
        at: expect.stringMatching(/Z$/),
      }),
    );
    await world.clock.advanceBy(16 * 24 * 60 * MINUTE);
    expect((await cut('orders copy')(world)).stdout).toMatch(/written to orders since then is not in it/);
  });

  it('repeats that the table in use is not backed up until its policy tag says otherwise', async () => {
    const world = await cutoverWorld();
    const said =
      /No policy backs copy up; .* had backup:policy = standard:\n +aws dynamodb tag-resource .*:table\/copy/;
    expect(await cut('orders copy --apply --yes')(world)).toMatchObject({
      exitCode: 1,
      stdout: expect.stringMatching(said),
    });
    expect(await cut('--resume --yes')(world)).toMatchObject({
      exitCode: 1,
      stdout: expect.stringMatching(said),
    });
    expect((await cut('--list')(world)).stdout).toMatch(said);
    world.account.faults.add({ operation: 'ListTagsOfResource', kind: 'access-denied' });
    expect((await cut('--list')(world)).stdout).toMatch(/Whether a policy backs copy up could not be read/);
    world.account.faults.clear();
    const { TableArn: ResourceArn } = await tableAt(world, 'copy');
    const Tags = [{ Key: 'backup:policy', Value: 'standard' }];
    await world.invoke('dynamodb', 'TagResource', { ResourceArn, Tags });
    await world.clock.advanceBy(MINUTE);
    expect(await cut('--resume --yes')(world)).toEqual({
      exitCode: 0,
      stdout: 'No cut-over is under way.\n',
      stderr: '',
    });
  });

  it('says nothing of backups of a table that has gone since, or of one that a policy never backed up', async () => {
    const world = await cutoverWorld();
    await cut('orders copy --apply --yes')(world);
    deleteTable(world.account, 'copy');
    await world.clock.advanceBy(MINUTE);
    expect((await cut('--resume --yes')(world)).exitCode).toBe(0);
  });

  it('keeps the record of each, also of several of one table', async () => {
    const world = await cutoverWorld();
    await cut('orders copy --apply --yes')(world);
    const [first] = JSON.parse((await cut('--list --json')(world)).stdout).cutovers;
    for (const nth of [2, 3]) {
      await world.clock.advanceBy(MINUTE);
      await cut('orders copy --apply --yes')(world);
      const { cutovers } = JSON.parse((await cut('--list --json')(world)).stdout);
      expect(cutovers).toHaveLength(nth);
      expect(cutovers.at(-1)).toEqual(first);
      expect(new Set(cutovers.map(({ id }: { id: string }) => id)).size).toBe(nth);
    }
  });

  it('stops before its next call when another session has gone on with it', async () => {
    const world = await cutoverWorld();
    const before = await alarmsOf(world);
    const ask = async () => {
      const pk = { S: 'cutover#111122223333/us-east-1' };
      await world.invoke('dynamodb', 'UpdateItem', {
        TableName: 'tablekeeper-prod-state',
        Key: { pk, sk: { S: 'orders' } },
        UpdateExpression: 'SET revision = revision + :one, writer = :other',
        ExpressionAttributeValues: { ':one': { N: '1' }, ':other': { S: 'another' } },
      });
      return 'y';
    };
    const stopped = await cut('orders copy --apply', { ask })(world);
    expect(stopped.exitCode).toBe(1);
    expect(stopped.stdout).toMatch(/another session goes on with the cut-over of orders/);
    expect(await alarmsOf(world)).toEqual(before);
  });

  it('lets the new table send to the Kinesis stream of the old one only when asked to', async () => {
    const left = await cutoverWorld();
    expect((await cut('orders copy')(left)).stdout).toMatch(/Two tables in one stream mix their records/);
    await cut('orders copy --apply --yes')(left);
    const of = ({ invoke }: CutoverWorld) =>
      invoke('dynamodb', 'DescribeKinesisStreamingDestination', { TableName: 'copy' });
    expect((await of(left)).KinesisDataStreamDestinations).toEqual([]);
    const shared = await cutoverWorld();
    await cut('orders copy --apply --yes --kinesis share')(shared);
    expect((await of(shared)).KinesisDataStreamDestinations).toHaveLength(1);
  });

  it.each([
    ['orders', 2, /name the old table, then the restored one/],
    ['orders copy third', 2, /name the old table, then the restored one/],
    ['orders copy --resume', 2, /stand alone, without tables/],
    ['orders orders', 2, /orders is both tables/],
    ['orders nothing-here', 2, /There is no table nothing-here here/],
    ['orders copy --apply', 2, /Nobody is there to agree/],
    ['--give-up orders', 2, /No cut-over of orders is under way/],
  ])('refuses `cutover %s`', async (argv, exitCode, says) => {
    const world = await cutoverWorld();
    const refused = await cut(argv)(world);
    expect(refused.stderr).toMatch(says);
    expect(refused.exitCode).toBe(exitCode);
  });
});

describe('tablekeeper cutover --swap', () => {
  it('keeps both tables in recovery points, deletes the old one and restores the copy under its name', async () => {
    const world = await cutoverWorld();
    const [before, copy] = [await tableAt(world, 'orders'), await tableAt(world, 'copy')];
    const done = await cut('orders copy --apply --yes --swap')(world);
    expect(done.stdout).toMatch(/is complete/);
    expect(done.exitCode).toBe(0);
    const after = await tableAt(world, 'orders');
    expect(after.TableId).not.toBe(before.TableId);
    expect(after).toMatchObject({ DeletionProtectionEnabled: true, TableStatus: 'ACTIVE' });
    const { Items } = await world.invoke('dynamodb', 'Scan', { TableName: 'orders' });
    expect(Items).toHaveLength(3);
    const { Tags } = await world.invoke('dynamodb', 'ListTagsOfResource', { ResourceArn: after.TableArn });
    expect(Tags).toContainEqual({ Key: 'backup:policy', Value: 'standard' });
    expect(await tableAt(world, 'copy')).toMatchObject({ TableId: copy.TableId });
    const { BackupSummaries } = await world.invoke('dynamodb', 'ListBackups', {});
    const finals = (BackupSummaries as Record<string, string>[]).filter(({ BackupName }) =>
      BackupName?.startsWith('before-cutover-'),
    );
    expect(finals.map(({ TableId }) => TableId).sort()).toEqual([before.TableId, copy.TableId].sort());
    expect(finals.every(({ BackupStatus }) => BackupStatus === 'AVAILABLE')).toBe(true);
    const mappings = await mappingsOf(world);
    expect(mappings).toMatchObject([{ EventSourceArn: after.LatestStreamArn, State: 'Enabled' }]);
    expect(await pipesOf(world)).toMatchObject([{ Source: after.LatestStreamArn, CurrentState: 'RUNNING' }]);
  });

  it.each(['orders', 'copy'])('waits while %s is written to, and deletes nothing', async (table) => {
    const world = await cutoverWorld();
    for (let minute = -5; minute < 40; minute += 1)
      writeTo(world, table, world.clock.now() + minute * MINUTE);
    const { TableId } = await tableAt(world, 'orders');
    const waited = await cut('orders copy --apply --yes --swap')(world);
    expect(waited.exitCode).toBe(1);
    expect(waited.stdout).toMatch(new RegExp(`${table} is still written to`));
    expect(await tableAt(world, 'orders')).toMatchObject({ TableId, TableStatus: 'ACTIVE' });
  });

  it('refuses to delete what was written to after its final recovery point', async () => {
    const world = await cutoverWorld();
    const { TableId } = await tableAt(world, 'orders');
    const watched = wire(world, (operation) => {
      if (operation === 'UpdateTable') writeTo(world, 'orders', world.clock.now());
      return undefined;
    });
    const refused = await cut('orders copy --apply --yes --swap', watched)(world);
    expect(refused.exitCode).toBe(1);
    expect(refused.stdout).toMatch(/orders was written to after its final recovery point \(1 write unit/);
    expect(await tableAt(world, 'orders')).toMatchObject({ TableId, TableStatus: 'ACTIVE' });
    expect((await cut('orders copy')(world)).stdout).toMatch(
      /--apply would be refused: a cut-over of orders to copy is under way since .* --give-up orders --region/s,
    );
    expect((await cut('--give-up orders')(world)).exitCode).toBe(0);
    expect((await cut('orders copy')(world)).stdout).toMatch(/Add --apply to carry it out/);
    await world.clock.advanceBy(10 * MINUTE);
    expect((await cut('orders copy --apply --yes --swap')(world)).stdout).toMatch(/is complete/);
  });

  it('that is given up half way says what is done, and the way back to the deleted table', async () => {
    const world = await cutoverWorld();
    const ask = async () => {
      const { TableNames } = await world.invoke('dynamodb', 'ListTables', {});
      const isGone = !JSON.stringify(TableNames).includes('"orders"');
      return isGone ? 'no' : 'y';
    };
    const stopped = await cut('orders copy --apply --swap', { ask })(world);
    expect(stopped.stdout).toMatch(/is not complete\. You stopped/);
    const given = await cut('--give-up orders')(world);
    expect(given.exitCode).toBe(0);
    const [, point = ''] = /tablekeeper restore orders --recovery-point (\S+)/.exec(given.stdout) ?? [];
    expect(given.stdout).toMatch(/- done: Delete orders \(table id/);
    expect(point).toContain(':table/orders/backup/');
    expect((await cut('--list')(world)).stdout).toMatch(/orders to copy, swap, .+: given up/);
    const back = await world.type(`restore orders --recovery-point ${point} --as-replacement --yes`);
    expect(back.exitCode, back.stdout + back.stderr).toBe(0);
    expect(await tableAt(world, 'orders')).toMatchObject({ TableStatus: 'ACTIVE' });
  });

  it('that is given up in another session ends there, and is not said to be complete', async () => {
    const world = await cutoverWorld();
    const ask = async () => {
      await world.type('cutover --give-up orders', {});
      return 'y';
    };
    const { exitCode, stdout } = await cut('orders copy --apply --swap', { ask })(world);
    expect(exitCode).toBe(1);
    expect(stdout).toContain('The cut-over of orders was given up.');
    expect(stdout).not.toMatch(/is complete|--resume/);
  });

  it('names a write during DELETING as lost', async () => {
    const world = await cutoverWorld();
    let isDeleting = false;
    const watched = wire(world, async (operation) => {
      // The first call after it: the table is DELETING and still takes writes.
      const Item = { pk: { S: 'late' }, sk: { S: '1' } };
      if (isDeleting) await world.invoke('dynamodb', 'PutItem', { TableName: 'orders', Item });
      isDeleting = operation === 'DeleteTable';
      return undefined;
    });
    const done = await cut('orders copy --apply --yes --swap', watched)(world);
    expect(done.stdout).toMatch(/Lost: 1 write unit consumed on orders after its final recovery point/);
    const { Items } = await world.invoke('dynamodb', 'Scan', { TableName: 'orders' });
    expect(JSON.stringify(Items)).not.toContain('late');
  });

  it('never deletes a table that was made under the name meanwhile', async () => {
    const world = await cutoverWorld();
    const answers = ['y', 'y', 'y', 'y', 'y', 'y', 'y', 'y'];
    const stopped = await cut('orders copy --apply --swap', { ask: async () => answers.shift() })(world);
    expect(stopped.stdout).toMatch(/Go on at step 9/);
    await world.clock.advanceBy(MINUTE);
    await world.invoke('dynamodb', 'DeleteTable', { TableName: 'orders' });
    await world.clock.advanceBy(MINUTE);
    await world.invoke('dynamodb', 'CreateTable', {
      TableName: 'orders',
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
      KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
    });
    await world.clock.advanceBy(MINUTE);
    const { TableId } = await tableAt(world, 'orders');
    const refused = await cut('--resume --yes')(world);
    expect(refused.exitCode).toBe(1);
    expect(refused.stdout).toMatch(/orders is another table now/);
    expect(await tableAt(world, 'orders')).toMatchObject({ TableId });
  });

  it('does not leave the table with the opt-out of the copy, when `restore --resume` went on with it', async () => {
    const world = await cutoverWorld();
    const broken = wire(world, (operation, body) =>
      operation === 'PutItem' && body.includes('restore#') && body.includes('acceptedAt')
        ? 'break'
        : undefined,
    );
    await cut('orders copy --apply --yes --swap', broken)(world);
    await world.clock.advanceBy(MINUTE);
    expect((await world.type('restore --resume')).stdout).toContain('--adopt orders');
    expect(await world.type('restore --adopt orders --yes')).toMatchObject({ exitCode: 0 });
    expect((await world.type('restore --resume')).stdout).toMatch(/copy is back as orders/);
    const done = await cut('--resume --yes')(world);
    expect(done.stdout).toMatch(/is complete/);
    const { TableArn: ResourceArn } = await tableAt(world, 'orders');
    const { Tags } = await world.invoke('dynamodb', 'ListTagsOfResource', { ResourceArn });
    expect(Tags).toContainEqual({ Key: 'backup:policy', Value: 'standard' });
  });

  it('leaves a policy tag alone that somebody set on the table meanwhile', async () => {
    const world = await cutoverWorld();
    const broken = wire(world, (operation, body) =>
      operation === 'PutItem' && body.includes('restore#') && body.includes('acceptedAt')
        ? 'break'
        : undefined,
    );
    await cut('orders copy --apply --yes --swap', broken)(world);
    await world.clock.advanceBy(MINUTE);
    expect(await world.type('restore --adopt orders --yes')).toMatchObject({ exitCode: 0 });
    const { TableArn: ResourceArn } = await tableAt(world, 'orders');
    tagTable(world.account, 'orders', { 'backup:policy': 'other' });
    await world.clock.advanceBy(MINUTE);
    const done = await cut('--resume --yes')(world);
    expect(done.stdout).toMatch(/is complete/);
    const { Tags } = await world.invoke('dynamodb', 'ListTagsOfResource', { ResourceArn });
    expect(Tags).toContainEqual({ Key: 'backup:policy', Value: 'other' });
  });

  it('says which settings are not back, and ends with 1', async () => {
    const world = await cutoverWorld();
    const authorize = (call: { operation: string }): boolean =>
      call.operation !== 'dynamodb:PutResourcePolicy';
    Object.assign(world.account.state.settings, { authorize });
    const done = await cut('orders copy --apply --yes --swap')(world);
    expect(done.stdout).toMatch(/is complete/);
    expect(done.stdout).toMatch(/Not put back on orders: PutResourcePolicy: AccessDenied/);
    expect(done.exitCode).toBe(1);
  });

  it('asks at each step where no restore of the one to the other is known', async () => {
    const world = await cutoverWorld();
    await world.type('restore orders --at latest --target third --yes');
    await world.clock.advanceBy(10 * MINUTE);
    const refused = await cut('copy third --apply --yes --swap')(world);
    expect(refused.exitCode).toBe(2);
    expect(refused.stderr).toMatch(/No restore of copy to third is known of/);
    expect(await tableAt(world, 'copy')).toMatchObject({ TableStatus: 'ACTIVE' });
  });

  it('refuses a table with replicas, and says what a stack would do', async () => {
    const world = await cutoverWorld();
    openRegion(world.account, 'eu-west-1');
    await world.invoke('dynamodb', 'UpdateTable', {
      TableName: 'orders',
      ReplicaUpdates: [{ Create: { RegionName: 'eu-west-1' } }],
    });
    await world.clock.advanceBy(60 * MINUTE);
    const refused = await cut('orders copy --swap')(world);
    expect(refused.exitCode).toBe(2);
    expect(refused.stderr).toMatch(/replicas in eu-west-1/);
    expect(refused.stderr).toMatch(/Custom::DynamoDBReplica/);
  });
});

/** Each session ends one step, makes the next, and breaks before it can write that down. */
const brokenSession = (world: CutoverWorld, calls: string[], isFirst: boolean) => {
  let saves = isFirst ? -1 : 0;
  return wire(world, (operation, body) => {
    if (operation === 'PutItem' && body.includes('cutover#')) saves += 1;
    if (saves > 3) return 'break';
    calls.push(operation);
    return undefined;
  });
};

const throughBreaks = async (world: CutoverWorld, argv: string) => {
  const calls: string[] = [];
  let sessions = 0;
  let ended = '';
  while (!ended.includes('is complete') && sessions < 40) {
    const typed = sessions === 0 ? argv : '--resume --yes';
    ended = (await cut(typed, brokenSession(world, calls, sessions === 0))(world)).stdout;
    sessions += 1;
    await world.clock.advanceBy(MINUTE);
  }
  return { sessions, ended, count: (name: string) => calls.filter((one) => one === name).length };
};

describe('an interrupted cut-over', () => {
  it.each([
    ['orders copy --apply --yes', 'copy', { DeleteTable: 0, RestoreTableFromBackup: 0, CreateBackup: 0 }],
    [
      'orders copy --apply --yes --swap',
      'orders',
      { DeleteTable: 1, RestoreTableFromBackup: 1, CreateBackup: 2 },
    ],
  ])(
    'goes on wherever it was broken off: `cutover %s`',
    async (argv, table, once) => {
      const world = await cutoverWorld();
      const { sessions, ended, count } = await throughBreaks(world, argv);
      expect(ended).toMatch(/is complete/);
      expect(sessions).toBeGreaterThan(6);
      for (const [operation, times] of Object.entries(once))
        expect([operation, count(operation)]).toEqual([operation, times]);
      const { LatestStreamArn } = await tableAt(world, table);
      expect(await mappingsOf(world)).toMatchObject([{ EventSourceArn: LatestStreamArn, State: 'Enabled' }]);
      expect(await pipesOf(world)).toMatchObject([{ Source: LatestStreamArn, CurrentState: 'RUNNING' }]);
    },
    60_000,
  );
});
