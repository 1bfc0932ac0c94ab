import type { previewExport, ResponseOf } from '@attune/contracts';
import { CircleAlert, CircleCheck, ShieldCheck, TriangleAlert } from 'lucide-react';
import { useFormats, useText } from '../../../text/use-text.ts';
import { text as pairText } from '../../pairs/text.ts';
import { ScrolledCode } from '../../scrolled-code.tsx';
import { text } from '../text.ts';
import { LoadCode } from './load-code.tsx';

type Preview = ResponseOf<typeof previewExport>;

/** What an export would hold, whether its reader would take it, and how to load it. */
export function ExportPreview({ preview, masked }: { preview: Preview; masked: boolean }) {
  const t = useText(text).export;
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-4">
      <p className="text-sm tabular-nums">
        <span className="font-medium">{t.rows(preview.rows)}</span>{' '}
        <span className="text-soft">({t.sizes(preview.splits.train, preview.splits.validation)})</span>
      </p>
      <Rules preview={preview} />
      <PersonalData pii={preview.pii} masked={masked} />
      <section>
        <h3 className="eyebrow mb-1">{t.first}</h3>
        {preview.first.length === 0 ? (
          <p className="text-soft text-sm">{t.noRows}</p>
        ) : (
          <ScrolledCode
            label={t.first}
            code={preview.first.map((row) => JSON.stringify(row, null, 2)).join('\n')}
            className="card max-h-96 px-4 py-3"
          />
        )}
      </section>
      <LoadCode code={preview.load_code} />
    </div>
  );
}

function Rules({ preview: { ready, findings } }: { preview: Preview }) {
  const t = useText(text).export;
  const { list } = useFormats();
  const rules = new Map<string, string>(Object.entries(t.rules));
  return (
    <section aria-live="polite" className="card grid gap-2 px-5 py-4 text-sm">
      <p className="flex items-center gap-2 font-medium">
        {ready ? (
          <CircleCheck aria-hidden className="size-4 text-good" />
        ) : (
          <CircleAlert aria-hidden className="size-4 text-bad" />
        )}
        {ready ? t.ready : t.notReady}
      </p>
      <ul className="grid gap-2">
        {findings.map((finding) => (
          <li key={finding.rule} className="flex items-start gap-2">
            <TriangleAlert
              aria-hidden
              className={`mt-0.5 size-4 shrink-0 ${finding.level === 'violation' ? 'text-bad' : 'text-warn'}`}
            />
            <span>
              <span className="chip">{t[finding.level]}</span> {rules.get(finding.rule) ?? finding.message}{' '}
              <span className="text-faint text-xs">
                {finding.lines.length > 0 && `${t.lines(list(finding.lines.map(String)))} · `}
                {t.source(finding.source)}
              </span>
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function PersonalData({ pii, masked }: { pii: Preview['pii']; masked: boolean }) {
  const t = useText(text).export;
  const kinds = new Map<string, string>(Object.entries(useText(pairText).pii));
  const { count } = useFormats();
  const said = masked ? t.masked(pii.found, pii.rows) : t.leftIn(pii.found, pii.rows);
  const safe = masked || pii.found === 0;
  return (
    <section className={`rounded-xl px-5 py-4 text-sm ${safe ? 'bg-sunken' : 'bg-warn-wash'}`}>
      <p className="flex items-center gap-2 font-medium">
        {safe ? (
          <ShieldCheck aria-hidden className="size-4 text-good" />
        ) : (
          <TriangleAlert aria-hidden className="size-4 text-warn" />
        )}
        {pii.found === 0 ? t.clean : said}
      </p>
      {pii.found > 0 && (
        <p className="mt-2 flex flex-wrap items-center gap-1.5">
          {Object.entries(pii.by_kind).map(([kind, n]) => (
            <span key={kind} className="chip bg-surface">
              {kinds.get(kind) ?? kind}: {count(n)}
            </span>
          ))}
          <span className="ml-2 text-faint text-xs">{t.byField}:</span>
          {Object.entries(pii.by_field).map(([field, n]) => (
            <span key={field} className="chip bg-surface">
              <code>{field}</code>: {count(n)}
            </span>
          ))}
        </p>
      )}
    </section>
  );
}
