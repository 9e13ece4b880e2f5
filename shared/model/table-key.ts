/** One part of a table's primary key, in DynamoDB's own words: `pk`, `HASH`, `S`. */
export interface TableKey {
  readonly name: string;
  readonly role: string;
  readonly type: string;
}
