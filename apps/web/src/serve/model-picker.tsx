import { Select } from '@base-ui/react/select';
import { useQuery } from '@tanstack/react-query';
import { Check, ChevronDown } from 'lucide-react';
import { api } from '../shell/api.ts';
import { useText } from '../text/use-text.ts';
import { text } from './text.ts';

/** What should answer: the models that the server lists. */
export function ModelPicker({ model, onModel }: { model: string; onModel: (model: string) => void }) {
  const t = useText(text).composer;
  const about: Readonly<Record<string, string>> = t.models;
  const models = useQuery({
    queryKey: ['served-models'],
    queryFn: ({ signal }) => api.listServedModels({}, { signal }),
    staleTime: 60_000,
  });
  const listed = models.data?.data.map(({ id }) => id) ?? [];
  const names = listed.includes(model) ? listed : [model, ...listed];
  return (
    <Select.Root
      value={model}
      onValueChange={(chosen) => {
        if (chosen !== null) onModel(chosen);
      }}
    >
      <Select.Trigger aria-label={t.model} className="quiet-button max-w-56 data-popup-open:bg-sunken">
        <Select.Value className="truncate" />
        <Select.Icon>
          <ChevronDown aria-hidden className="size-3.5" />
        </Select.Icon>
      </Select.Trigger>
      <Select.Portal>
        <Select.Positioner sideOffset={6} alignItemWithTrigger={false} align="start" className="z-50">
          <Select.Popup className="popup max-h-80 min-w-52 overflow-y-auto p-1.5 outline-none">
            {names.map((name) => (
              <Select.Item
                key={name}
                value={name}
                className="flex min-h-9 items-center gap-2 rounded-lg px-2.5 py-1.5 text-sm outline-none data-highlighted:bg-sunken"
              >
                <span className="size-4 shrink-0">
                  <Select.ItemIndicator>
                    <Check aria-hidden className="size-4 text-accent" />
                  </Select.ItemIndicator>
                </span>
                <span>
                  <Select.ItemText>{name}</Select.ItemText>
                  {about[name] && <span className="block text-faint text-xs">{about[name]}</span>}
                </span>
              </Select.Item>
            ))}
          </Select.Popup>
        </Select.Positioner>
      </Select.Portal>
    </Select.Root>
  );
}
