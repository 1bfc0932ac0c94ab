import { useConversation } from './chat-source.tsx';

/** Questions of the demo corpus, word for word, so that its recorded answers are found; any model can answer them too. */
const examples = [
  'What are the best ways to protect myself against COVID-19?',
  "Is it okay to breast feed if I'm infected?",
  'If I close my business, how can I disinfect it?',
];

/** What an empty conversation shows: what happens here, and something to begin with. */
export function FirstQuestion() {
  const { ask } = useConversation();
  return (
    <div className="m-auto max-w-xl py-10 text-center">
      <h1 className="text-balance font-medium font-serif text-4xl tracking-tight">
        What would you like to know?
      </h1>
      <p className="mx-auto mt-3 max-w-md text-balance text-soft">
        Several answers are written, a reward model delivers the best one, and what you say about it trains
        the next.
      </p>
      <div className="mt-8">
        <p className="eyebrow mb-2.5">For example</p>
        <ul className="flex flex-col items-center gap-2">
          {examples.map((question) => (
            <li key={question}>
              <button
                type="button"
                className="line-button h-auto rounded-2xl py-1.5 font-normal text-soft hover:text-ink"
                onClick={() => void ask(question)}
              >
                {question}
              </button>
            </li>
          ))}
        </ul>
      </div>
    </div>
  );
}
