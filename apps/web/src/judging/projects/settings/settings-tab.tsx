import type { JudgingProject } from '@attune/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../../../shell/api.ts';
import { useSay } from '../../../shell/messages.tsx';
import { ErrorNotice } from '../../../shell/parts/error-notice.tsx';
import { TextField } from '../../../shell/parts/text-field.tsx';
import { ToggleSwitch } from '../../../shell/parts/toggle-switch.tsx';
import { useText } from '../../../text/use-text.ts';
import { projectQuery } from '../project-query.ts';
import { text } from '../text.ts';
import { GuidelinesField } from './guidelines-field.tsx';
import { JudgesField } from './judges-field.tsx';
import { NumberField } from './number-field.tsx';
import { Preview } from './preview.tsx';
import { QuestionList } from './question-list.tsx';

/** Everything about a project that can be set. */
export function SettingsTab({ project }: { project: JudgingProject }) {
  const t = useText(text).settings;
  const { say } = useSay();
  const queries = useQueryClient();
  const { id, status } = project;
  const [draft, setDraft] = useState(() => settingsOf(project));
  const [changed, setChanged] = useState(false);
  const [previewed, setPreviewed] = useState(false);
  const change = (changes: Partial<typeof draft>) => {
    setDraft({ ...draft, ...changes });
    setChanged(true);
  };
  const save = useMutation({
    mutationFn: () => {
      const { questions, ...others } = draft;
      // Once it ran, the server takes no questions, not even the same ones.
      return api.updateJudgingProject({
        params: { id },
        body: status === 'draft' ? { ...others, questions } : others,
      });
    },
    onSuccess: async (saved) => {
      say(t.saved);
      queries.setQueryData(projectQuery(id).queryKey, saved);
      await queries.invalidateQueries({ queryKey: ['judging'] });
    },
  });
  return (
    <form
      className="grid grid-cols-1 gap-6"
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate();
      }}
    >
      {save.isError && <ErrorNotice error={save.error} />}
      <TextField label={t.name} maxLength={200} value={draft.name} onValue={(name) => change({ name })} />
      <GuidelinesField value={draft.guidelines} onValue={(guidelines) => change({ guidelines })} />
      <section>
        <h2 className="mb-1 font-medium text-sm">{t.questions}</h2>
        {status === 'draft' ? (
          <QuestionList questions={draft.questions} onQuestions={(questions) => change({ questions })} />
        ) : (
          <>
            <p className="mb-2 text-faint text-xs">{t.fixed}</p>
            <ul className="card divide-y divide-line text-sm">
              {draft.questions.map((question) => (
                <li key={question.id} className="flex items-center gap-2 px-4 py-2.5">
                  {question.title} <span className="chip">{t.kinds[question.kind]}</span>
                </li>
              ))}
            </ul>
          </>
        )}
      </section>
      <JudgesField named={project.judges} chosen={draft.judges} onChosen={(judges) => change({ judges })} />
      <div className="grid gap-4 sm:grid-cols-2">
        <NumberField
          label={t.perItem}
          min={1}
          max={10}
          value={draft.judges_per_item}
          onValue={(value) => change({ judges_per_item: value ?? 1 })}
        />
        <NumberField
          label={t.quota}
          hint={t.quotaHint}
          min={1}
          max={1_000_000}
          required={false}
          value={draft.quota}
          onValue={(quota) => change({ quota })}
        />
        <NumberField
          label={t.control}
          hint={t.controlHint}
          min={0}
          max={50}
          value={Math.round(draft.control_share * 100)}
          onValue={(value) => change({ control_share: (value ?? 0) / 100 })}
        />
        <NumberField
          label={t.training}
          min={0}
          max={100}
          value={draft.training_round}
          onValue={(value) => change({ training_round: value ?? 0 })}
        />
      </div>
      <ToggleSwitch
        label={t.reveal}
        on={draft.reveal_after_vote}
        onSwitch={(reveal_after_vote) => change({ reveal_after_vote })}
      />
      <div className="sticky bottom-0 flex flex-wrap items-center justify-end gap-2 border-line border-t bg-paper py-3">
        {changed && <p className="mr-auto text-faint text-sm">{t.unsaved}</p>}
        <button type="button" className="line-button" onClick={() => setPreviewed(!previewed)}>
          {previewed ? t.hidePreview : t.preview}
        </button>
        <button type="submit" className="main-button" disabled={save.isPending || !changed}>
          {t.save}
        </button>
      </div>
      {previewed && <Preview project={project} questions={draft.questions} />}
    </form>
  );
}

function settingsOf(project: JudgingProject) {
  const { name, guidelines, questions, judges_per_item, quota, control_share, training_round } = project;
  return {
    name,
    guidelines,
    questions,
    judges_per_item,
    quota,
    control_share,
    training_round,
    reveal_after_vote: project.reveal_after_vote,
    judges: project.judges.map(({ id }) => id),
  };
}
