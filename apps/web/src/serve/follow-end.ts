/** A scrolled box, in CSS pixels. */
export interface ScrollPlace {
  readonly top: number;
  readonly height: number;
  readonly contentHeight: number;
}

/** Pixels from the end within which one counts as being there. */
export const NEAR = 24;

/** Pixels between what is shown and the end. */
export function distanceToEnd({ top, height, contentHeight }: ScrollPlace): number {
  return Math.max(0, contentHeight - height - top);
}

/**
 * Whether new text should keep the end in view after a scroll. Any scroll upwards says no at once, however small, so
 * that a reader is never pulled back; coming near the end again says yes.
 */
export function followsEnd(follows: boolean, before: ScrollPlace, now: ScrollPlace): boolean {
  const distance = distanceToEnd(now);
  if (distance <= 1) return true;
  const movedUp = now.top < before.top && now.contentHeight >= before.contentHeight;
  if (movedUp) return false;
  const movedDown = now.top > before.top;
  return movedDown && distance <= NEAR ? true : follows;
}
