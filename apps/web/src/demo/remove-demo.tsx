import { useMutation, useQueryClient } from '@tanstack/react-query';
import { api } from '../shell/api.ts';
import { useSay } from '../shell/messages.tsx';
import { Confirm } from '../shell/parts/confirm.tsx';
import { useText } from '../text/use-text.ts';
import { text } from './text.ts';

/** Takes the demo corpus out again, after a question. */
export function RemoveDemo() {
  const t = useText(text);
  const queries = useQueryClient();
  const { say, sayError } = useSay();
  const remove = useMutation({
    mutationFn: () => api.removeDemo(),
    onSuccess: ({ answers, feedback }) => {
      say(t.removed(answers, feedback));
      // It stood on every page.
      return queries.invalidateQueries();
    },
    onError: sayError,
  });
  return (
    <Confirm
      trigger={
        <button type="button" className="quiet-button">
          {t.remove}
        </button>
      }
      title={t.title}
      about={t.about}
      action={t.remove}
      onConfirm={() =>
        remove.mutateAsync().then(
          () => true,
          () => false,
        )
      }
    />
  );
}
