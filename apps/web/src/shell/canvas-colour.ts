/** A colour of the page as a canvas understands it, which knows no variables and no light and dark. */
export function canvasColour(colour: string, box: HTMLElement): string {
  const probe = document.createElement('span');
  probe.style.color = colour;
  box.append(probe);
  const value = getComputedStyle(probe).color;
  probe.remove();
  return value;
}
