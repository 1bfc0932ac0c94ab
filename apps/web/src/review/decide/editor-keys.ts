import type { KeyboardEvent } from 'react';

/** Ctrl-Enter or ⌘-Enter saves, Escape closes; keys that an input method reads are its own. */
export function editorKeys({ save, close }: { save: () => void; close: () => void }) {
  return (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'Escape') {
      event.preventDefault();
      close();
    }
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      save();
    }
  };
}
