import { createClient } from '@attune/sdk';
import { saidOfAnswer } from '../about-answer.ts';
import { english, type Labels, vietnamese } from '../labels.ts';
import { type MyFeedback, openMyFeedback } from '../my-feedback.ts';
import type { Said } from '../said.ts';
import style from './attune-feedback.css?inline';
import { markup } from './markup.ts';

const languages: Readonly<Record<string, Labels>> = { en: english, vi: vietnamese };

/**
 * `<attune-feedback base-url response-id token [lang]>`: thumbs, reasons and a comment for pages without React. Emits
 * `attune-feedback` (detail: what was said) after the server took something.
 */
export class AttuneFeedback extends HTMLElement {
  static readonly observedAttributes = ['base-url', 'response-id', 'token', 'lang'];
  private letGo: () => void = () => undefined;

  connectedCallback(): void {
    this.render();
  }

  disconnectedCallback(): void {
    this.letGo();
  }

  attributeChangedCallback(): void {
    if (this.isConnected) this.render();
  }

  private render(): void {
    this.letGo();
    const responseId = this.getAttribute('response-id');
    const token = this.getAttribute('token');
    if (responseId === null || token === null) return;
    const client = createClient({ url: this.getAttribute('base-url') ?? '', apiKey: token });
    const store = openMyFeedback(client, responseId);
    const labels = languages[this.lang.slice(0, 2)] ?? english;
    const root = this.shadowRoot ?? this.attachShadow({ mode: 'open', delegatesFocus: true });
    root.innerHTML = `<style>${style}</style>${markup(labels)}`;
    const show = () => showSaid(root, labels, store);
    this.letGo = store.subscribe(show);
    this.listen(root, labels, store);
    void store.load();
  }

  private listen(root: ShadowRoot, labels: Labels, store: MyFeedback): void {
    const tell = (taken: boolean) => {
      if (!taken) return;
      const detail: Said = saidOfAnswer(store.state());
      this.dispatchEvent(new CustomEvent('attune-feedback', { detail, bubbles: true, composed: true }));
    };
    root.addEventListener('click', ({ target }) => {
      if (!(target instanceof Element)) return;
      const { thumb, reason } = target.closest('button')?.dataset ?? {};
      if (thumb === 'up' || thumb === 'down') void store.say('answer', { thumbs: thumb }).then(tell);
      if (reason !== undefined) void store.say('answer', { reasons: toggled(store, reason) }).then(tell);
    });
    root.querySelector('form')?.addEventListener('submit', (event) => {
      event.preventDefault();
      const comment = root.querySelector('textarea')?.value.trim() ?? '';
      void store.say('answer', { comment }).then(tell);
    });
    showSaid(root, labels, store);
  }
}

function toggled(store: MyFeedback, word: string): string[] {
  const { reasons } = saidOfAnswer(store.state());
  return reasons.includes(word) ? reasons.filter((other) => other !== word) : [...reasons, word];
}

function showSaid(root: ShadowRoot, labels: Labels, store: MyFeedback): void {
  const state = store.state();
  const said = saidOfAnswer(state);
  for (const button of root.querySelectorAll('button')) {
    const { thumb, reason } = button.dataset;
    if (thumb !== undefined) button.ariaPressed = String(said.thumbs === thumb);
    if (reason !== undefined) button.ariaPressed = String(said.reasons.includes(reason));
  }
  for (const group of root.querySelectorAll<HTMLElement>('[data-for]')) {
    group.hidden =
      group.dataset.for !== said.thumbs && !(group.dataset.for === 'any' && said.thumbs !== null);
  }
  const field = root.querySelector('textarea');
  if (field !== null && root.activeElement !== field) field.value = said.comment;
  const status = root.querySelector('[role=status]');
  if (status !== null) status.textContent = state.kept.has('answer') ? labels.thanks : '';
  const alert = root.querySelector('[role=alert]');
  if (alert !== null) alert.textContent = state.problem === null ? '' : wordsFor(state.problem, labels);
}

function wordsFor(problem: NonNullable<ReturnType<MyFeedback['state']>['problem']>, labels: Labels): string {
  const { message, hint, retryAfterSeconds } = problem;
  return `${message} ${retryAfterSeconds === null ? hint : labels.waitSeconds(retryAfterSeconds)}`;
}

if (!customElements.get('attune-feedback')) customElements.define('attune-feedback', AttuneFeedback);
