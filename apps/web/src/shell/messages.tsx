import { Toast } from '@base-ui/react/toast';
import { X } from 'lucide-react';
import { type ReactNode, useMemo } from 'react';
import { useLanguage, useText } from '../text/use-text.ts';
import { CodeMarks } from './parts/code-marks.tsx';
import { saidError } from './said-error.ts';
import { text } from './text.ts';

/**
 * Short messages, read aloud by screen readers: in the corner, above what can be pressed at the foot of a page; on
 * phones, where that is half the screen, at the top.
 */
export function Messages({ children }: { children: ReactNode }) {
  return (
    <Toast.Provider timeout={6000} limit={3}>
      {children}
      <Toast.Portal>
        <Toast.Viewport className="fixed inset-x-4 top-4 z-60 flex flex-col gap-2 sm:left-auto sm:w-90 md:top-auto md:bottom-16 md:flex-col-reverse">
          <MessageList />
        </Toast.Viewport>
      </Toast.Portal>
    </Toast.Provider>
  );
}

function MessageList() {
  const { toasts } = Toast.useToastManager();
  const t = useText(text);
  return toasts.map((toast) => (
    <Toast.Root key={toast.id} toast={toast} className="popup p-4 data-limited:hidden">
      <Toast.Content className="flex items-start gap-3">
        <div className="min-w-0 flex-1 text-sm">
          <Toast.Title className="font-medium" />
          <Toast.Description className="text-soft" />
        </div>
        <Toast.Action className="quiet-button -my-1 min-h-7 text-accent-strong" />
        <Toast.Close aria-label={t.close} className="quiet-button -m-1 min-h-7 px-1.5">
          <X aria-hidden className="size-4" />
        </Toast.Close>
      </Toast.Content>
    </Toast.Root>
  ));
}

interface SayOptions {
  /** Takes back what was just done; the message has a button for it and stays longer. */
  readonly undo?: () => void;
}

/** Says something in a corner message; the same thing said again while it stands there is not said twice. */
export function useSay() {
  const { add, close } = Toast.useToastManager();
  const language = useLanguage();
  return useMemo(
    () => ({
      say: (title: string, { undo }: SayOptions = {}) => {
        if (undo === undefined) {
          add({ id: title, title });
          return;
        }
        const id = add({
          title,
          timeout: 10_000,
          actionProps: {
            children: text[language].undo,
            onClick: () => {
              close(id);
              undo();
            },
          },
        });
      },
      sayError: (error: unknown) => {
        const { message, hint } = saidError(error, language);
        add({
          id: `${message} ${hint}`,
          title: message,
          description: <CodeMarks text={hint} />,
          type: 'error',
          priority: 'high',
          timeout: 10_000,
        });
      },
    }),
    [add, close, language],
  );
}
