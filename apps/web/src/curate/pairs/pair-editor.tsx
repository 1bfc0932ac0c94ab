import type { Pair } from '@attune/contracts';
import { Link } from '@tanstack/react-router';
import { ArrowLeft, ArrowLeftRight, Lock } from 'lucide-react';
import { useState } from 'react';
import { Changes } from '../../collect/changes.tsx';
import { SaidBefore } from '../../serve/said-before.tsx';
import { useKeys } from '../../shell/keys/use-keys.ts';
import { Field } from '../../shell/parts/field.tsx';
import { ToggleSwitch } from '../../shell/parts/toggle-switch.tsx';
import { usePageTitle } from '../../shell/use-page-title.ts';
import { useText } from '../../text/use-text.ts';
import { ConflictNotice } from './conflict-notice.tsx';
import { DocumentsField } from './documents-field.tsx';
import { EditorFoot } from './editor-foot.tsx';
import { LeaveDialog } from './leave-dialog.tsx';
import { PairChecks } from './pair-checks.tsx';
import { type PairDraft, swapped } from './pair-draft.ts';
import { PairHistory } from './pair-history.tsx';
import { PairFacts } from './pair-row.tsx';
import { StrengthField } from './strength-field.tsx';
import { text } from './text.ts';
import { usePairEditing } from './use-pair-editing.ts';
import { useSaveKeys } from './use-save-keys.ts';

interface PairEditorProps {
  /** Null writes a new one. */
  pair: Pair | null;
  readOnly: boolean;
}

/** The question on top, both answers side by side, and what they rest on beneath. */
export function PairEditor({ pair, readOnly }: PairEditorProps) {
  const t = useText(text).edit;
  const editing = usePairEditing(pair);
  const { draft, change, blocked, theirs } = editing;
  const [diff, setDiff] = useState(false);
  const title = pair === null ? t.newTitle : readOnly ? t.readTitle : t.title;
  usePageTitle(title);
  const swap = () => change(swapped(draft));
  useSaveKeys(() => {
    if (!readOnly) void editing.save();
  });
  useKeys(
    {
      d: { says: t.showDiff, does: () => setDiff((on) => !on) },
      ...(!readOnly && { x: { says: t.swap, does: swap } }),
    },
    { help: title },
  );
  return (
    <form
      className="grid gap-5"
      onSubmit={(event) => {
        event.preventDefault();
        void editing.save();
      }}
    >
      <header>
        <Link to="/pairs" className="quiet-button -ml-2.5">
          <ArrowLeft aria-hidden className="size-4" /> {t.back}
        </Link>
        <h1 className="mt-1 font-medium font-serif text-3xl tracking-tight">{title}</h1>
        {pair !== null && <PairFacts pair={pair} />}
      </header>
      {pair !== null && pair.dataset_id !== null && <FrozenNote datasetId={pair.dataset_id} />}
      {theirs !== null && (
        <ConflictNotice
          theirs={theirs}
          mine={draft}
          onMine={() => void editing.keepMine(theirs)}
          onTheirs={() => editing.takeTheirs(theirs)}
        />
      )}
      <TextField
        label={t.query}
        value={draft.query}
        room="min-h-20"
        readOnly={readOnly}
        onText={(query) => change({ query })}
      />
      {readOnly ? (
        <ReadContext context={draft.query_context} />
      ) : (
        <WrittenContext draft={draft} onText={change} />
      )}
      <div className="grid gap-4 *:flex *:flex-col md:grid-cols-2 [&_textarea]:grow">
        <TextField
          label={t.chosen}
          value={draft.chosen_response}
          room="min-h-56"
          readOnly={readOnly}
          onText={(chosen_response) => change({ chosen_response })}
        />
        <TextField
          label={t.rejected}
          value={draft.rejected_response}
          room="min-h-56"
          readOnly={readOnly}
          onText={(rejected_response) => change({ rejected_response })}
        />
      </div>
      <div className="flex flex-wrap items-center gap-x-6 gap-y-2">
        {!readOnly && (
          <button type="button" className="line-button" onClick={swap}>
            <ArrowLeftRight aria-hidden className="size-4" /> {t.swap}
          </button>
        )}
        <ToggleSwitch label={t.showDiff} on={diff} onSwitch={setDiff} />
      </div>
      {diff && (
        <section aria-label={t.diff} className="card px-5 py-4">
          <p className="mb-2 text-faint text-xs">{t.diff}</p>
          <Changes before={draft.rejected_response} after={draft.chosen_response} />
        </section>
      )}
      {!readOnly && <PairChecks draft={draft} pairId={pair?.id ?? null} />}
      <DocumentsField
        documents={draft.context_documents}
        readOnly={readOnly}
        onDocuments={(context_documents) => change({ context_documents })}
      />
      <div className="grid gap-4 md:grid-cols-2">
        <StrengthField
          value={draft.preference_strength}
          readOnly={readOnly}
          onValue={(preference_strength) => change({ preference_strength })}
        />
        <Field label={t.notes} hint={t.notesHint}>
          {(input) => (
            <textarea
              {...input}
              className="text-field min-h-20 resize-y text-sm"
              readOnly={readOnly}
              maxLength={10_000}
              value={draft.annotation_notes}
              onChange={(event) => change({ annotation_notes: event.target.value })}
            />
          )}
        </Field>
      </div>
      {pair !== null && pair.version > 1 && <PairHistory pair={pair} {...(!readOnly && { onUse: change })} />}
      {!readOnly && <EditorFoot editing={editing} stored={pair !== null} />}
      <LeaveDialog
        open={blocked.status === 'blocked'}
        onStay={() => blocked.reset?.()}
        onLeave={() => blocked.proceed?.()}
      />
    </form>
  );
}

function ReadContext({ context }: { context: string }) {
  const t = useText(text).edit;
  if (context === '') return null;
  return (
    <details open>
      <summary className="w-fit cursor-pointer rounded-md font-medium text-sm text-soft">{t.context}</summary>
      <div className="mt-1 max-h-60 overflow-y-auto rounded-xl bg-sunken px-4 py-3 text-sm">
        <SaidBefore context={context} />
      </div>
    </details>
  );
}

interface WrittenContextProps {
  draft: PairDraft;
  onText: (change: Pick<PairDraft, 'query_context'>) => void;
}

/** Open where there is something; most questions are the first of their conversation. */
function WrittenContext({ draft, onText }: WrittenContextProps) {
  const t = useText(text).edit;
  const [open] = useState(draft.query_context !== '');
  return (
    <details open={open}>
      <summary className="w-fit cursor-pointer rounded-md font-medium text-sm text-soft">{t.context}</summary>
      <Field label={t.context} hint={t.contextHint}>
        {(input) => (
          <textarea
            {...input}
            className="text-field max-h-60 min-h-20 resize-y text-sm [field-sizing:content]"
            maxLength={8000}
            value={draft.query_context}
            onChange={(event) => onText({ query_context: event.target.value })}
          />
        )}
      </Field>
    </details>
  );
}

function FrozenNote({ datasetId }: { datasetId: string }) {
  const t = useText(text).edit;
  return (
    <p className="flex flex-wrap items-center gap-2 rounded-xl bg-sunken px-4 py-3 text-sm">
      <Lock aria-hidden className="size-4 text-soft" /> {t.frozen}
      <Link to="/datasets/$id" params={{ id: datasetId }} className="text-accent-strong underline">
        {t.openDataset}
      </Link>
    </p>
  );
}

interface TextFieldProps {
  label: string;
  value: string;
  /** Least height, before anything is written. */
  room: string;
  readOnly: boolean;
  onText: (text: string) => void;
}

function TextField({ label, value, room, readOnly, onText }: TextFieldProps) {
  return (
    <Field label={label}>
      {(input) => (
        <textarea
          {...input}
          className={`text-field max-h-[60vh] resize-y [field-sizing:content] ${room}`}
          readOnly={readOnly}
          maxLength={200_000}
          value={value}
          onChange={(event) => onText(event.target.value)}
        />
      )}
    </Field>
  );
}
