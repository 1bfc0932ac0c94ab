import { connect, type Socket } from 'node:net';

/**
 * One keep-alive HTTP/1.1 connection that sends prepared requests and reports when each answer is whole. A plain
 * socket, because a full HTTP client would cost more than what it measures.
 */
export class HttpSocket {
  private readonly socket: Socket;
  private buffer: Buffer = Buffer.alloc(0);
  private waiting: ((error: Error | null) => void) | null = null;
  private onChunk: ((at: number) => void) | null = null;

  private constructor(socket: Socket) {
    this.socket = socket;
    socket.setNoDelay(true);
    socket.on('data', (data) => this.receive(data));
    socket.on('error', (error) => this.settle(error));
    socket.on('close', () => this.settle(new Error('the connection was closed')));
  }

  static open(url: URL): Promise<HttpSocket> {
    return new Promise((resolve, reject) => {
      const socket = connect(Number(url.port), url.hostname, () => resolve(new HttpSocket(socket)));
      socket.once('error', reject);
    });
  }

  /** Sends one request and resolves when its answer has arrived; rejects on any status but 200. */
  request(bytes: Buffer, onChunk: ((at: number) => void) | null = null): Promise<void> {
    return new Promise((resolve, reject) => {
      this.onChunk = onChunk;
      this.waiting = (error) => (error === null ? resolve() : reject(error));
      this.socket.write(bytes);
    });
  }

  close(): void {
    this.waiting = null;
    this.socket.destroy();
  }

  private receive(data: Buffer): void {
    this.onChunk?.(performance.now());
    this.buffer = this.buffer.length === 0 ? data : Buffer.concat([this.buffer, data]);
    const end = endOfResponse(this.buffer);
    if (end === null) return;
    const ok = this.buffer.subarray(9, 12).toString() === '200';
    const head = ok ? '' : this.buffer.subarray(0, end).toString();
    this.buffer = this.buffer.subarray(end);
    this.settle(ok ? null : new Error(`unexpected answer: ${head.slice(0, 600)}`));
  }

  private settle(error: Error | null): void {
    const waiting = this.waiting;
    this.waiting = null;
    waiting?.(error);
  }
}

const HEAD_END = Buffer.from('\r\n\r\n');
const LAST_CHUNK = Buffer.from('\r\n0\r\n\r\n');

/** Length of the first whole response in the buffer, or null while it is still arriving. */
function endOfResponse(buffer: Buffer): number | null {
  const head = buffer.indexOf(HEAD_END);
  if (head < 0) return null;
  const headers = buffer.subarray(0, head).toString('latin1').toLowerCase();
  const length = /\r\ncontent-length: (\d+)/.exec(headers)?.[1];
  if (length !== undefined) {
    const end = head + 4 + Number(length);
    return buffer.length >= end ? end : null;
  }
  const end = buffer.indexOf(LAST_CHUNK, head);
  return end < 0 ? null : end + LAST_CHUNK.length;
}

/** The bytes of a POST with a JSON body. */
export function postBytes(url: URL, path: string, headers: Record<string, string>, body: unknown): Buffer {
  const json = JSON.stringify(body);
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  return Buffer.from(
    `POST ${path} HTTP/1.1\r\nhost: ${url.host}\r\ncontent-type: application/json\r\n${lines.join('')}` +
      `content-length: ${Buffer.byteLength(json)}\r\n\r\n${json}`,
  );
}
