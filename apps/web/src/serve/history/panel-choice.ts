import { remember, remembered } from '../../shell/remembered.ts';

const KEY = 'attune-history';

/** Whether earlier conversations stand beside the chat: yes, until somebody closed them. */
export function panelIsOpen(): boolean {
  return remembered(KEY) !== 'closed';
}

/** Remembers it for the next visit. */
export function rememberPanel(open: boolean): void {
  remember(KEY, open ? 'open' : 'closed');
}
