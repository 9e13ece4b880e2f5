import { expect, it } from 'vitest';
import { typed } from './typed.ts';

const ARN = 'arn:aws:dynamodb:eu-west-1:111122223333:table/orders';

it.each([
  // An option that would be ignored is refused: whoever types it believes that it counts.
  ['restore --give-up orders --plan', '--plan does not go with --give-up'],
  ['restore --resume --at latest', '--at does not go with --resume'],
  ['restore --resume --ttl on', '--ttl does not go with --resume'],
  ['restore --resume --emit terraform', '--emit does not go with --resume'],
  ['restore --list --ago 2h', '--ago does not go with --list'],
  ['restore --indexes orders --without-local-indexes', '--without-local-indexes does not go with --indexes'],
  ['restore orders --emit terraform --ttl on', '--ttl does not go with --emit'],
  [
    'restore orders carts --emit terraform',
    'without a moment --emit writes one table, and several are named',
  ],
  ['restore orders --at latest --emit terraform --stack shop', '--stack goes with --emit cloudformation'],
  [
    'restore orders --at latest --without-settings --ttl on',
    '--without-settings puts no settings back, and --ttl on',
  ],
  [
    'restore orders --at latest --without-settings --as-replacement --warm as-was --kinesis share',
    'and --as-replacement, --warm as-was, --kinesis share asks for some',
  ],
  ['cutover --give-up orders --swap', '--swap does not go with --give-up'],
  ['cutover --resume --leave-undelivered', '--leave-undelivered does not go with --resume'],
  ['cutover --list --yes', '--yes does not go with --list'],
  ['cutover orders copy --ttl on', '--ttl goes with --swap'],
  ['cutover orders copy --swap --kinesis leave', '--kinesis does not go with --swap'],
  // A name that no table can have is no question for AWS.
  ['restore a/b --at latest', '"a/b" cannot be the name of a table.'],
  ['restore ab --at latest', '"ab" cannot be the name of a table.'],
  ['cutover orders ab', '"ab" cannot be the name of a table.'],
  // An ARN says the Region as well.
  [`restore ${ARN} --at latest --region us-east-1`, 'The ARN is of a table in eu-west-1'],
  [`cutover ${ARN} copy --region us-east-1`, 'The ARN is of a table in eu-west-1'],
  [
    `restore ${ARN} ${ARN.replace('eu-west-1', 'us-east-1')} --at latest`,
    'orders is in eu-west-1 by its ARN, and orders in us-east-1.',
  ],
  ['restore arn:aws:s3:::orders --at latest', 'is no ARN of a table.'],
])('`%s` is refused: %s', async (argv, says) => {
  const { exitCode, stdout, stderr } = await typed(argv.split(' '));
  expect(stderr).toContain(says);
  expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
});

it('an empty name is no table', async () => {
  const { exitCode, stderr } = await typed(['restore', '', '--at', 'latest']);
  expect({ exitCode, stderr }).toEqual({
    exitCode: 2,
    stderr: expect.stringContaining('argument 1 is empty.'),
  });
});
