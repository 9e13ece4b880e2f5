import { describe, expect, it } from 'vitest';
import { escaped, html, joined, Markup } from '../../../shared/core/page/draw/html.ts';
import { ATTACKS } from '../../support/attacks.ts';

describe('html', () => {
  it('escapes what is inserted, in text and in attributes', () => {
    const hostile = `"><script>alert('x')</script>&amp;`;
    expect(html`<p title="${hostile}">${hostile}</p>`.text).toBe(
      '<p title="&quot;&gt;&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;&amp;amp;">&quot;&gt;&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;&amp;amp;</p>',
    );
  });

  it('takes markup as it is, and nothing for what is absent or false', () => {
    const inner = html`<b>${1}</b>`;
    expect(html`<p>${inner}${[inner, inner]}${undefined}${false}${0}</p>`.text).toBe(
      '<p><b>1</b><b>1</b><b>1</b>0</p>',
    );
    expect(joined([inner, inner], html`, `).text).toBe('<b>1</b>, <b>1</b>');
  });

  it.each(ATTACKS)('shows what would not be seen, and closes what would be obeyed: $name', ({ text }) => {
    const shown = escaped(text);
    expect(shown).not.toMatch(/[<>"']/);
    expect(shown.replaceAll(/[\n\t]/g, '')).not.toMatch(/\p{C}|\p{Zl}|\p{Zp}/u);
    expect(html`${new Markup(shown)}`.text).toBe(shown);
  });
});
