import type { Organization } from '@attune/contracts';
import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../shell/api.ts';
import { useSay } from '../shell/messages.tsx';
import { ErrorNotice } from '../shell/parts/error-notice.tsx';
import { Field } from '../shell/parts/field.tsx';
import { Loading } from '../shell/parts/loading.tsx';
import { useText } from '../text/use-text.ts';
import { text } from './text.ts';

const organizationQuery = queryOptions({
  queryKey: ['organization'],
  queryFn: ({ signal }) => api.getOrganization({}, { signal }),
});

/** Name of the organisation, and how often people see two answers. */
export function OrganizationSettings() {
  const t = useText(text).organization;
  const organization = useQuery(organizationQuery);
  if (organization.isError) {
    return <ErrorNotice error={organization.error} onRetry={() => organization.refetch()} />;
  }
  if (organization.isPending) return <Loading what={t.what} />;
  return <OrganizationForm key={organization.data.id} organization={organization.data} />;
}

function OrganizationForm({ organization }: { organization: Organization }) {
  const t = useText(text);
  const queries = useQueryClient();
  const { say, sayError } = useSay();
  const [name, setName] = useState(organization.name);
  const [percent, setPercent] = useState(percentOf(organization.compare_share));
  const save = useMutation({
    mutationFn: () => {
      const compare_share = percent === null ? null : Number(percent) / 100;
      return api.updateOrganization({ body: { name: name.trim(), compare_share } });
    },
    onSuccess: (saved) => {
      queries.setQueryData(organizationQuery.queryKey, saved);
      say(t.saved);
    },
    onError: sayError,
  });
  return (
    <form
      className="card grid max-w-xl gap-6 p-5"
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate();
      }}
    >
      <Field label={t.organization.name} hint={t.organization.id(organization.id)}>
        {(input) => (
          <input
            {...input}
            className="text-field"
            required
            maxLength={200}
            value={name}
            onChange={(event) => setName(event.target.value)}
          />
        )}
      </Field>
      <CompareShare percent={percent} onPercent={setPercent} />
      <button type="submit" className="main-button justify-self-start" disabled={save.isPending}>
        {t.save}
      </button>
    </form>
  );
}

/** What stands in the field for a share of 0–1: whole percents where it is one. */
function percentOf(share: number | null): string | null {
  return share === null ? null : String(Number((share * 100).toFixed(2)));
}

interface CompareShareProps {
  /** As typed; null for the server's setting. */
  percent: string | null;
  onPercent: (percent: string | null) => void;
}

function CompareShare({ percent, onPercent }: CompareShareProps) {
  const t = useText(text).organization;
  return (
    <fieldset className="grid gap-2">
      <legend className="font-medium text-sm">{t.compare}</legend>
      <p className="mb-1 text-faint text-xs">{t.compareAbout}</p>
      <label className="flex min-h-8 items-center gap-2 text-sm">
        <input type="radio" name="compare" checked={percent === null} onChange={() => onPercent(null)} />
        {t.asServer}
      </label>
      <label className="flex min-h-8 items-center gap-2 text-sm">
        <input type="radio" name="compare" checked={percent !== null} onChange={() => onPercent('10')} />
        {t.own}
      </label>
      {percent !== null && (
        <Field label={t.share}>
          {(input) => (
            <input
              {...input}
              className="text-field w-32"
              type="number"
              min={0}
              max={100}
              step="any"
              required
              value={percent}
              onChange={(event) => onPercent(event.target.value)}
            />
          )}
        </Field>
      )}
    </fieldset>
  );
}
