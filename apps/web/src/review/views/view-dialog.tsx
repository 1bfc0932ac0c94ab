import type { ReviewView } from '@attune/contracts';
import { useState } from 'react';
import { Field } from '../../shell/parts/field.tsx';
import { PopupDialog } from '../../shell/parts/popup-dialog.tsx';
import { ToggleSwitch } from '../../shell/parts/toggle-switch.tsx';
import { useText } from '../../text/use-text.ts';
import { text } from '../text.ts';
import { useChangeViews } from './use-change-views.ts';

/** Name of a view and who sees it: of a new one, or of one that is there. */
export function ViewDialog({ view, onClose }: { view: ReviewView | null; onClose: () => void }) {
  const words = useText(text);
  const t = words.saved;
  const [name, setName] = useState(view?.name ?? '');
  const [shared, setShared] = useState(view?.shared ?? false);
  const { save, rename, busy } = useChangeViews();
  const submit = async () => {
    const done = view === null ? save(name.trim(), shared) : rename(view.id, name.trim(), shared);
    // What went wrong has been said; the dialog stays open for another try.
    const saved = await done.then(
      () => true,
      () => false,
    );
    if (saved) onClose();
  };
  return (
    <PopupDialog
      title={view === null ? t.saveTitle : t.renameTitle}
      about={t.about}
      open
      onOpen={(open) => !open && onClose()}
    >
      <form
        className="space-y-4"
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <Field label={t.name}>
          {(input) => (
            <input
              {...input}
              className="text-field"
              maxLength={100}
              required
              value={name}
              // biome-ignore lint/a11y/noAutofocus: the dialog opens because somebody asked to name a view.
              autoFocus
              onChange={(event) => setName(event.target.value)}
            />
          )}
        </Field>
        <ToggleSwitch label={t.shared} on={shared} onSwitch={setShared} />
        <div className="flex justify-end gap-2">
          <button type="button" className="quiet-button min-h-9" onClick={onClose}>
            {words.cancel}
          </button>
          <button type="submit" className="main-button" disabled={busy || name.trim() === ''}>
            {t.saveIt}
          </button>
        </div>
      </form>
    </PopupDialog>
  );
}
