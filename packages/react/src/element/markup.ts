import type { Labels } from '../labels.ts';

const characters: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function safe(text: string): string {
  return text.replace(/[&<>"']/g, (character) => characters[character] ?? '');
}

/** The widget's elements. All texts come from the labels; what a model or a person wrote is never put here. */
export function markup(labels: Labels): string {
  const chips = (words: readonly string[]) =>
    words
      .map(
        (word) =>
          `<button type="button" aria-pressed="false" data-reason="${safe(word)}">${safe(word)}</button>`,
      )
      .join('');
  return `
    <section aria-label="${safe(labels.feedback)}">
      <fieldset aria-label="${safe(labels.thumbs)}">
        <button type="button" data-thumb="up" aria-pressed="false" aria-label="${safe(labels.good)}">👍</button>
        <button type="button" data-thumb="down" aria-pressed="false" aria-label="${safe(labels.bad)}">👎</button>
      </fieldset>
      <fieldset data-for="up" aria-label="${safe(labels.reasons)}" hidden>${chips(labels.goodReasons)}</fieldset>
      <fieldset data-for="down" aria-label="${safe(labels.reasons)}" hidden>${chips(labels.badReasons)}</fieldset>
      <form data-for="any" hidden>
        <label>${safe(labels.comment)}<textarea maxlength="10000" placeholder="${safe(labels.commentHint)}"></textarea></label>
        <button type="submit">${safe(labels.save)}</button>
      </form>
      <p role="status"></p>
      <p role="alert"></p>
    </section>`;
}
