/** What does something with a key: nobody is led there unasked, whose next key may be meant for the page. */
const CONTROL = 'input, select, textarea, button, a[href], summary';
/** What the mutation observer is told about one removal. */
type Removal = Pick<MutationRecord, 'target' | 'removedNodes' | 'previousSibling'>;

/**
 * What stands now where a removed element stood: what replaced it, else the next thing beside it, else the one before,
 * else what it stood in. Another page has no such place: for it stands `main`, whose heading may still be to come. Null
 * where a dialog or menu was closed: then there is nothing in its place.
 */
export function standIn(gone: Element, removals: readonly Removal[]): HTMLElement | null {
  const removal = removals.findLast(
    ({ target, removedNodes }) =>
      target.isConnected && [...removedNodes].some((removed) => removed.contains(gone)),
  );
  if (removal === undefined || !(removal.target instanceof HTMLElement)) return null;
  const { target, previousSibling } = removal;
  if (target.matches('body, [data-base-ui-portal]')) return null;
  if (target.matches('#page')) return target;
  const beside = [...target.children].filter((element) => element instanceof HTMLElement).filter(isPlace);
  const after = beside.find((element) => follows(element, previousSibling, target));
  return after ?? beside.at(-1) ?? outwards(target);
}

/** Whether an element stands behind the sibling that a removed one followed; all do where there is none. */
function follows(element: Element, sibling: Node | null, parent: Node): boolean {
  if (sibling === null || sibling.parentNode !== parent) return true;
  return (sibling.compareDocumentPosition(element) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0;
}

/** The first thing around that is seen. */
function outwards(element: HTMLElement): HTMLElement {
  return isPlace(element) || element.parentElement === null ? element : outwards(element.parentElement);
}

/** Whether one would see that the focus is there. */
function isPlace(element: HTMLElement): boolean {
  if (element.matches(`${CONTROL}, [aria-hidden=true], [inert]`)) return false;
  const { width, height } = element.getBoundingClientRect();
  return width > 1 && height > 1;
}
