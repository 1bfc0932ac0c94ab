import { useEffect } from 'react';
import { useText } from '../../text/use-text.ts';
import { paletteOpener } from '../palette/palette-opener.ts';
import { text } from '../text.ts';
import { KeyHelp } from './key-help.tsx';
import { keyHelp } from './key-help-opener.ts';
import { listenToKeys } from './listen-to-keys.ts';
import { useKeys } from './use-keys.ts';

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
  return <KeyHelp />;
}
