/**
 * What a client sends, cut where the engine may be given it: a connection's first packet, or messages up to one that
 * makes the engine answer. `unfinished` means that more of the same series follows (a Flush came before the Sync).
 */
export interface WireBatch {
  readonly kind: 'startup' | 'encryption' | 'cancel' | 'complete' | 'unfinished' | 'terminate';
  readonly bytes: Buffer;
}

/** The client did not speak the PostgreSQL protocol. */
export class ProtocolViolation extends Error {
  override readonly name = 'ProtocolViolation';
}

// PostgreSQL documentation, "Message Formats": codes of the packets that have no type byte.
const PACKETS = new Map<number, WireBatch['kind']>([
  [196608, 'startup'],
  [80877102, 'cancel'],
  [80877103, 'encryption'], // SSLRequest
  [80877104, 'encryption'], // GSSENCRequest
]);

const ENDINGS = new Map<number, WireBatch['kind']>([
  [0x51, 'complete'], // Q: simple query
  [0x53, 'complete'], // S: Sync
  [0x46, 'complete'], // F: function call
  [0x63, 'complete'], // c: CopyDone
  [0x66, 'complete'], // f: CopyFail
  [0x48, 'unfinished'], // H: Flush
  [0x58, 'terminate'], // X
]);

const LONGEST_MESSAGE = 0x3fffffff;

/** Cuts one connection's bytes into batches, whatever pieces they arrive in. */
export class WireReader {
  #chunks: Buffer[] = [];
  #held = 0;
  #needed = 8;
  #started = false;

  /** @throws ProtocolViolation */
  push(chunk: Buffer): WireBatch[] {
    this.#chunks.push(chunk);
    this.#held += chunk.length;
    // A long message is put together once, when all of it is there.
    if (this.#held < this.#needed) return [];
    const batches: WireBatch[] = [];
    let rest = Buffer.concat(this.#chunks);
    for (let batch = this.#next(rest); batch !== undefined; batch = this.#next(rest)) {
      batches.push(batch);
      rest = rest.subarray(batch.bytes.length);
    }
    this.#chunks = [rest];
    this.#held = rest.length;
    return batches;
  }

  #next(bytes: Buffer): WireBatch | undefined {
    return this.#started ? this.#messages(bytes) : this.#packet(bytes);
  }

  #packet(bytes: Buffer): WireBatch | undefined {
    this.#needed = 8;
    if (bytes.length < 8) return undefined;
    const kind = PACKETS.get(bytes.readInt32BE(4));
    if (kind === undefined) throw new ProtocolViolation('unknown first packet');
    const end = this.#lengthAt(bytes, 0);
    if (bytes.length < end) return undefined;
    this.#started = kind === 'startup';
    return { kind, bytes: bytes.subarray(0, end) };
  }

  #messages(bytes: Buffer): WireBatch | undefined {
    let start = 0;
    while (bytes.length >= start + 5) {
      const end = start + 1 + this.#lengthAt(bytes, start + 1);
      if (bytes.length < end) return undefined;
      const kind = ENDINGS.get(bytes[start] ?? 0);
      if (kind !== undefined) return { kind, bytes: bytes.subarray(0, end) };
      start = end;
    }
    this.#needed = start + 5;
    return undefined;
  }

  /** Reads the length field at an offset and notes how many bytes the message needs. */
  #lengthAt(bytes: Buffer, offset: number): number {
    const length = bytes.readInt32BE(offset);
    if (length < 4 || length > LONGEST_MESSAGE) throw new ProtocolViolation(`impossible length ${length}`);
    this.#needed = offset + length;
    return length;
  }
}
