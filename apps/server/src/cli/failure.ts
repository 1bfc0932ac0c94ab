import { AttuneApiError } from '@attune/sdk';
import { DataFolderMissing } from '../platform/data-folder.ts';

/** A mistake in how a command was called, with what to do about it. */
export class UsageError extends Error {
  readonly hint: string;

  constructor(message: string, hint: string) {
    super(message);
    this.hint = hint;
  }
}

interface Failure {
  code: string;
  message: string;
  hint: string;
  param: string | null;
  request_id: string | null;
}

function describe(error: unknown): Failure {
  if (error instanceof AttuneApiError) {
    const { code, message, hint, param, requestId } = error;
    return { code, message, hint, param, request_id: requestId };
  }
  const message = error instanceof Error ? error.message : String(error);
  if (error instanceof UsageError)
    return { code: 'usage', message, hint: error.hint, param: null, request_id: null };
  if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE') {
    const hint = 'Stop what runs there, or choose another port: --port 7421.';
    const port = 'port' in error ? error.port : '';
    return { code: 'usage', message: `Port ${port} is taken.`, hint, param: null, request_id: null };
  }
  if (error instanceof DataFolderMissing) {
    const hint = 'Choose another with --data or ATTUNE_DATA.';
    return { code: 'usage', message, hint, param: null, request_id: null };
  }
  return { code: 'failed', message, hint: '', param: null, request_id: null };
}

/** Says on standard error what went wrong and what to do, as text or JSON. */
export function reportFailure(error: unknown, json: boolean): void {
  const failure = describe(error);
  if (json) return void process.stderr.write(`${JSON.stringify({ error: failure })}\n`);
  const code = failure.code === 'failed' || failure.code === 'usage' ? '' : ` [${failure.code}]`;
  process.stderr.write(`attune: ${failure.message}${code}\n`);
  if (failure.hint !== '') process.stderr.write(`        ${failure.hint}\n`);
}
