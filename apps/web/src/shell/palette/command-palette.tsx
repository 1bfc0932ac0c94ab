import { lazyRouteComponent } from '@tanstack/react-router';
import { Suspense, useEffect, useState, useSyncExternalStore } from 'react';
import { paletteOpener } from './palette-opener.ts';

/** Comes once the page stands, so that it is there when it is wanted. */
const PaletteDialog = lazyRouteComponent(() => import('./palette-dialog.tsx'), 'PaletteDialog');

/** Ctrl-K or ⌘-K opens it, also from a text field. */
function useOpeningKeys(): void {
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== 'k' || !(event.ctrlKey || event.metaKey)) return;
      if (event.altKey || event.shiftKey || event.isComposing) return;
      event.preventDefault();
      paletteOpener.set(!paletteOpener.isOpen());
    };
    window.addEventListener('keydown', press);
    return () => window.removeEventListener('keydown', press);
  }, []);
}

/** What opens the palette, and the palette from then on. */
export function CommandPalette() {
  const open = useSyncExternalStore(paletteOpener.watch, paletteOpener.isOpen);
  const [wanted, setWanted] = useState(open);
  if (open && !wanted) setWanted(true);
  useOpeningKeys();
  useEffect(() => void PaletteDialog.preload?.(), []);
  return wanted ? (
    <Suspense fallback={null}>
      <PaletteDialog open={open} />
    </Suspense>
  ) : null;
}
