import type { SystemBackup } from '../../model/system-backup.ts';
import { bytesText } from '../text/bytes.ts';
import { html, type Markup } from './draw/html.ts';
import type { ReportFacts } from './facts.ts';
import type { PageView } from './view.ts';
import { restoreText } from './ways-back.ts';

const rowMarkup = ({ tableName, createdAt, expiresAt, sizeBytes }: SystemBackup, view: PageView): Markup =>
  html`<details><summary>${tableName}</summary><dl class="ways"><dt>Choose from everything there is, in a terminal</dt><dd><code>${restoreText(tableName, view.ways)}</code></dd></dl><dl><dt>As it was on</dt><dd>${view.show(createdAt)}${
    sizeBytes !== undefined && html`, ${bytesText(sizeBytes)}`
  }</dd><dt>Goes on</dt><dd>${view.show(expiresAt)}</dd></dl></details>`;

/** Writes what DynamoDB itself kept of tables that were deleted with point-in-time recovery on; nothing without any. */
export const systemSection = ({ systemBackups }: ReportFacts, view: PageView): Markup | false => {
  const { items = [], gap } = systemBackups ?? {};
  if (items.length === 0 && gap === undefined) return false;
  return html`<section id="system"><h2>Deleted tables, as DynamoDB kept them</h2><p>DynamoDB makes a SYSTEM backup of a table that is deleted with point-in-time recovery on. It is free, nobody can delete it, and it goes by itself after 35 days.</p>${
    gap !== undefined && html`<p class="bad">Not all of them could be read.</p>`
  }${items.toReversed().map((one) => rowMarkup(one, view))}</section>`;
};
