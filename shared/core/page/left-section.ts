import { html, type Markup } from './draw/html.ts';
import type { ReportFacts } from './facts.ts';
import { placeMarkup, waysMarkup } from './table-section.ts';
import type { PageView } from './view.ts';
import { waysBackOfLeft } from './ways-back.ts';

/** Writes what is left of tables that are gone, or that no policy governs any more; nothing without any. */
export const leftSection = ({ left }: ReportFacts, view: PageView): Markup | false =>
  left.length > 0 &&
  html`<section id="left"><h2>Recovery points of other tables</h2><p>These tables are gone, or no policy governs them any more. Nothing of them expires until a person deletes it, or until the afterDeletion of its policy says so.</p>${left.map(
    (one) =>
      html`<details><summary>${one.table}</summary>${waysMarkup(waysBackOfLeft(one, view.ways))}<dl>${one.places.map((place) => placeMarkup(place, view))}</dl></details>`,
  )}</section>`;
