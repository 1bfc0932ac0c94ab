import type { Role, Room } from '@attune/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Plus } from 'lucide-react';
import { useState } from 'react';
import { api } from '../shell/api.ts';
import { ErrorNotice } from '../shell/parts/error-notice.tsx';
import { PopupDialog } from '../shell/parts/popup-dialog.tsx';
import { TextField } from '../shell/parts/text-field.tsx';
import { useText } from '../text/use-text.ts';
import { type Lifetime, lifetimeEnd, lifetimes } from './key-lifetime.ts';
import { keysQuery } from './keys-query.ts';
import { RoleField } from './role-field.tsx';
import { ScopesField } from './scopes-field.tsx';
import { ShownOnce } from './shown-once.tsx';
import { text } from './text.ts';

/** Makes a key and shows it this once. */
export function CreateKey() {
  const t = useText(text).keys;
  return (
    <PopupDialog
      title={t.create}
      about={t.createAbout}
      trigger={
        <button type="button" className="main-button">
          <Plus aria-hidden className="size-4" /> {t.create}
        </button>
      }
    >
      <KeyForm />
    </PopupDialog>
  );
}

function KeyForm() {
  const t = useText(text).keys;
  const queries = useQueryClient();
  const [name, setName] = useState('');
  const [role, setRole] = useState<Role>('rater');
  const [scopes, setScopes] = useState<readonly Room[]>([]);
  const [lifetime, setLifetime] = useState<Lifetime>('never');
  const create = useMutation({
    mutationFn: () => {
      const end = lifetimeEnd(lifetime, new Date());
      return api.createKey({
        body: { name: name.trim(), role, scopes: [...scopes], ...(end !== null && { expires_at: end }) },
      });
    },
    onSuccess: () => queries.invalidateQueries({ queryKey: keysQuery.queryKey }),
  });
  if (create.isSuccess) return <ShownOnce label={t.madeTitle} value={create.data.key} about={t.madeAbout} />;
  return (
    <form
      className="grid gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        create.mutate();
      }}
    >
      {create.isError && <ErrorNotice error={create.error} />}
      <TextField label={t.name} hint={t.nameHint} maxLength={200} value={name} onValue={setName} />
      <RoleField role={role} onRole={setRole} />
      <ScopesField scopes={scopes} onScopes={setScopes} />
      <LifetimeField lifetime={lifetime} onLifetime={setLifetime} />
      <button type="submit" className="main-button justify-self-end" disabled={create.isPending}>
        {t.submit}
      </button>
    </form>
  );
}

interface LifetimeFieldProps {
  lifetime: Lifetime;
  onLifetime: (lifetime: Lifetime) => void;
}

function LifetimeField({ lifetime, onLifetime }: LifetimeFieldProps) {
  const t = useText(text).keys;
  return (
    <fieldset>
      <legend className="mb-1 font-medium text-sm">{t.lifetime}</legend>
      <div className="flex flex-wrap gap-x-5">
        {lifetimes.map((value) => (
          <label key={value} className="flex min-h-8 items-center gap-2 text-sm">
            <input
              type="radio"
              name="lifetime"
              checked={lifetime === value}
              onChange={() => onLifetime(value)}
            />
            {t.lifetimes[value]}
          </label>
        ))}
      </div>
    </fieldset>
  );
}
