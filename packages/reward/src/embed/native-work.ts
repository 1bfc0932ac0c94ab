import { getEnvironmentData, setEnvironmentData, Worker, type WorkerOptions } from 'node:worker_threads';

/**
 * A thread that is terminated while onnxruntime computes in it, or is being loaded, takes the whole process down
 * (`terminate called after throwing an instance of 'Napi::Error'`; seen with onnxruntime-node 1.30). So whoever ends a
 * thread closes its gate first: native work that has begun is waited for, and none begins behind a closed gate.
 * Threads that a thread starts share its gate.
 */
const GATE = 'attune-native-work';
const CLOSED = 0;
const BUSY = 1;

const gates = new WeakMap<Worker, Int32Array>();

/** Starts a thread in which, and in whose threads, `nativeWork` may be done. To be ended by `endWorker`. */
export function startWorker(program: URL, options: WorkerOptions): Worker {
  const gate = new Int32Array(new SharedArrayBuffer(8));
  const own = getEnvironmentData(GATE);
  setEnvironmentData(GATE, gate);
  try {
    const worker = new Worker(program, options);
    gates.set(worker, gate);
    // A thread that ended by itself in the middle of its work is not waited for.
    worker.once('exit', () => leave(gate, Atomics.load(gate, BUSY)));
    return worker;
  } finally {
    setEnvironmentData(GATE, own);
  }
}

/** Ends a thread wherever its JavaScript is, but not in the middle of native work. */
export async function endWorker(worker: Worker): Promise<void> {
  const gate = gates.get(worker);
  if (gate !== undefined) {
    Atomics.store(gate, CLOSED, 1);
    for (;;) {
      const busy = Atomics.load(gate, BUSY);
      if (busy === 0) break;
      await Atomics.waitAsync(gate, BUSY, busy).value;
    }
  }
  await worker.terminate();
}

/** Does native work. In a thread that is being ended it begins none and never resolves. */
export async function nativeWork<Result>(work: () => Promise<Result>): Promise<Result> {
  const gate = getEnvironmentData(GATE);
  if (!(gate instanceof Int32Array)) return await work();
  Atomics.add(gate, BUSY, 1);
  try {
    if (Atomics.load(gate, CLOSED) === 0) return await work();
  } finally {
    leave(gate, 1);
  }
  return await new Promise<never>(() => undefined);
}

function leave(gate: Int32Array, works: number): void {
  Atomics.sub(gate, BUSY, works);
  Atomics.notify(gate, BUSY);
}
