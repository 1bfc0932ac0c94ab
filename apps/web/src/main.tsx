import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { router } from './router.tsx';
import { keepFocus } from './shell/focus/keep-focus.ts';
import { Messages } from './shell/messages.tsx';
import { queries } from './shell/queries.ts';
import './styles.css';

const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no #root.');

keepFocus();
createRoot(root).render(
  <StrictMode>
    <QueryClientProvider client={queries}>
      <Messages>
        <RouterProvider router={router} />
      </Messages>
    </QueryClientProvider>
  </StrictMode>,
);
