import { flushSync } from 'react-dom';
import { findKey, type KeyLayer, keyLayers } from './key-layers.ts';
import { isElementsOwn, popupOf } from './key-target.ts';
import { pressedKey } from './pressed-key.ts';
import { singleKeysOn } from './single-keys.ts';

/** A page's keys rest while a dialog or menu is open, whose own keys work. */
function reachableFrom(element: Element): (layer: KeyLayer) => boolean {
  const popup = popupOf(element);
  return ({ holds }) => (holds === undefined ? popup === null : holds(element));
}

function press(event: KeyboardEvent): void {
  const key = pressedKey(event);
  if (key === null || !(event.target instanceof Element) || isElementsOwn(event.target, key)) return;
  if (key !== '?' && !singleKeysOn()) return;
  const action = findKey(keyLayers.all().filter(reachableFrom(event.target)), key);
  if (action === null || (event.repeat && action.repeats !== true)) return;
  event.preventDefault();
  // Drawn at once: the next key may come before React would, and has to act on what this one did.
  flushSync(() => action.does());
}

/** Runs the actions of the keys that are pressed in this tab; returns what stops it. */
export function listenToKeys(): () => void {
  window.addEventListener('keydown', press);
  return () => window.removeEventListener('keydown', press);
}
