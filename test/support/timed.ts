/** The tag of tests that measure how long something takes or how much room: they say nothing where code is instrumented. */
export const TIMED = { name: 'timed', description: 'measures time or memory' };
