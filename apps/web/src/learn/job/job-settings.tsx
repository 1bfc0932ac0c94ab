import type { Job } from '@attune/contracts';
import { useState } from 'react';
import { DataTable } from '../../shell/parts/data-table.tsx';
import { ToggleSwitch } from '../../shell/parts/toggle-switch.tsx';
import { useText } from '../../text/use-text.ts';
import { text } from '../text.ts';
import { type SettingRow, settingsRows } from './settings-rows.ts';

/** Everything that was set for a run; beside another one, what differs. */
export function JobSettings({ job, against }: { job: Job; against: Job | null }) {
  const t = useText(text);
  const [onlyDiffering, setOnlyDiffering] = useState(false);
  const all = settingsRows(job, against);
  const rows = onlyDiffering && against !== null ? all.filter(({ differs }) => differs) : all;
  const look = ({ differs }: SettingRow) => (differs ? 'font-medium text-accent-strong' : '');
  return (
    <div className="space-y-3">
      {against !== null && (
        <div className="w-fit">
          <ToggleSwitch label={t.onlyDiffering} on={onlyDiffering} onSwitch={setOnlyDiffering} />
        </div>
      )}
      <DataTable
        label={t.tabs.settings}
        columns={[
          { key: 'name', label: t.setting, cell: ({ name }) => <code className="text-xs">{name}</code> },
          { key: 'own', label: t.thisRun, cell: (row) => <Value look={look(row)} value={row.own} /> },
          ...(against === null
            ? []
            : [
                {
                  key: 'other',
                  label: t.otherRun,
                  cell: (row: SettingRow) => <Value look={look(row)} value={row.other ?? ''} />,
                },
              ]),
        ]}
        rows={rows}
        rowKey={({ name }) => name}
      />
    </div>
  );
}

function Value({ value, look }: { value: string; look: string }) {
  return (
    <span className={`block max-w-lg whitespace-pre-wrap [overflow-wrap:anywhere] ${look}`}>{value}</span>
  );
}
