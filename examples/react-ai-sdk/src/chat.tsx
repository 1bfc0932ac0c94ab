import { useChat } from '@ai-sdk/react';
import { AttuneProvider, InlineFeedback, MessageFeedback } from '@attune/react';
import { DefaultChatTransport, type UIMessage } from 'ai';
import { type FormEvent, useState } from 'react';
import { isFeedbackable } from '../attune-metadata.ts';

declare const ATTUNE_URL: string;

/** A chat: the AI SDK streams, Attune's components take the feedback. */
export function Chat() {
  const [question, setQuestion] = useState('');
  const { messages, sendMessage, status, error } = useChat({
    transport: new DefaultChatTransport({ api: '/chat' }),
  });

  function ask(event: FormEvent): void {
    event.preventDefault();
    void sendMessage({ text: question });
    setQuestion('');
  }

  return (
    <AttuneProvider baseUrl={ATTUNE_URL}>
      <main style={{ maxWidth: '42rem', margin: '2rem auto', font: '1rem/1.5 system-ui' }}>
        <h1>Ask</h1>
        {messages.map((message) => (
          <Message key={message.id} message={message} />
        ))}
        {error !== undefined && <p role="alert">{error.message}</p>}
        <form onSubmit={ask}>
          <input
            aria-label="Your question"
            required
            value={question}
            onChange={(event) => setQuestion(event.target.value)}
          />
          <button type="submit" disabled={status === 'submitted' || status === 'streaming'}>
            Ask
          </button>
        </form>
      </main>
    </AttuneProvider>
  );
}

function Message({ message }: { message: UIMessage }) {
  const text = message.parts.map((part) => (part.type === 'text' ? part.text : '')).join('');
  if (message.role === 'user') return <h2>{text}</h2>;
  const { metadata } = message;
  if (!isFeedbackable(metadata)) return <p>{text}</p>;
  const about = { responseId: metadata.response_id, feedbackToken: metadata.feedback_token };
  return (
    <article>
      <InlineFeedback {...about}>
        <p style={{ whiteSpace: 'pre-wrap' }}>{text}</p>
      </InlineFeedback>
      <MessageFeedback {...about} answer={text} />
    </article>
  );
}
