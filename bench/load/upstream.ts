/**
 * A model that answers at once: a bare socket server, so that what is measured is what stands before it. Run as a
 * process of its own; prints its port.
 */
import { createServer, type Socket } from 'node:net';

export const PIECES = 20;

const completion = JSON.stringify({
  id: 'chatcmpl-bench',
  object: 'chat.completion',
  created: 1_700_000_000,
  model: 'bench',
  choices: [
    {
      index: 0,
      message: {
        role: 'assistant',
        content: 'The harbour lies to the north, ten minutes on foot along the river.',
      },
      finish_reason: 'stop',
    },
  ],
  usage: { prompt_tokens: 12, completion_tokens: 15, total_tokens: 27 },
});

const whole = Buffer.from(
  `HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: ${Buffer.byteLength(completion)}\r\n\r\n${completion}`,
);

function event(delta: object, finish: string | null): string {
  const chunk = {
    id: 'chatcmpl-bench',
    object: 'chat.completion.chunk',
    created: 1_700_000_000,
    model: 'bench',
    choices: [{ index: 0, delta, finish_reason: finish }],
  };
  return `data: ${JSON.stringify(chunk)}\n\n`;
}

function framed(text: string): string {
  return `${Buffer.byteLength(text).toString(16)}\r\n${text}\r\n`;
}

const streamHead = 'HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ntransfer-encoding: chunked\r\n\r\n';

/** Sends each piece in a write of its own, as fast as the event loop turns. */
async function stream(socket: Socket): Promise<void> {
  socket.write(streamHead + framed(event({ role: 'assistant', content: '' }, null)));
  for (let piece = 0; piece < PIECES; piece += 1) {
    await new Promise<void>((resolve) => setImmediate(resolve));
    socket.write(framed(event({ content: `word${piece} ` }, null)));
  }
  socket.write(`${framed(event({}, 'stop'))}${framed('data: [DONE]\n\n')}0\r\n\r\n`);
}

function answer(socket: Socket, request: string): void {
  if (/"stream":\s*true/.test(request)) void stream(socket);
  else socket.write(whole);
}

const server = createServer((socket) => {
  let pending = '';
  socket.setNoDelay(true);
  socket.on('error', () => socket.destroy());
  socket.on('data', (data) => {
    pending += data.toString('latin1');
    for (;;) {
      const head = pending.indexOf('\r\n\r\n');
      if (head < 0) return;
      const length = Number(/\r\ncontent-length: *(\d+)/i.exec(pending.slice(0, head))?.[1] ?? 0);
      const end = head + 4 + length;
      if (pending.length < end) return;
      answer(socket, pending.slice(head, end));
      pending = pending.slice(end);
    }
  });
});

if (import.meta.main) {
  server.listen(0, '127.0.0.1', () => {
    const address = server.address();
    process.stdout.write(`${typeof address === 'object' && address !== null ? address.port : ''}\n`);
  });
}
