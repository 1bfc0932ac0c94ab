import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { Plus } from 'lucide-react';
import { useState } from 'react';
import { api } from '../shell/api.ts';
import { ErrorNotice } from '../shell/parts/error-notice.tsx';
import { PopupDialog } from '../shell/parts/popup-dialog.tsx';
import { TextField } from '../shell/parts/text-field.tsx';
import { useText } from '../text/use-text.ts';
import { projectsQuery } from './projects-query.ts';
import { text } from './text.ts';

/** Starts a draft by its name. */
export function CreateProject() {
  const t = useText(text).projects;
  const [open, setOpen] = useState(false);
  return (
    <PopupDialog
      title={t.create}
      about={t.createAbout}
      open={open}
      onOpen={setOpen}
      trigger={
        <button type="button" className="main-button">
          <Plus aria-hidden className="size-4" /> {t.create}
        </button>
      }
    >
      <CreateForm />
    </PopupDialog>
  );
}

function CreateForm() {
  const t = useText(text).projects;
  const navigate = useNavigate();
  const queries = useQueryClient();
  const [name, setName] = useState('');
  const create = useMutation({
    mutationFn: () =>
      api.createJudgingProject({
        body: {
          name: name.trim(),
          questions: [{ id: 'better', kind: 'pairwise', title: t.firstQuestion }],
        },
      }),
    onSuccess: async ({ id }) => {
      await queries.invalidateQueries({ queryKey: projectsQuery.queryKey });
      await navigate({ to: '/judge/projects/$project', params: { project: id } });
    },
  });
  return (
    <form
      className="grid gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        create.mutate();
      }}
    >
      {create.isError && <ErrorNotice error={create.error} />}
      <TextField
        label={t.name}
        placeholder={t.namePlaceholder}
        maxLength={200}
        value={name}
        onValue={setName}
      />
      <button type="submit" className="main-button justify-self-end" disabled={create.isPending}>
        {t.createIt}
      </button>
    </form>
  );
}
