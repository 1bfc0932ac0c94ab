import { lazyRouteComponent } from '@tanstack/react-router';
import { ArrowUp, ChevronDown, Square } from 'lucide-react';
import { type SubmitEvent, Suspense, useEffect, useRef } from 'react';
import { useDraft } from '../shell/drafts.ts';
import { useText } from '../text/use-text.ts';
import { useConversations } from './chat-source.tsx';
import { composerField } from './composer-field.ts';
import { useConversation } from './conversation-view.ts';
import { sends } from './send-key.ts';
import { text as words } from './text.ts';

const ModelPicker = lazyRouteComponent(() => import('./model-picker.tsx'), 'ModelPicker');

/** Where the question is written. */
export function Composer() {
  const t = useText(words).composer;
  const { ask, stop, writing, draft } = useConversation();
  const { model, setModel } = useConversations();
  const { text, write, finish } = useDraft(draft, '');
  const field = useRef<HTMLTextAreaElement>(null);
  useEffect(() => {
    // On a touch screen this would cover half of the page with the keyboard.
    if (window.matchMedia('(pointer: fine)').matches) field.current?.focus();
    return composerField.is(() => field.current?.focus());
  }, []);

  const question = text.trim();
  const send = () => {
    if (question === '' || writing) return;
    void ask(question);
    finish();
  };
  const onSubmit = (event: SubmitEvent) => {
    event.preventDefault();
    send();
  };

  /** Escape stops an answer that is being written, else leaves the field, so that keys act on the page. */
  const leave = () => {
    if (writing) stop();
    else field.current?.blur();
  };

  return (
    <form
      onSubmit={onSubmit}
      className="card shadow-card transition-colors has-[textarea:focus-visible]:outline-2 has-[textarea:focus-visible]:outline-accent"
      aria-label={t.form}
    >
      <textarea
        ref={field}
        value={text}
        rows={1}
        aria-label={t.field}
        placeholder={t.placeholder}
        className="field-sizing-content max-h-60 min-h-12 w-full resize-none bg-transparent px-4 pt-3.5 pb-1 text-base outline-none placeholder:text-faint"
        onChange={(event) => write(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Escape' && !event.nativeEvent.isComposing) leave();
          if (!sends({ ...keyOf(event), isComposing: event.nativeEvent.isComposing })) return;
          event.preventDefault();
          send();
        }}
      />
      <div className="flex items-center justify-between gap-2 px-2 pb-2">
        <Suspense fallback={<ModelName model={model} />}>
          <ModelPicker model={model} onModel={setModel} />
        </Suspense>
        {writing ? (
          <button type="button" className="main-button size-9 p-0" aria-label={t.stop} onClick={stop}>
            <Square aria-hidden className="size-3.5 fill-current" />
          </button>
        ) : (
          <button
            type="submit"
            className="main-button size-9 p-0"
            aria-label={t.send}
            disabled={question === ''}
          >
            <ArrowUp aria-hidden className="size-4.5" strokeWidth={2.4} />
          </button>
        )}
      </div>
    </form>
  );
}

/** What the picker looks like until it is there. */
function ModelName({ model }: { model: string }) {
  return (
    <span className="quiet-button max-w-56">
      <span className="truncate">{model}</span>
      <ChevronDown aria-hidden className="size-3.5" />
    </span>
  );
}

function keyOf({ key, shiftKey, keyCode }: { key: string; shiftKey: boolean; keyCode: number }) {
  return { key, shiftKey, keyCode };
}
