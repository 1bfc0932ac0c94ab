import type { Model } from '@attune/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { api } from '../../../shell/api.ts';
import { useSay } from '../../../shell/messages.tsx';
import { Field } from '../../../shell/parts/field.tsx';
import { useText } from '../../../text/use-text.ts';
import { text } from './text.ts';

/** Says where a policy answers. A key is sent, never shown. */
export function EndpointForm({ model }: { model: Model }) {
  const t = useText(text);
  const [url, setUrl] = useState(model.endpoint?.url ?? '');
  const [name, setName] = useState(model.endpoint?.model ?? '');
  const [key, setKey] = useState('');
  const queries = useQueryClient();
  const { say, sayError } = useSay();
  const save = useMutation({
    mutationFn: () => {
      const body = { url: url.trim(), model: name.trim(), ...(key !== '' && { api_key: key }) };
      return api.setPolicyEndpoint({ params: { id: model.id }, body });
    },
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ['models'] });
      setKey('');
      say(t.saved);
    },
    onError: sayError,
  });
  const send = (event: FormEvent) => {
    event.preventDefault();
    save.mutate();
  };
  return (
    <form onSubmit={send} className="card grid gap-3 p-5 sm:grid-cols-3">
      <Field label={t.url}>
        {(input) => (
          <input
            {...input}
            type="url"
            className="text-field"
            required
            maxLength={2000}
            placeholder="http://127.0.0.1:8000/v1"
            value={url}
            onChange={(event) => setUrl(event.target.value)}
          />
        )}
      </Field>
      <Field label={t.model}>
        {(input) => (
          <input
            {...input}
            className="text-field"
            required
            maxLength={500}
            value={name}
            onChange={(event) => setName(event.target.value)}
          />
        )}
      </Field>
      <Field label={t.key} hint={t.keyHint}>
        {(input) => (
          <input
            {...input}
            type="password"
            autoComplete="off"
            className="text-field"
            maxLength={1000}
            value={key}
            onChange={(event) => setKey(event.target.value)}
          />
        )}
      </Field>
      <div>
        <button type="submit" className="line-button" disabled={save.isPending}>
          {t.save}
        </button>
      </div>
    </form>
  );
}
