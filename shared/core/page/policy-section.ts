import type { Policy } from '../../model/policy.ts';
import { policyClauses } from '../policy/text.ts';
import { counted } from '../text/words.ts';
import { html, type Markup } from './draw/html.ts';
import type { ReportFacts } from './facts.ts';
import type { PageView } from './view.ts';

const policyMarkup = (policy: Policy, { status }: ReportFacts, { now }: PageView): Markup => {
  const tables = status.tables.filter(({ policies }) => policies.includes(policy.name));
  return html`<h3>${policy.name} <small>${counted(tables.length, 'table')}</small></h3><ul>${policyClauses(
    policy,
    now,
  ).map((clause) => html`<li>${clause}</li>`)}</ul>`;
};

/** Writes what each policy asks for and keeps, in words. */
export const policySection = (facts: ReportFacts, view: PageView): Markup =>
  html`<section id="policies"><h2>Policies</h2><p>A table opts in with the tag <code class="plain">${facts.policies.tag}</code>.</p><div class="cards">${facts.policies.policies.map(
    (policy) => html`<div>${policyMarkup(policy, facts, view)}</div>`,
  )}</div></section>`;
