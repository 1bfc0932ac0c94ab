import type { previewExport, ResponseOf } from '@attune/contracts';
import { useState } from 'react';
import { CopyButton } from '../../../shell/parts/copy-button.tsx';
import { Tabbed } from '../../../shell/parts/tabbed.tsx';
import { useText } from '../../../text/use-text.ts';
import { ScrolledCode } from '../../scrolled-code.tsx';
import { text } from '../text.ts';

const ways = ['datasets', 'trl', 'curl'] as const;

/** Code that loads an export, to be copied. */
export function LoadCode({ code }: { code: ResponseOf<typeof previewExport>['load_code'] }) {
  const t = useText(text).export;
  const [way, setWay] = useState<(typeof ways)[number]>('datasets');
  const there = ways.filter((one) => code[one] !== null);
  return (
    <section>
      <h3 className="eyebrow">{t.code}</h3>
      <Tabbed
        label={t.code}
        tabs={there.map((value) => ({
          value,
          label: t[value],
          panel: <Code code={code[value] ?? ''} label={t[value]} />,
        }))}
        value={there.includes(way) ? way : 'datasets'}
        onValue={setWay}
      />
    </section>
  );
}

function Code({ code, label }: { code: string; label: string }) {
  return (
    <div className="card -mt-3 flex items-start gap-3 p-4">
      <ScrolledCode label={label} code={code} className="min-w-0 flex-1" />
      <CopyButton value={code} />
    </div>
  );
}
