import { serveTask } from '../worker-side.ts';
import { measureForGates } from './measure-for-gates.ts';

serveTask(measureForGates);
