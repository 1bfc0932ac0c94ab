import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Plus } from 'lucide-react';
import { useState } from 'react';
import { ShownOnce } from '../../settings/shown-once.tsx';
import { api } from '../../shell/api.ts';
import { ErrorNotice } from '../../shell/parts/error-notice.tsx';
import { Field } from '../../shell/parts/field.tsx';
import { PopupDialog } from '../../shell/parts/popup-dialog.tsx';
import { TextField } from '../../shell/parts/text-field.tsx';
import { useText } from '../../text/use-text.ts';
import { text } from '../text.ts';
import { type ChannelDraft, channelBody, channelKinds, emptyChannel, securities } from './channel-draft.ts';
import { ChoiceField } from './choice-field.tsx';

/** Adds a channel; the secret that signs a webhook is shown this once. */
export function NewChannel() {
  const t = useText(text).channels;
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
      <ChannelForm onDone={() => setOpen(false)} />
    </PopupDialog>
  );
}

function ChannelForm({ onDone }: { onDone: () => void }) {
  const t = useText(text).channels;
  const queries = useQueryClient();
  const [draft, setDraft] = useState(emptyChannel);
  const set = (change: Partial<ChannelDraft>) => setDraft((now) => ({ ...now, ...change }));
  const create = useMutation({
    mutationFn: async () => await api.createAlertChannel({ body: channelBody(draft) }),
    onSuccess: async ({ secret }) => {
      await queries.invalidateQueries({ queryKey: ['alert-channels'] });
      if (secret === null) onDone();
    },
  });
  if (create.isSuccess && create.data.secret !== null)
    return <ShownOnce label={t.secret} value={create.data.secret} about={t.secretAbout} />;
  return (
    <form
      className="grid gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        create.mutate();
      }}
    >
      {create.isError && <ErrorNotice error={create.error} />}
      <ChoiceField
        label={t.kind}
        options={channelKinds.map((value) => ({ value, label: t.kinds[value] }))}
        value={draft.kind}
        onValue={(kind) => set({ kind })}
      />
      <TextField label={t.name} maxLength={100} value={draft.name} onValue={(name) => set({ name })} />
      {draft.kind === 'email' ? (
        <MailFields draft={draft} onChange={set} />
      ) : (
        <TextField
          label={t.url}
          hint={t.urlHint}
          maxLength={2000}
          value={draft.url}
          onValue={(url) => set({ url })}
        />
      )}
      <button type="submit" className="main-button justify-self-end" disabled={create.isPending}>
        {t.add}
      </button>
    </form>
  );
}

interface MailFieldsProps {
  draft: ChannelDraft;
  onChange: (change: Partial<ChannelDraft>) => void;
}

function MailFields({ draft, onChange }: MailFieldsProps) {
  const t = useText(text).channels;
  const required = ['host', 'port', 'from', 'to'] as const;
  const optional = ['username', 'password'] as const;
  return (
    <>
      {required.map((name) => (
        <TextField
          key={name}
          label={t.mail[name]}
          maxLength={2000}
          value={draft[name]}
          onValue={(value) => onChange({ [name]: value })}
        />
      ))}
      <ChoiceField
        label={t.mail.security}
        options={securities.map((value) => ({ value, label: t.securities[value] }))}
        value={draft.security}
        onValue={(security) => onChange({ security })}
      />
      {optional.map((name) => (
        <Field key={name} label={t.mail[name]}>
          {(input) => (
            <input
              {...input}
              className="text-field"
              type={name === 'password' ? 'password' : 'text'}
              autoComplete="off"
              maxLength={500}
              value={draft[name]}
              onChange={({ target }) => onChange({ [name]: target.value })}
            />
          )}
        </Field>
      ))}
    </>
  );
}
