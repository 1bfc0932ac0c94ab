export { english, type Labels, vietnamese } from './labels.ts';
export { MessageFeedback, type MessageFeedbackProps } from './message-feedback.tsx';
export { AttuneProvider, type AttuneProviderProps } from './provider.tsx';
