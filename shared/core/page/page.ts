import { commandText } from '../../model/shell.ts';
import { REPORT_COMMAND } from '../text/commands.ts';
import { wholeCommand } from '../text/whole-command.ts';
import { html, Markup } from './draw/html.ts';
import type { ReportFacts } from './facts.ts';
import { findingSection } from './finding-section.ts';
import { headSection } from './head-section.ts';
import { leftSection } from './left-section.ts';
import { policySection } from './policy-section.ts';
import { systemSection } from './system-section.ts';
import { tableSection } from './table-section.ts';
import { viewOf } from './view.ts';

/** What a page wears: its style and its script, and the hashes by which a browser lets them in. */
export interface Assets {
  readonly style: string;
  readonly script: string;
  /** As a content security policy names it: `sha256-…`. */
  readonly hashOf: (text: string) => string;
}

/** SAFETY: a page loads nothing, sends nothing, and runs no script but its own. */
const policyOf = ({ style, script, hashOf }: Assets): string =>
  `default-src 'none'; style-src '${hashOf(style)}'; script-src '${hashOf(script)}'; base-uri 'none'; form-action 'none'`;

/** Writes one self-contained page out of sections. */
export const pageOf = (title: string, body: Markup, assets: Assets): string =>
  html`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${policyOf(assets)}"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="referrer" content="no-referrer"><meta name="color-scheme" content="light dark"><title>${title}</title><style>${new Markup(assets.style)}</style><script>${new Markup(assets.script)}</script></head><body>${body}</body></html>
`.text;

/** Writes the report of a deployment as one self-contained page. */
export const reportPage = (facts: ReportFacts, assets: Assets): string => {
  const view = viewOf(facts);
  const { instance, target } = facts;
  const system = systemSection(facts, view);
  const body = html`<a class="skip" href="#tables">Skip to the tables</a>${headSection(facts, view)}<nav aria-label="Sections"><a href="#findings">Findings</a> <a href="#tables">Tables</a> <a href="#policies">Policies</a>${facts.left.length > 0 && html` <a href="#left">Other tables</a>`}${system !== false && html` <a href="#system">Deleted tables</a>`}</nav><main>${findingSection(facts, view)}
${tableSection(facts, view)}
${policySection(facts, view)}
${leftSection(facts, view)}
${system}</main><footer><p><code>${commandText(wholeCommand(REPORT_COMMAND, facts))}</code> makes this page as of now. Opening it loads nothing and sends nothing.</p></footer>`;
  return pageOf(`Tablekeeper ${instance}, ${target.accountId}, ${target.region}`, body, assets);
};
