import type { Deviations } from './story.ts';

const NOT_REFUSED = "expected 'no error' to be";
/** The answer is a page for people, which no client can read. */
const UNKNOWN = "Unexpected token '<'";

/**
 * The stories that moto 5.2 does not keep to, and what it does instead. Each is told all the same and has to fail in just this way: when
 * moto is mended, its entry makes a test fail and goes.
 */
export const MOTO_DEVIATIONS: Deviations = {
  // Tables and tags.
  'a new table is being created, and then active': {
    instead: 'it is active at once',
    failsWith: "expected 'ACTIVE' to be 'CREATING'",
  },
  'a table has an id, and one made again under its name has another': {
    instead: 'a table has no id',
    failsWith: "expected 'no id' to match",
  },
  'a tag that is set again has the new value': {
    instead: 'the key is there twice, with both values',
    failsWith: 'expected [ Array(2) ] to deeply equal',
  },
  'the tagging API refuses a type of resource that there is not': {
    instead: 'it finds nothing of it',
    failsWith: NOT_REFUSED,
  },

  // Backups and their lists.
  'the answer that starts a backup says that it is being created': {
    instead: 'it is available at once',
    failsWith: "expected 'AVAILABLE' to be 'CREATING'",
  },
  'a backup tells the id and the billing mode of its table': {
    instead: 'it tells neither',
    failsWith: "expected 'no id' to be undefined",
  },
  'a backup cannot have a name that is too short, or has other signs than letters, digits and _.-': {
    instead: 'any name will do',
    failsWith: NOT_REFUSED,
  },
  'the ARN of a table is not the ARN of a backup': {
    instead: 'it is the ARN of a backup that is not there',
    failsWith: "expected 'BackupNotFoundException' to be 'ValidationException'",
  },
  'a list of more than a hundred backups comes in pages, each backup once': {
    instead: 'all come on one page',
    failsWith: 'expected [ 230 ] to deeply equal [ 100, 100, 30 ]',
  },
  'a list goes on behind the backup that is named': {
    instead: 'it starts again from the first',
    failsWith: "expected [ 'first', 'second', 'third' ] to deeply equal [ 'second', 'third' ]",
  },
  'the lower bound of a list is part of it, and the upper bound is not': {
    instead: 'there are no bounds',
    failsWith: "expected [ 'first', 'second', 'third' ] to deeply equal [ 'second', 'third' ]",
  },
  'a lower bound above the upper bound is refused': {
    instead: 'there are no bounds',
    failsWith: NOT_REFUSED,
  },
  'a page of more than a hundred is refused': {
    instead: 'there are no pages',
    failsWith: NOT_REFUSED,
  },
  'the list of system backups has none of a user': {
    instead: 'the type is not looked at',
    failsWith: "expected [ 'first', 'second', 'third' ] to deeply equal []",
  },
  'a type of backup that there is not is refused': {
    instead: 'the type is not looked at',
    failsWith: NOT_REFUSED,
  },

  // Tables that are lost.
  'the id of the table tells the backups of the former one from those of the new': {
    instead: 'neither has an id',
    failsWith: "expected [ 'of-the-former', 'of-the-new' ] to deeply equal [ 'of-the-new' ]",
  },
  'a deleted table with point-in-time recovery leaves a system backup, which the list of a user does not show':
    {
      instead: 'nothing is left of it',
      failsWith: 'expected [] to have a length of 1',
    },
  'a system backup is not for deleting': {
    instead: 'there are no system backups',
    failsWith: "expected 'BackupNotFoundException' to be 'ValidationException'",
  },

  // Point-in-time recovery and restores.
  'a period of point-in-time recovery under 1 or over 35 days is refused': {
    instead: 'any number of days will do',
    failsWith: NOT_REFUSED,
  },
  'the answer that starts a restore says that the table is being created, and from which backup': {
    instead: 'the table is active at once',
    failsWith: "to match object { TableStatus: 'CREATING'",
  },
  'a table is restored with the billing mode asked for': {
    instead: 'it is restored with that of its source',
    failsWith: 'to match object { ReadCapacityUnits: 3',
  },
  'the source of a restore to a moment can be named by its ARN': {
    instead: 'the source is looked for by name alone',
    failsWith: 'Source table not found: None',
  },
  'a table without point-in-time recovery is not restored to a moment': {
    instead: 'it is restored',
    failsWith: NOT_REFUSED,
  },
  'a table is not restored to a moment outside its window': {
    instead: 'the moment is not looked at',
    failsWith: NOT_REFUSED,
  },
  'a restore to no moment at all is refused': {
    instead: 'the moment is not looked at',
    failsWith: NOT_REFUSED,
  },
  'a table that is not there is not restored to a moment': {
    instead: 'the error has a name that AWS does not know',
    failsWith: "expected 'SourceTableNotFoundException' to be 'TableNotFoundException'",
  },

  // Messages.
  'the size of a message is its bytes, not its letters': {
    instead: 'letters are counted',
    failsWith: NOT_REFUSED,
  },
  'a message without text does not leave': {
    instead: 'it leaves',
    failsWith: NOT_REFUSED,
  },
  'a subject of 100 letters does not leave': {
    instead: 'it leaves, and one of 101 does not',
    failsWith: NOT_REFUSED,
  },
  'a subject of more than one line does not leave': {
    instead: 'it leaves',
    failsWith: NOT_REFUSED,
  },
  'a topic tells its subscribers, and counts them as text': {
    instead: 'it tells them, and counts none',
    failsWith: "expected '0' to be '1'",
  },
  'a subscription by mail waits until somebody confirms it': {
    instead: 'it is confirmed at once',
    failsWith: "to be 'pending confirmation'",
  },

  // Trails.
  'a trail takes in all management events until somebody says otherwise': {
    instead: 'it has no selectors',
    failsWith: 'expected [] to match object [ { ReadWriteType:',
  },
  'selectors take the place of the advanced ones that were there': {
    instead: 'the advanced ones stay',
    failsWith: 'to deeply equal []',
  },

  // Settings that a restore puts back.
  'two indexes at once are refused': {
    instead: 'both are made',
    failsWith: NOT_REFUSED,
  },
  'a table on demand has no capacity, and its index may be given none': {
    instead: 'the capacity is not looked at',
    failsWith: NOT_REFUSED,
  },
  'time to live is switched on, and is not switched on twice': {
    instead: 'it is switched on again',
    failsWith: NOT_REFUSED,
  },
  'changes of a table go to a Kinesis stream': {
    instead: 'the operation is unknown',
    failsWith: UNKNOWN,
  },
  'Contributor Insights are switched on': {
    instead: 'the operation is unknown',
    failsWith: UNKNOWN,
  },

  // Auto scaling.
  'a policy of target tracking needs a target': {
    instead: 'it needs none',
    failsWith: NOT_REFUSED,
  },
  'a policy that is deleted is gone, and cannot be deleted again': {
    instead: 'what is not there is wrong and not missing',
    failsWith: "expected 'ValidationException' to be 'ObjectNotFoundException'",
  },
  'a target that is taken away takes its policies with it': {
    instead: 'its policies stay',
    failsWith: 'expected [ { …(9) } ] to deeply equal []',
  },
  'a target that is not there cannot be taken away': {
    instead: 'what is not there is wrong and not missing',
    failsWith: "expected 'ValidationException' to be 'ObjectNotFoundException'",
  },
  'a target cannot be registered before its table is there': {
    instead: 'the table is not looked for',
    failsWith: NOT_REFUSED,
  },

  // What points at a table.
  'composite alarms are listed only when they are asked for': {
    instead: 'the operation fails',
    failsWith: UNKNOWN,
  },
  'alarms come in pages, each once': {
    instead: 'all come on one page',
    failsWith: 'expected [ 7 ] to deeply equal [ 3, 3, 1 ]',
  },
  'a second mapping of a function and a stream is refused with the id of the first': {
    instead: 'there are two mappings then',
    failsWith: 'instead of rejecting',
  },
  'a mapping of a stream that is not there is refused': {
    instead: 'the stream is missing rather than wrong',
    failsWith: "expected 'ResourceNotFoundException' to be 'InvalidParameterValueException'",
  },
  'a second pipe of a name is refused': {
    instead: 'it is there in place of the first',
    failsWith: NOT_REFUSED,
  },
  'a pipe is stopped by an update': {
    instead: 'the operation is unknown',
    failsWith: UNKNOWN,
  },

  // AWS Backup.
  'a vault that is not there may not be looked at': {
    instead: 'it says that there is none, as it is declared',
    failsWith: "expected 'ResourceNotFoundException' to be 'AccessDeniedException'",
  },
  'the name of a vault has letters, digits, hyphens and underscores': {
    instead: 'any name will do',
    failsWith: NOT_REFUSED,
  },
  'a vault has the tags that it was made with': {
    instead: 'it reads the ARN of a path that ends in a slash, and the SDK leaves that out',
    failsWith: 'expected {} to deeply equal',
  },
  'a vault has the tags that were set, and not those that were taken away': {
    instead: 'it reads the ARN of a path that ends in a slash, and the SDK leaves that out',
    failsWith: 'expected {} to deeply equal',
  },
  'a plan that is deleted is listed with the deleted ones only': {
    instead: 'any value of the parameter lists them',
    failsWith: "expected [ 'nightly', 'weekly' ] to deeply equal [ 'weekly' ]",
  },
};
