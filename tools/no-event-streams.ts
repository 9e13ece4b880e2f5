/**
 * Stands in for the SDK's event streams in the bundles: it loads them with the first operation that streams events, and none of those that
 * Tablekeeper calls does.
 */
throw new Error('event streams are left out of the functions: see tools/lambda-packages.ts');
