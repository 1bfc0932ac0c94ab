import { lazyRouteComponent } from '@tanstack/react-router';
import { Suspense, useEffect, useState, useSyncExternalStore } from 'react';
import { useText } from '../../text/use-text.ts';
import { paletteOpener } from '../palette/palette-opener.ts';
import { text } from '../text.ts';
import { keyHelp } from './key-help-opener.ts';
import { listenToKeys } from './listen-to-keys.ts';
import { useKeys } from './use-keys.ts';

const KeyHelp = lazyRouteComponent(() => import('./key-help.tsx'), 'KeyHelp');

/** Listens to the keyboard and knows the keys that work on every page. */
export function ShellKeys() {
  const t = useText(text).keys;
  useEffect(listenToKeys, []);
  useKeys(
    {
      '?': { says: t.showList, does: () => keyHelp.open() },
      '/': { says: t.palette, does: () => paletteOpener.open() },
    },
    { help: t.everywhere },
  );
  return <KeyHelpOnceWanted />;
}

function KeyHelpOnceWanted() {
  const open = useSyncExternalStore(keyHelp.watch, keyHelp.isOpen);
  const [wanted, setWanted] = useState(open);
  if (open && !wanted) setWanted(true);
  useEffect(() => void KeyHelp.preload?.(), []);
  return wanted ? (
    <Suspense fallback={null}>
      <KeyHelp />
    </Suspense>
  ) : null;
}
