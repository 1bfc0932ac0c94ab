import { text as shellText } from '../shell/text.ts';
import { useText } from '../text/use-text.ts';
import { text } from './text.ts';

interface FormEndProps {
  saving: boolean;
  unchanged: boolean;
  save: string;
  onClose: () => void;
}

/** The buttons below a form. */
export function FormEnd({ saving, unchanged, save, onClose }: FormEndProps) {
  const t = useText(text);
  const shell = useText(shellText);
  return (
    <div className="flex justify-end gap-2">
      <button type="button" className="quiet-button min-h-9" onClick={onClose}>
        {shell.cancel}
      </button>
      <button type="submit" className="main-button" disabled={saving || unchanged}>
        {saving ? t.saving : save}
      </button>
    </div>
  );
}
