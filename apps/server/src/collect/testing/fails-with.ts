import { AttuneError, type ErrorCode } from '@attune/contracts';

/** For `assert.rejects`: an error of the catalogue. */
export function failsWith(code: ErrorCode, param?: string) {
  return (error: unknown) =>
    error instanceof AttuneError &&
    error.code === code &&
    (param === undefined || error.details.param === param);
}
