import { standIn } from './stand-in.ts';

/** As deep as dialogs and menus open one out of the other. */
const REMEMBERED = 8;

/**
 * Keeps the place of whoever goes through the page by keyboard; returns what stops it. When what has the focus is
 * removed, what stands there instead gets it; when it is disabled while something is saved, it gets it back. Without
 * this, browsers begin at the top of the page again, and screen readers say nothing.
 */
export function keepFocus(): () => void {
  /** What had the focus, newest last, or what stands there by now. */
  let places: HTMLElement[] = [];
  /** The newest of them was removed or disabled: whoever leaves a place that stands is not led back. */
  let isLost = false;

  const remember = ({ target }: FocusEvent) => {
    if (!(target instanceof HTMLElement)) return;
    isLost = false;
    // Whoever clicks goes on with the mouse, and the page's keys are to work.
    if (!target.matches(':focus-visible')) places = [];
    else places = [...places.filter((place) => place !== target), target].slice(-REMEMBERED);
  };
  const forget = ({ target, relatedTarget }: FocusEvent) => {
    if (relatedTarget !== null) return;
    // Only afterwards one can tell who left from what was removed.
    setTimeout(() => {
      if (isIdle() && target instanceof HTMLElement && isUsable(target)) places = [];
    });
  };
  const restore = () => {
    const place = beginningOf(places.at(-1) ?? null);
    if (!isLost || place === null || !isIdle() || !isUsable(place)) return;
    isLost = false;
    focusOn(place);
  };
  const observer = new MutationObserver((records) => {
    if (places.length === 0) return;
    isLost ||= isGone(places.at(-1), records);
    places = places.flatMap((place) => (place.isConnected ? [place] : (standIn(place, records) ?? [])));
    // Whoever opened or closed something may have a place in mind: that comes first.
    if (isLost && isIdle()) requestAnimationFrame(restore);
  });

  document.addEventListener('focusin', remember);
  document.addEventListener('focusout', forget);
  observer.observe(document.body, { childList: true, subtree: true, attributeFilter: ['disabled'] });
  return () => {
    document.removeEventListener('focusin', remember);
    document.removeEventListener('focusout', forget);
    observer.disconnect();
  };
}

/** A part that has a heading of the page begins there; a page without one is not there yet. */
function beginningOf(place: HTMLElement | null): HTMLElement | null {
  return place?.querySelector('h1') ?? (place?.matches('#page') ? null : place);
}

/** Whether an element was removed, or disabled or enabled again. */
function isGone(place: HTMLElement | undefined, records: readonly MutationRecord[]): boolean {
  if (place === undefined) return false;
  return !place.isConnected || records.some(({ type, target }) => type === 'attributes' && target === place);
}

function isIdle(): boolean {
  return document.activeElement === null || document.activeElement === document.body;
}

function isUsable(element: HTMLElement): boolean {
  return element.isConnected && !element.matches(':disabled') && element.checkVisibility();
}

/** Focuses anything, also what is no control: that becomes no stop for Tab, but dialogs lead back to it. */
function focusOn(element: HTMLElement): void {
  element.focus();
  if (!isIdle()) return;
  element.tabIndex = -1;
  element.focus();
}
