/** A page of some application, on another origin than Attune; what it shows stands in its address, for tests. */
import { createRoot } from 'react-dom/client';
import '../src/attune.css';
import {
  AttuneProvider,
  CompareAnswers,
  type CompareOffer,
  InlineFeedback,
  MessageFeedback,
  StepFeedback,
  VoiceNotes,
} from '../src/index.ts';

interface Shown {
  readonly baseUrl: string;
  readonly responseId: string;
  readonly feedbackToken: string;
  readonly answer: string;
  readonly offer: CompareOffer | null;
}

function Page({ baseUrl, answer, offer, ...about }: Shown) {
  return (
    <AttuneProvider baseUrl={baseUrl}>
      <main>
        <h1>Some application</h1>
        <InlineFeedback {...about}>
          <p>
            {/* Rendered in pieces, as Markdown would be. */}
            <strong>{answer.slice(0, 4)}</strong>
            {answer.slice(4)}
          </p>
        </InlineFeedback>
        <MessageFeedback {...about} answer={answer} />
        <StepFeedback {...about} index={0} kind="reasoning" />
        <VoiceNotes {...about} />
        {offer !== null && <CompareAnswers {...about} offer={offer} answer={answer} />}
      </main>
    </AttuneProvider>
  );
}

const shown: Shown = JSON.parse(decodeURIComponent(location.hash.slice(1)));
const root = document.getElementById('root');
if (root !== null) createRoot(root).render(<Page {...shown} />);
