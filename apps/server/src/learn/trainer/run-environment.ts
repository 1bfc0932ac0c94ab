import { delimiter } from 'node:path';

/**
 * What a trainer needs of its surroundings. All else is the server's own affair: a run's settings name variables that
 * are sent to other servers as keys, so that a list of what is kept back would forget one some day.
 */
const GIVEN = new Set([
  ...[
    'PATH',
    'HOME',
    'USER',
    'LOGNAME',
    'SHELL',
    'LANG',
    'LANGUAGE',
    'TZ',
    'TMPDIR',
    'VIRTUAL_ENV',
    'XDG_CACHE_HOME',
  ],
  ...['LD_LIBRARY_PATH', 'LD_PRELOAD', 'CUBLAS_WORKSPACE_CONFIG', 'TOKENIZERS_PARALLELISM', 'KMP_AFFINITY'],
  ...['SSL_CERT_FILE', 'SSL_CERT_DIR', 'REQUESTS_CA_BUNDLE', 'CURL_CA_BUNDLE'],
  ...[
    'HTTP_PROXY',
    'HTTPS_PROXY',
    'ALL_PROXY',
    'NO_PROXY',
    'http_proxy',
    'https_proxy',
    'all_proxy',
    'no_proxy',
  ],
]);
/** `HF_` has the token of gated models, which settings cannot name as a key. `ATTUNE_RUN_KEY_` is what they can name. */
const GIVEN_PREFIXES = [
  ...['LC_', 'PYTHON', 'CUDA_', 'NVIDIA_', 'NCCL_', 'OMP_', 'MKL_', 'OPENBLAS_', 'TORCH', 'PYTORCH_'],
  ...['HF_', 'TRANSFORMERS_', 'ATTUNE_RUN_KEY_'],
];

/** The environment of a run's process: of the server's own only what a trainer needs, and the keys meant for runs. */
export function runEnvironment(own: NodeJS.ProcessEnv, sources: string): NodeJS.ProcessEnv {
  const given = Object.entries(own).filter(([name]) => isGiven(name));
  const path = [sources, own.PYTHONPATH].filter((part) => part !== undefined && part !== '');
  return { ...Object.fromEntries(given), PYTHONPATH: path.join(delimiter), PYTHONUNBUFFERED: '1' };
}

function isGiven(name: string): boolean {
  return GIVEN.has(name) || GIVEN_PREFIXES.some((prefix) => name.startsWith(prefix));
}
