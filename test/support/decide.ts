import { openAfter, type Situation } from '../../shared/core/alert/open.ts';
import { type Decision, type Quiet, toSend } from '../../shared/core/alert/sent.ts';

/** What one run found, and what holds its reports back. */
export interface Run extends Situation, Quiet {}

/** Decides what is open and what is sent of it, as one run does. */
export const decide = (run: Run): Decision => toSend(openAfter(run), run);
