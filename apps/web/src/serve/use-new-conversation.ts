import { useNavigate } from '@tanstack/react-router';
import { useConversations } from './chat-source.tsx';

/** Begins a new conversation; what is being written in the others goes on. */
export function useNewConversation(): () => void {
  const { startOver } = useConversations();
  const navigate = useNavigate();
  return () => {
    startOver();
    void navigate({ to: '/', search: {} });
  };
}
