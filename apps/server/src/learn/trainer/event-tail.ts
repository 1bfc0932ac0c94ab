import { open } from 'node:fs/promises';
import { RunEvent } from '@attune/contracts';

const PART = 256 * 1024;

/** What a reading found: events in the order of the file, and how many lines were none. */
export interface Read {
  events: RunEvent[];
  /** What is wrong with a line that fits no event, and where. */
  unfit: string[];
  /** Whether the file holds more already. */
  more: boolean;
}

/** Reads the events that a trainer appends to a file, each once; half a line waits for its other half. */
export class EventTail {
  readonly #path: string;
  readonly #after: number;
  #position = 0;
  #line = 0;
  #half = Buffer.alloc(0);

  /** @param after the last sequence that is known already */
  constructor(path: string, after: number) {
    this.#path = path;
    this.#after = after;
  }

  async read(): Promise<Read> {
    const file = await open(this.#path).catch(absent);
    if (file === undefined) return { events: [], unfit: [], more: false };
    try {
      const { buffer, bytesRead } = await file.read({ buffer: Buffer.alloc(PART), position: this.#position });
      this.#position += bytesRead;
      return { ...this.#eventsIn(buffer.subarray(0, bytesRead)), more: bytesRead === PART };
    } finally {
      await file.close();
    }
  }

  #eventsIn(part: Buffer): Omit<Read, 'more'> {
    const bytes = Buffer.concat([this.#half, part]);
    const end = bytes.lastIndexOf('\n') + 1;
    this.#half = Buffer.from(bytes.subarray(end));
    const events: RunEvent[] = [];
    const unfit: string[] = [];
    for (const line of bytes.toString('utf8', 0, end).split('\n').slice(0, -1)) {
      this.#line += 1;
      const event = eventIn(line);
      if (typeof event === 'string') unfit.push(`line ${this.#line} of the run's events: ${event}`);
      else if (event.sequence > this.#after) events.push(event);
    }
    return { events, unfit };
  }
}

/** The event of a line, or what is wrong with it. */
function eventIn(line: string): RunEvent | string {
  try {
    const parsed = RunEvent.safeParse(JSON.parse(line));
    if (parsed.success) return parsed.data;
    const [issue] = parsed.error.issues;
    return `${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'not valid'}`;
  } catch {
    return 'not JSON';
  }
}

function absent(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT') throw error;
}
