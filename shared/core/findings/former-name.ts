/** The part of a table name that is kept, because a name has at most 255 characters. */
const NAME_CHARS = 240;

/** Names the table that a former one is restored to, beside the one that has its name or needs it. */
export const formerName = (table: string): string => `${table.slice(0, NAME_CHARS)}-former`;
