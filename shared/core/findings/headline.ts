import { type Headed, headlineText } from '../text/headline.ts';
import { CATALOGUE } from './catalogue.ts';

/** Writes a finding in a few words, using the title that the catalogue gives its kind. */
export const headlineOf = (finding: Headed): string => headlineText(finding, CATALOGUE.get(finding.kind));
