import { readFile } from 'node:fs/promises';
import type { Plugin } from 'esbuild';

/**
 * The clients that are read without the classes of their errors. Those of other protocols name an error by its class where the service names it otherwise.
 */
export const UNREGISTERED = [
  'application-auto-scaling',
  'backup',
  'dynamodb',
  'kms',
  'lambda',
  'pipes',
  'resource-groups-tagging-api',
  'ssm',
] as const;

/** What somebody asks for by its class, the state store and Powertools for secrets, and what says by its class that it is tried again. */
export const ASKED_FOR = new Set([
  'ConditionalCheckFailedException',
  'ParameterNotFound',
  'ResourceNotFoundException',
  'ReplicatedWriteConflictException',
]);

const SCHEMAS = new RegExp(
  `[\\\\/]@aws-sdk[\\\\/]client-(?:${UNREGISTERED.join('|')})[\\\\/]dist-es[\\\\/]schemas[\\\\/]schemas_\\d+\\.js$`,
);

const REGISTRATION = /^n\d+_registry\.registerError\((\w+)\$, \1\);$/gm;

/**
 * A client registers a class for each error that its service knows, 40 kB for SSM's. An error without one is thrown as the client's base class with the same
 * name, message and fault, and nothing here looks at more.
 */
export const unregisteredErrors: Plugin = {
  name: 'unregistered-errors',
  setup: ({ onLoad }) => {
    onLoad({ filter: SCHEMAS }, async ({ path }) => {
      const text = await readFile(path, 'utf8');
      if (text.match(REGISTRATION) === null) throw new Error(`${path} registers no error as it used to`);
      return {
        contents: text.replace(REGISTRATION, (line, name: string) => (ASKED_FOR.has(name) ? line : '')),
        loader: 'js',
      };
    });
  },
};
