import { useState, useSyncExternalStore } from 'react';
import { useText } from '../../text/use-text.ts';
import { PopupDialog } from '../parts/popup-dialog.tsx';
import { ToggleSwitch } from '../parts/toggle-switch.tsx';
import { text } from '../text.ts';
import { KeyCap } from './key-cap.tsx';
import { keyHelp } from './key-help-opener.ts';
import { type KeyLayer, keyLayers } from './key-layers.ts';
import { singleKeysOn, switchSingleKeys } from './single-keys.ts';

/** The keys that work on the page one sees; `?` opens it. */
export function KeyHelp() {
  const t = useText(text).keys;
  const open = useSyncExternalStore(keyHelp.watch, keyHelp.isOpen);
  const layers = useSyncExternalStore(keyLayers.watch, keyLayers.all);
  return (
    <PopupDialog title={t.title} about={t.about} open={open} onOpen={keyHelp.set}>
      {layers.toReversed().map((layer) => (
        <LayerKeys key={layer.title} layer={layer} />
      ))}
      <SingleKeys />
    </PopupDialog>
  );
}

function LayerKeys({ layer: { title, actions } }: { layer: KeyLayer }) {
  return (
    <section className="mt-4">
      <h3 className="eyebrow mb-1">{title}</h3>
      <dl className="divide-y divide-line">
        {Object.entries(actions).map(([key, { says }]) => (
          <div key={key} className="flex items-center justify-between gap-4 py-1.5 text-sm">
            <dt>{says}</dt>
            <dd>
              <KeyCap name={key} />
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

function SingleKeys() {
  const t = useText(text).keys;
  const [on, setOn] = useState(singleKeysOn);
  const change = (now: boolean) => {
    switchSingleKeys(now);
    setOn(now);
  };
  return (
    <div className="mt-6 border-line border-t pt-3">
      <ToggleSwitch label={t.single} on={on} onSwitch={change} />
    </div>
  );
}
