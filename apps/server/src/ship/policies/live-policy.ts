import type { OpenEndpoint } from './policy-endpoint.ts';

/** A registered policy that can be asked. */
export interface LivePolicy extends OpenEndpoint {
  readonly modelId: string;
}

/** What a visitor is to be answered by. */
export interface PolicyChoice {
  /** The registered policy; null is what the server asks where none is registered. */
  readonly policy: LivePolicy | null;
  /** What stands in where that fails; null is as above. */
  readonly incumbent: LivePolicy | null;
}
