import type { Feedback } from '@attune/contracts';
import { createClient } from '@attune/sdk';
import { createContext, type ReactNode, useContext, useMemo } from 'react';
import { english, type Labels } from './labels.ts';
import { type MyFeedback, openMyFeedback } from './my-feedback.ts';

interface Attune {
  /** The one store of an answer, so that all components about it agree. */
  readonly feedbackOn: (
    responseId: string,
    feedbackToken: string | undefined,
    known?: readonly Feedback[],
  ) => MyFeedback;
  readonly labels: Labels;
}

const AttuneContext = createContext<Attune | null>(null);

export interface AttuneProviderProps {
  /** Address of the Attune server, as `https://attune.example.com`; empty where the page comes from it. */
  baseUrl: string;
  /** Texts that differ from the English ones; `vietnamese` is a whole set. */
  labels?: Partial<Labels> | undefined;
  children: ReactNode;
}

/** Tells the components where Attune is and which words to use. */
export function AttuneProvider({ baseUrl, labels, children }: AttuneProviderProps) {
  const feedbackOn = useMemo(() => storesAt(baseUrl), [baseUrl]);
  const attune = useMemo(() => ({ feedbackOn, labels: { ...english, ...labels } }), [feedbackOn, labels]);
  return <AttuneContext.Provider value={attune}>{children}</AttuneContext.Provider>;
}

function storesAt(url: string): Attune['feedbackOn'] {
  const opened = new Map<string, MyFeedback>();
  return (responseId, feedbackToken, known) => {
    const name = `${responseId} ${feedbackToken ?? ''}`;
    const store = opened.get(name);
    if (store !== undefined) return store;
    const client = createClient({ url, ...(feedbackToken !== undefined && { apiKey: feedbackToken }) });
    const fresh = openMyFeedback(client, responseId, known);
    opened.set(name, fresh);
    return fresh;
  };
}

/** What the provider above says. Throws where there is none. */
export function useAttune(): Attune {
  const attune = useContext(AttuneContext);
  if (attune === null) throw new Error('Put an <AttuneProvider baseUrl="…"> around this component.');
  return attune;
}
