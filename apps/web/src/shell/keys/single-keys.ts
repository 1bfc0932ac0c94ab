import { remember, remembered } from '../remembered.ts';

const KEY = 'attune-single-keys';

/** Whether one-key shortcuts work; people who dictate or brush keys by accident switch them off (WCAG 2.1.4). */
export function singleKeysOn(): boolean {
  return remembered(KEY) !== 'off';
}

/** Switches one-key shortcuts on or off, now and at the next visit. `?` always works. */
export function switchSingleKeys(on: boolean): void {
  remember(KEY, on ? 'on' : 'off');
}
