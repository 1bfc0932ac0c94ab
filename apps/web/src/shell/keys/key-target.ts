const TYPED_IN =
  'input:not([type=checkbox],[type=radio],[type=button],[type=submit],[type=reset],[type=range],[type=file],[type=color]), textarea, select, [contenteditable]:not([contenteditable=false]), [role=textbox], [role=combobox], [role=searchbox], [role=spinbutton]';
const PRESSED = 'button, a[href], summary, input, [role=button], [role=option], [role=tab], [role=switch]';
const POPUP = '[role=dialog], [role=alertdialog], [role=menu], [data-open] [role=listbox]';
const PRESSING = new Set(['Enter', ' ']);

/** Whether a key that reached this element is meant for it, not for the page's shortcuts. */
export function isElementsOwn(element: Element, key: string): boolean {
  if (element.closest(TYPED_IN) !== null) return true;
  return PRESSING.has(key) && element.closest(PRESSED) !== null;
}

/** The innermost dialog, menu or list that an element stands in. */
export function popupOf(element: Element): Element | null {
  return element.closest(POPUP);
}
