import { lazyRouteComponent } from '@tanstack/react-router';
import { Menu } from 'lucide-react';
import { Suspense, useEffect, useState } from 'react';
import { useText } from '../text/use-text.ts';
import { Brand } from './brand.tsx';
import { text } from './text.ts';

const PhoneDrawer = lazyRouteComponent(() => import('./phone-drawer.tsx'), 'PhoneDrawer');

/** The navigation on narrow screens: a bar on top and a drawer behind its button. */
export function PhoneMenu() {
  const t = useText(text);
  const [open, setOpen] = useState(false);
  const [wanted, setWanted] = useState(false);
  useEffect(() => void PhoneDrawer.preload?.(), []);
  return (
    <header className="flex h-14 shrink-0 items-center justify-between border-line border-b px-4 md:hidden">
      <Brand />
      <button
        type="button"
        aria-label={t.menu}
        aria-haspopup="dialog"
        aria-expanded={open}
        className="quiet-button -mr-2 size-10"
        onClick={() => {
          setWanted(true);
          setOpen(true);
        }}
      >
        <Menu aria-hidden className="size-5" />
      </button>
      {wanted && (
        <Suspense fallback={null}>
          <PhoneDrawer open={open} onOpen={setOpen} />
        </Suspense>
      )}
    </header>
  );
}
