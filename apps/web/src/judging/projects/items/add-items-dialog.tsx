import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Plus } from 'lucide-react';
import { useState } from 'react';
import { useSay } from '../../../shell/messages.tsx';
import { Choice } from '../../../shell/parts/choice.tsx';
import { ErrorNotice } from '../../../shell/parts/error-notice.tsx';
import { Field } from '../../../shell/parts/field.tsx';
import { PopupDialog } from '../../../shell/parts/popup-dialog.tsx';
import { useFormats, useText } from '../../../text/use-text.ts';
import { text } from '../text.ts';
import { type Added, addItems, itemSources, type Wanted } from './add-items.ts';
import { type ReadLines, readLines } from './read-lines.ts';

/** Adds items to a project, with a preview of what would be added. */
export function AddItemsDialog({ project }: { project: string }) {
  const t = useText(text).items;
  const [open, setOpen] = useState(false);
  return (
    <PopupDialog
      title={t.add}
      about={t.addAbout}
      open={open}
      onOpen={setOpen}
      trigger={
        <button type="button" className="main-button">
          <Plus aria-hidden className="size-4" /> {t.add}
        </button>
      }
    >
      <AddItemsForm project={project} onDone={() => setOpen(false)} />
    </PopupDialog>
  );
}

function AddItemsForm({ project, onDone }: { project: string; onDone: () => void }) {
  const t = useText(text).items;
  const { say } = useSay();
  const queries = useQueryClient();
  const [wanted, setWanted] = useState<Wanted>({ from: 'pairs', limit: 300, rows: [] });
  const [bad, setBad] = useState<readonly number[]>([]);
  const preview = useMutation({ mutationFn: () => addItems(project, wanted, true) });
  const add = useMutation({
    mutationFn: () => addItems(project, wanted, false),
    onSuccess: async ({ added }) => {
      await queries.invalidateQueries({ queryKey: ['judging'] });
      say(t.added(added));
      onDone();
    },
  });
  const change = (changes: Partial<Wanted>) => {
    setWanted({ ...wanted, ...changes });
    preview.reset();
  };
  const lines = (read: ReadLines) => {
    change({ rows: read.rows });
    setBad(read.bad);
  };
  const error = add.error ?? preview.error;
  return (
    <form
      className="grid gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        preview.mutate();
      }}
    >
      {error !== null && <ErrorNotice error={error} />}
      <Choice
        label={t.from}
        options={itemSources.map((value) => ({ value, label: t.sources[value] }))}
        value={wanted.from}
        onValue={(from) => change({ from })}
      />
      {wanted.from === 'rows' ? (
        <FileField rows={wanted.rows.length} bad={bad} onRead={lines} />
      ) : (
        <Field label={t.most}>
          {(input) => (
            <input
              {...input}
              type="number"
              min={1}
              max={10_000}
              required
              className="text-field"
              value={wanted.limit}
              onChange={(event) => change({ limit: event.target.valueAsNumber })}
            />
          )}
        </Field>
      )}
      {preview.isSuccess && <AddedPreview added={preview.data} />}
      <div className="flex justify-end gap-2">
        <button
          type="submit"
          className="line-button"
          disabled={preview.isPending || (wanted.from === 'rows' && wanted.rows.length === 0)}
        >
          {t.preview}
        </button>
        {preview.isSuccess && preview.data.added > 0 && (
          <button type="button" className="main-button" disabled={add.isPending} onClick={() => add.mutate()}>
            {t.commit(preview.data.added)}
          </button>
        )}
      </div>
    </form>
  );
}

interface FileFieldProps {
  rows: number;
  bad: readonly number[];
  onRead: (read: ReadLines) => void;
}

function FileField({ rows, bad, onRead }: FileFieldProps) {
  const t = useText(text).items;
  const { list } = useFormats();
  const { sayError } = useSay();
  const wrong = bad.length > 0 ? t.badLines(list(bad.slice(0, 5).map(String))) : null;
  return (
    <Field label={t.file} hint={rows > 0 ? t.lines(rows) : t.fileHint} error={wrong}>
      {(input) => (
        <input
          {...input}
          type="file"
          accept=".jsonl,.ndjson,.json,application/x-ndjson"
          className="text-field"
          onChange={({ target: { files } }) => {
            const file = files?.[0];
            if (file === undefined) return;
            file.text().then((written) => onRead(readLines(written)), sayError);
          }}
        />
      )}
    </Field>
  );
}

function AddedPreview({ added: { added, already_there, left_out, errors, sample } }: { added: Added }) {
  const t = useText(text).items;
  return (
    <div role="status" className="grid gap-2 rounded-xl bg-sunken px-4 py-3 text-sm">
      <p className="font-medium">{added === 0 ? t.nothing : t.would(added)}</p>
      {already_there > 0 && <p className="text-soft">{t.there(already_there)}</p>}
      {left_out.map(({ reason, count }) => (
        <p key={reason} className="text-soft">
          {t.leftOut(reason, count)}
        </p>
      ))}
      {errors.slice(0, 5).map(({ line, param, message }) => (
        <p key={`${line}${param}`} className="text-bad">
          {t.atLine(line, message)}
        </p>
      ))}
      {sample.length > 0 && (
        <ul className="list-disc pl-5 text-soft">
          {sample.slice(0, 5).map((query, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a sample never changes its order.
            <li key={index} className="line-clamp-1">
              {query}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
