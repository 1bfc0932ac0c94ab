import { JobEvent } from '@attune/contracts';

/** Every event of a server-sent stream, as it comes. */
export async function* eventsOf(response: Response): AsyncGenerator<JobEvent> {
  if (response.body === null) return;
  let text = '';
  for await (const chunk of response.body.pipeThrough(new TextDecoderStream())) {
    text += chunk;
    const blocks = text.split('\n\n');
    text = blocks.pop() ?? '';
    for (const block of blocks) {
      if (block.startsWith('data: ')) yield JobEvent.parse(JSON.parse(block.slice('data: '.length)));
    }
  }
}

/** What the statuses of a job were, in order. */
export function statusesIn(events: readonly JobEvent[]): string[] {
  return events.flatMap((event) => (event.type === 'status' ? [event.status] : []));
}
