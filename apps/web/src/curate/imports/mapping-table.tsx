import type { FieldSource, ImportField, ImportMapping } from '@attune/contracts';
import { useState } from 'react';
import { useText } from '../../text/use-text.ts';
import { labelsOf, scaled, scaleOf, typedLabels, typedScale, withField } from './mapping-edit.ts';
import { text } from './text.ts';

interface Path {
  readonly path: string;
  readonly rows: number;
  readonly example: string;
}

interface MappingTableProps {
  mapping: ImportMapping;
  fields: readonly ImportField[];
  needs: readonly ImportField[];
  paths: readonly Path[];
  onMapping: (mapping: ImportMapping) => void;
}

/** Which field stands where in the file, and what its values mean. */
export function MappingTable({ mapping, fields, needs, paths, onMapping }: MappingTableProps) {
  const t = useText(text).mapping;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
    <section aria-label={t.title} tabIndex={0} className="card relative overflow-x-auto">
      <table className="w-full text-left text-sm">
        <thead>
          <tr className="border-line border-b text-faint text-xs">
            {[t.field, t.from, t.settings, t.example].map((label) => (
              <th
                key={label}
                scope="col"
                className="whitespace-nowrap px-2 py-2.5 font-medium first:pl-4 last:pr-4"
              >
                {label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody className="divide-y divide-line">
          {fields.map((field) => (
            <FieldRow
              key={`${mapping.target} ${field}`}
              field={field}
              source={mapping.fields[field] ?? null}
              needed={needs.includes(field)}
              paths={paths}
              onSource={(source) => onMapping(withField(mapping, field, source))}
            />
          ))}
        </tbody>
      </table>
    </section>
  );
}

interface FieldRowProps {
  field: ImportField;
  source: FieldSource | null;
  needed: boolean;
  paths: readonly Path[];
  onSource: (source: FieldSource | null) => void;
}

function FieldRow({ field, source, needed, paths, onSource }: FieldRowProps) {
  const t = useText(text);
  const name = t.fields[field];
  const known = paths.find(({ path }) => path === source?.path);
  return (
    <tr>
      <th scope="row" className="whitespace-nowrap py-2 pr-2 pl-4 font-medium">
        {name}{' '}
        {needed && (
          <span className={`chip ${source === null ? 'bg-bad-wash text-bad' : ''}`}>{t.mapping.needed}</span>
        )}
      </th>
      <td className="px-2 py-2">
        <select
          aria-label={`${name}: ${t.mapping.from}`}
          className="text-field min-w-32 py-1 text-sm"
          value={source?.path ?? ''}
          onChange={(event) => onSource(event.target.value === '' ? null : { path: event.target.value })}
        >
          <option value="">{t.mapping.nowhere}</option>
          {source !== null && known === undefined && <option value={source.path}>{source.path}</option>}
          {paths.map(({ path }) => (
            <option key={path} value={path}>
              {path}
            </option>
          ))}
        </select>
      </td>
      <td className="px-2 py-2">
        {source !== null && scaled.includes(field) && (
          <ValueFields key={source.path} name={name} source={source} onSource={onSource} />
        )}
      </td>
      <td className="w-full min-w-32 max-w-0 truncate py-2 pr-4 pl-2 text-soft" title={known?.example}>
        {known?.example}
      </td>
    </tr>
  );
}

interface ValueFieldsProps {
  name: string;
  source: FieldSource;
  onSource: (source: FieldSource) => void;
}

/** What makes a tool's values Attune's: their scale, or what their labels stand for. */
function ValueFields({ name, source, onSource }: ValueFieldsProps) {
  const t = useText(text).mapping;
  const [scale, setScale] = useState(typedScale(source.scale));
  const [labels, setLabels] = useState(typedLabels(source.labels));
  const change = (typedNow: { scale: string; labels: string }) => {
    const read = { scale: scaleOf(typedNow.scale), labels: labelsOf(typedNow.labels) };
    onSource({
      path: source.path,
      ...(read.scale && { scale: read.scale }),
      ...(read.labels && { labels: read.labels }),
    });
  };
  return (
    <span className="flex flex-wrap gap-2 sm:min-w-56">
      <input
        aria-label={`${name}: ${t.scale}`}
        placeholder={`${t.scale} ${t.scaleHint}`}
        className="text-field w-28 py-1 text-sm"
        value={scale}
        onChange={(event) => {
          setScale(event.target.value);
          change({ scale: event.target.value, labels });
        }}
      />
      <input
        aria-label={`${name}: ${t.labels}`}
        placeholder={`${t.labels} ${t.labelsHint}`}
        className="text-field w-52 py-1 text-sm"
        value={labels}
        onChange={(event) => {
          setLabels(event.target.value);
          change({ scale, labels: event.target.value });
        }}
      />
    </span>
  );
}
