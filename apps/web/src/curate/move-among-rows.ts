import type { RefObject } from 'react';

/** Moves the focus among the links of a list that lead to its rows. */
export function moveAmongRows(list: RefObject<HTMLElement | null>, step: 1 | -1): void {
  const links = [...(list.current?.querySelectorAll<HTMLElement>('[data-row-link]') ?? [])];
  const now = links.findIndex((link) => link.matches(':focus'));
  const next = now === -1 ? 0 : Math.min(Math.max(now + step, 0), links.length - 1);
  links[next]?.focus();
}
