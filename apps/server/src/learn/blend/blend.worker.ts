import { serveTask } from '../worker-side.ts';
import { makeBlend } from './make-blend.ts';

serveTask(makeBlend);
