/** What is not one of the 95 signs that every terminal shows as they are. */
const OTHERS = /[^ -~]/g;

const escaped = (sign: string): string => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`;

/** Given a value, returns it as JSON on one line that may stand in a command. At the edge every sign beyond ASCII is escaped: it could rewrite what a terminal shows. */
export const asciiJson = (value: unknown): string => JSON.stringify(value).replaceAll(OTHERS, escaped);
