/**
 * Stands in for the SDK's cache of discovered endpoints in the bundles: every DynamoDB client makes one, and no operation that Tablekeeper
 * calls discovers endpoints. What would be asked of it is not there, and fails.
 */
export class EndpointCache {}
